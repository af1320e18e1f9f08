package org.latticelift.learn.experiment;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

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

  private static final Set<Quantity> LATENTS = EnumSet.of(MMD, MMD_LATE, ERROR_LATENTS);
  private static final Set<Quantity> ENSEMBLES = EnumSet.of(MMD, MMD_LATE, MMD_OBSERVABLES);
  private static final Set<Quantity> ABSOLUTE =
      EnumSet.of(ABS_MEAN, SUSCEPTIBILITY, BINDER, CORRELATION_TIME);
  private static final Set<Quantity> OBSERVABLES = EnumSet.range(LATE_MEAN, WASSERSTEIN);
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
    return LATENTS.contains(this);
  }

  /** Whether it is a maximum mean discrepancy. */
  boolean ofEnsembles() {
    return ENSEMBLES.contains(this);
  }

  /** Whether it counts intervals that hold the truth. */
  boolean ofIntervals() {
    return this == COVERAGE || this == PATH_COVERAGE;
  }

  boolean ofTruth() {
    return ofObservables() || this == PEAK;
  }

  /** Whether every observable has one; the first is meant where none is named. */
  boolean ofObservables() {
    return OBSERVABLES.contains(this);
  }

  /** Whether each model of a prediction has its own; distances and peaks grow with its noise. */
  boolean ofModels() {
    return ofObservables() && !ofDistributions();
  }

  /** Whether it depends on the absolute value of the observable alone. */
  boolean ofAbsoluteValues() {
    return ABSOLUTE.contains(this);
  }

  /** Whether it is a distance of distributions. */
  boolean ofDistributions() {
    return this == KS || this == WASSERSTEIN;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
