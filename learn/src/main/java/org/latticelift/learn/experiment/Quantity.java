package org.latticelift.learn.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;

/** A column of the table of an experiment. */
public enum Quantity {
  /** Relative error of the mean trajectory, averaged over initial states (ME-89). */
  ERROR(true),
  /** The same of all variables of the equation, scaled as for training, closures too (IS-62). */
  ERROR_LATENTS(true),
  /** First entry of the learned diffusion, in the units of the system (CW-63). */
  DIFFUSION(false),
  /** Slope of the first component of the learned drift (LC-05). */
  SLOPE(false),
  /** First component of the learned drift at zero (LC-05). */
  BIAS(false),
  /** Mean of an observable over the second half of all trajectories (CW-62). */
  LATE_MEAN(true),
  /** Its standard deviation there. */
  LATE_STD(true),
  /**
   * Time in which the mean of an observable goes 1 - 1/e of its way to the late mean (AL-130), over
   * the initial states from which that of direct runs clearly moves.
   */
  RELAXATION_TIME(true),
  /** Mean absolute value of an observable over the second half (PT-52). */
  ABS_MEAN(true),
  /** n / T (mean square - squared mean absolute value) there (PT-52). */
  SUSCEPTIBILITY(true),
  /** Cumulant of Binder there, 1 - mean fourth power / (3 squared mean square) (PT-52). */
  BINDER(true),
  /** Changes of sign from record to record there, in ten thousand records (PT-75). */
  REVERSALS(true),
  /** Integrated autocorrelation time of the absolute value of an observable there. */
  CORRELATION_TIME(true),
  /**
   * Distance of Kolmogorov and Smirnov of the distribution there from that of direct runs (PT-75);
   * in the row of these that of one half of the runs from the other.
   */
  KS(true),
  /** The same with the distance of Wasserstein. */
  WASSERSTEIN(true),
  /** Share of the trajectories that diverged and were dropped (DI-32). */
  DIVERGED(true),
  /** Largest value in time of the mean of the last observable, averaged over initial states. */
  PEAK(true),
  /** Maximum mean discrepancy of the scaled variables, over times and initial states (ME-88). */
  MMD(true),
  /** The same over the last sixth of the times (PP-54). */
  MMD_LATE(true),
  /** As {@link #MMD}, of the observables alone (DI-31). */
  MMD_OBSERVABLES(true),
  /** Share of the 95 % intervals of late means that hold the truth, over repeats (EX-32). */
  COVERAGE(true),
  /** The same of means at five times on the way from each initial state (EX-58). */
  PATH_COVERAGE(true);

  private final boolean ofPredictions;

  Quantity(boolean ofPredictions) {
    this.ofPredictions = ofPredictions;
  }

  boolean ofPredictions() {
    return ofPredictions;
  }

  /**
   * Whether it compares all variables of the equation, as they were scaled for training; true where
   * direct runs must hold closure variables, if there are some.
   */
  public boolean ofLatents() {
    return this == MMD || this == MMD_LATE || this == ERROR_LATENTS;
  }

  /** Whether it is a maximum mean discrepancy. */
  boolean ofEnsembles() {
    return this == MMD || this == MMD_LATE || this == MMD_OBSERVABLES;
  }

  /** Whether it counts intervals that hold the truth. */
  boolean ofIntervals() {
    return this == COVERAGE || this == PATH_COVERAGE;
  }

  /** Whether direct runs have it too. */
  boolean ofTruth() {
    return ofObservables() || this == PEAK;
  }

  /** Whether every observable has one; the first is meant where none is named. */
  boolean ofObservables() {
    return switch (this) {
      case LATE_MEAN,
          LATE_STD,
          RELAXATION_TIME,
          ABS_MEAN,
          SUSCEPTIBILITY,
          BINDER,
          REVERSALS,
          CORRELATION_TIME,
          KS,
          WASSERSTEIN ->
          true;
      default -> false;
    };
  }

