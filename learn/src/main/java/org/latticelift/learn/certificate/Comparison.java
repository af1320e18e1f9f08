package org.latticelift.learn.certificate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.learn.certificate.CorrectedEnsemble.StateRange;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.learn.ensemble.Statistics;
import org.latticelift.learn.evaluate.StageFiles;
import org.latticelift.learn.evaluate.TimeSeries;
import org.latticelift.learn.kernel.Steps;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * The difference of two predictions: as learned, and corrected. Its error has two parts: that of
 * the correction, from predictions with others that are as probable, and that of the finite number
 * of trajectories, whose noise is the same in both. Eight others know their spread to a quarter, so
 * a quarter of the models is enough for them: with eight models a comparison costs 3 predictions in
 * place of 9. Serves one thread.
 */
final class Comparison {
  private static final int DRAWS = 8;

  private final CorrectedEnsemble ensemble;
  private final int[] signs;
  private final Streams streams;
  private final List<String> warnings = new ArrayList<>();
  private EquilibriumShift plain;

  /**
   * @param signs of the observables in a mirror image, or empty
   */
  Comparison(CorrectedEnsemble ensemble, int[] signs, Streams streams) {
    this.ensemble = ensemble;
    this.signs = signs;
    this.streams = streams;
  }

  CorrectedEnsemble ensemble() {
    return ensemble;
  }

  /** Late values as learned. */
  EquilibriumShift plain() {
    if (plain == null) {
      plain = ensemble.run(List.of(), false);
    }
    return plain;
  }

  /**
   * Compares ({@code halfSteps}: whether the corrected equation is integrated with steps of half
   * the length).
   */
  List<Bias> of(Check check, List<Correction.Estimate> estimates, boolean halfSteps) {
    EquilibriumShift corrected =
        ensemble.run(estimates.stream().map(Correction.Estimate::best).toList(), halfSteps);
    if (corrected.leaves()) {
      warnings.add(beyond(check, corrected.stopped()));
    }
    Spread spread = spread(check, corrected, estimates, halfSteps);
    List<Bias> found = new ArrayList<>();
    List<String> names = ensemble.model().map().observables();
    for (int i = 0; i < names.size(); i++) {
      for (Quantity quantity : quantities(i)) {
        found.add(bias(check, names.get(i), i, quantity, corrected, spread));
      }
    }
    return found;
  }

  private String beyond(Check check, double share) {
    return String.format(
        Locale.ROOT,
        "%s, %s: the corrected prediction would leave the states of the pairs for %.2g %% of the time and is held"
            + " there: a bias is at least what is said. Take more pairs (evolve.samples) or more states of"
            + " the certificate (--samples).",
        ensemble.condition().name(),
        check.key(),
        100 * share);
  }

  /** What was noticed of the comparisons so far, in sentences. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * Predictions with other corrections that are as probable ({@code corrected}: of all models by
   * the same noise, the first of which have the best correction).
   */
  private Spread spread(
      Check check,
      EquilibriumShift corrected,
      List<Correction.Estimate> estimates,
      boolean halfSteps) {
    CorrectedEnsemble few = ensemble.quarter();
    RandomStream stream =
        streams.stream(Purpose.CERTIFICATE, ensemble.condition().key(), -1, check.ordinal());
    List<List<Correction>> drawn = new ArrayList<>();
    for (int k = 0; k < DRAWS; k++) {
      drawn.add(estimates.stream().map(each -> each.draw(stream)).toList());
    }
    int first = few.model().models().size() * few.trajectories();
    return new Spread(corrected.part(0, first), few.runAll(drawn, halfSteps));
  }

  /** Predictions by one noise with the best correction and with others. */
  private record Spread(EquilibriumShift best, List<EquilibriumShift> others) {
    /** Mean squared distance from the best. */
    double square(Quantity quantity, int observable) {
      double square = 0;
      for (EquilibriumShift other : others) {
        double off = other.value(quantity, observable) - best.value(quantity, observable);
        square += off * off / others.size();
      }
      return square;
    }
  }

  int[] signs() {
    return signs;
  }

  /** What is looked at of an observable. */
  List<Quantity> quantities(int observable) {
    boolean mirrored = signs.length > observable && signs[observable] < 0;
    return mirrored
        ? List.of(Quantity.values())
        : List.of(Quantity.LATE_MEAN, Quantity.LATE_DEVIATION);
  }

  private Bias bias(
      Check check,
      String observable,
      int i,
      Quantity quantity,
      EquilibriumShift corrected,
      Spread spread) {
    double predicted = plain().value(quantity, i);
    double best = corrected.value(quantity, i);
    double error =
        Math.sqrt(spread.square(quantity, i) + squaredNoise(quantity, plain(), corrected, i));
    return new Bias(
        check,
        ensemble.condition().name(),
        observable,
        quantity,
        predicted,
        predicted - best,
        error);
  }

  /** Squared standard error of the difference by its spread over trajectories. */
  private static double squaredNoise(
      Quantity quantity, EquilibriumShift plain, EquilibriumShift corrected, int i) {
    int n = plain.trajectories();
    double[] centre = {plain.mean(i), corrected.mean(i)};
    double mean = 0;
    double square = 0;
    for (int t = 0; t < n; t++) {
      double difference =
          quantity.of(plain, t, i, centre[0]) - quantity.of(corrected, t, i, centre[1]);
      mean += difference / n;
      square += difference * difference / n;
    }
    double squared = Math.max(0, square - mean * mean) / Math.max(1, n - 1);
    if (quantity != Quantity.LATE_DEVIATION) {
      return squared;
    }
    double deviation = plain.deviation(i) + corrected.deviation(i); // of a variance to a deviation
    return deviation > 0 ? squared / (deviation * deviation) : 0;
  }

  /**
   * What a run has predicted and simulated.
   *
   * @param directory of the run
   * @param ensemble file of the predictions, whose start and horizon are used
   * @param steps of predictions
   */
  record RunResults(RunDirectory directory, String ensemble, Steps steps) {
    /** Trajectories of all parameter sets together; their noise is common to what is compared. */
    private static final int MOST = 400;

    /** Steps of all trajectories: long ones say as much as many. */
    private static final double STEPS = 200_000;

    /** Trajectories of a parameter set: a kernel takes so many in hardly more time than one. */
    private static final int NARROW = 16;

    private static final int WIDE = 48;

    /** Deviations of single predicted values from their mean that are rarely passed. */
    private static final double FAR = 3;

    Path pairs() {
      return directory.file(PairsFile.NAME);
    }

    /** Whether the pairs have all variables of an equation: closure variables they have not. */
    boolean knows(SdeModel model) {
      try (PairsFile file = PairsFile.open(pairs())) {
        return file.observables().equals(model.map().observables());
      }
    }

    /** Predictions of an equation as the run has them, at the conditions that were trained. */
    List<Comparison> predictions(SdeModel model, Streams streams) {
      List<Comparison> predictions = new ArrayList<>();
      try (EnsembleFile file = EnsembleFile.open(directory.file(ensemble));
          PairsFile pairs = PairsFile.open(pairs())) {
        for (Condition condition : file.conditions()) {
          if (pairs.conditions().contains(condition)) {
            predictions.add(
                new Comparison(ensemble(model, file, condition, streams), pairs.mirror(), streams));
          }
        }
      }
      return predictions;
    }

    private CorrectedEnsemble ensemble(
        SdeModel model, EnsembleFile predictions, Condition condition, Streams streams) {
      int m = predictions.observables().size();
      double[] time = predictions.time(condition);
      double unit = model.scaling().timeUnit(condition.value(), false);
      double horizon = (time[time.length - 1] - time[0]) / unit;
      double wanted = Math.min(MOST, STEPS * steps.length() / horizon) / model.models().size();
      Statistics all = predictions.statistics(condition);
      double[] start = scaled(model, Arrays.copyOf(all.mean(), m));
      return new CorrectedEnsemble(
          model,
          condition,
          start,
          horizon,
          StateRange.of(Increments.pairs(pairs(), model, condition), start)
              .with(seen(model, all, -FAR))
              .with(seen(model, all, FAR))
              .wider(),
          steps,
          trajectories(wanted),
          streams);
    }