  /** Whether each model of a prediction has its own; distances and peaks grow with its noise. */
  boolean ofModels() {
    return ofObservables() && !ofDistributions();
  }

  /** Whether it knows no sign of the observable. */
  boolean ofAbsoluteValues() {
    return switch (this) {
      case ABS_MEAN, SUSCEPTIBILITY, BINDER, CORRELATION_TIME -> true;
      default -> false;
    };
  }

  /** Whether it is a distance of distributions. */
  boolean ofDistributions() {
    return this == KS || this == WASSERSTEIN;
  }

  /** How configurations call it. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * A column of the table of an experiment: {@code late_mean} is of the first observable, {@code
   * late_mean.rho} of the observable {@code rho}, {@code late_mean.all} stands for one of each.
   *
   * @param quantity what is measured
   * @param observable of which observable; absent: as the quantity says
   */
  public record Column(Quantity quantity, Optional<String> observable) {
    private static final String ALL = "all";

    /**
     * Reads a column ({@code node}: a quantity, with a dot and an observable where the quantity is
     * of one); the column; an error names the quantities.
     */
    public static Column fromConfig(ConfigNode node) {
      return of(node.text(), node.where());
    }

    /**
     * Names a column ({@code key}: such as {@code late_mean.rho}; names of observables may have
     * dots; {@code where}: it is written, for errors).
     */
    static Column of(String key, String where) {
      int dot = key.indexOf('.');
      String name = dot < 0 ? key : key.substring(0, dot);
      Quantity quantity =
          Arrays.stream(Quantity.values())
              .filter(one -> one.key().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown(name, where));
      Optional<String> observable =
          dot < 0
              ? Optional.empty()
              : Optional.of(key.substring(dot + 1)).filter(o -> !o.isEmpty());
      if (dot >= 0 && (observable.isEmpty() || !quantity.ofObservables())) {
        throw LatticeLiftException.badData(
            "'" + key + "' is no quantity of an observable",
            where,
            Stream.of(Quantity.values()).filter(Quantity::ofObservables).map(Quantity::key).toList()
                + " with a dot and an observable or all",
            "Correct the name");
      }
      return new Column(quantity, observable);
    }

    private static LatticeLiftException unknown(String name, String where) {
      return LatticeLiftException.badData(
          "no quantity '" + name + "'",
          where,
          "one of " + Arrays.stream(Quantity.values()).map(Quantity::key).toList(),
          "Correct the name");
    }

    /** A column without an observable of its own. */
    static Column of(Quantity quantity) {
      return new Column(quantity, Optional.empty());
    }

    /** The inverse of {@link #fromConfig}. */
    public ConfigNode toConfig() {
      return ConfigNode.parse(key(), "column");
    }

    /** How configurations and tables call it. */
    String key() {
      return observable.map(name -> quantity.key() + '.' + name).orElse(quantity.key());
    }

    /** Title of an axis. */
    String title() {
      String words = quantity.key().replace("late_", "equilibrium_").replace('_', ' ');
      return observable.map(name -> words + " of " + name).orElse(words);
    }

    /** Whether it stands for several columns. */
    boolean all() {
      return observable.filter(ALL::equals).isPresent();
    }

    /** The columns it stands for; an error where there is no such observable. */
    List<Column> expanded(List<String> observables) {
      if (all()) {
        return observables.stream().map(name -> new Column(quantity, Optional.of(name))).toList();
      }
      if (observable.isPresent() && !observables.contains(observable.get())) {
        throw LatticeLiftException.badData(
            "no observable '" + observable.get() + "'",
            "experiment, " + key(),
            "one of " + observables + " or all",
            "Correct the name");
      }
      return List.of(this);
    }

    /** Number of the observable. */
    int component(List<String> observables) {
      return observable.map(observables::indexOf).orElse(0);
    }
  }
}