    /**
     * Means of the predictions and so many of their deviations, all records one after the other.
     */
    private static double[] seen(SdeModel model, Statistics all, double deviations) {
      double[] value = new double[all.mean().length];
      Arrays.setAll(value, k -> all.mean()[k] + deviations * all.std()[k]);
      int m = model.map().observables().size();
      int d = model.map().independent().length;
      double[] states = new double[value.length / m * d];
      for (int r = 0; r < value.length / m; r++) {
        double[] record = scaled(model, Arrays.copyOfRange(value, r * m, (r + 1) * m));
        System.arraycopy(record, 0, states, r * d, d);
      }
      return states;
    }

    private static double[] scaled(SdeModel model, double[] observables) {
      int[] independent = model.map().independent();
      double[] scaled = new double[independent.length];
      Arrays.setAll(scaled, i -> model.scaling().toScaled(i, observables[independent[i]]));
      return scaled;
    }

    /** As many as fill vectors, of a parameter set. */
    private static int trajectories(double wanted) {
      return wanted < (NARROW + WIDE) / 2
          ? NARROW
          : WIDE * (int) Math.max(1, Math.round(wanted / WIDE));
    }

    /** Direct runs by condition, where there are some. */
    Map<String, List<TimeSeries>> direct(List<String> observables) {
      return StageFiles.direct(directory.file(TrajectoryFile.NAME), observables);
    }
  }

  /**
   * Late values of direct runs of the large system at one condition, of the second half of each run
   * and weighted by time. Parts of it are taken as independent: the runs, or, where these are few,
   * pieces of them.
   */
  static final class DirectRuns {
    private static final int FEWEST_PARTS = 8;

    private final EquilibriumShift late;

    DirectRuns(List<TimeSeries> runs, MacroscopicMap map) {
      int pieces = runs.isEmpty() ? 1 : (FEWEST_PARTS + runs.size() - 1) / runs.size();
      List<double[][]> parts = new ArrayList<>();
      List<double[]> weights = new ArrayList<>();
      for (TimeSeries run : runs) {
        int first = firstLate(run);
        int records = run.length() - first;
        for (int piece = 0; piece < pieces; piece++) {
          int from = first + records * piece / pieces;
          int to = first + records * (piece + 1) / pieces;
          if (to > from) {
            parts.add(states(run, from, to));
            weights.add(weights(run, from, to));
          }
        }
      }
      late = new EquilibriumShift(parts.size(), map);
      for (int part = 0; part < parts.size(); part++) {
        for (int k = 0; k < parts.get(part).length; k++) {
          late.add(part, parts.get(part)[k], weights.get(part)[k]);
        }
      }
    }

    private static int firstLate(TimeSeries run) {
      double half = (run.start() + run.end()) / 2;
      int first = 0;
      while (first < run.length() - 1 && run.time(first) < half) {
        first++;
      }
      return first;
    }

    private static double[][] states(TimeSeries run, int from, int to) {
      double[][] states = new double[to - from][run.components()];
      for (int k = from; k < to; k++) {
        for (int c = 0; c < run.components(); c++) {
          states[k - from][c] = run.value(k, c);
        }
      }
      return states;
    }

    /** Half of the time to either neighbour. */
    private static double[] weights(TimeSeries run, int from, int to) {
      double[] weights = new double[to - from];
      for (int k = from; k < to; k++) {
        double before = run.time(Math.max(0, k - 1));
        double after = run.time(Math.min(run.length() - 1, k + 1));
        weights[k - from] = run.length() == 1 ? 1 : (after - before) / 2;
      }
      return weights;
    }

    /** Whether there are enough parts for an error. */
    boolean known() {
      return late.trajectories() > 1;
    }

    double value(Quantity quantity, int observable) {
      return late.value(quantity, observable);
    }

    /** Standard error by the spread over the parts. */
    double error(Quantity quantity, int observable) {
      return late.error(quantity, observable);
    }
  }
}
