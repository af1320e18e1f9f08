package org.latticelift.learn.certificate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * The difference of two predictions: as learned, and corrected. Its error has two parts: that of
 * the correction, from predictions with others that are as probable, and that of the finite number
 * of trajectories, whose noise is the same in both. Eight others know their spread to a quarter, so
 * a quarter of the models is enough for them: with eight models a comparison costs 3 predictions in
 * place of 9. Serves one thread.
 */
final class CorrectedPrediction {
  private static final int DRAWS = 8;

  private final CorrectedEnsemble ensemble;
  private final int[] signs;
  private final Streams streams;
  private final List<String> warnings = new ArrayList<>();
  private EquilibriumShift plain;

  /**
   * @param signs of the observables in a mirror image, or empty
   */
  CorrectedPrediction(CorrectedEnsemble ensemble, int[] signs, Streams streams) {
    this.ensemble = ensemble;
    this.signs = signs;
    this.streams = streams;
  }

  CorrectedEnsemble ensemble() {
    return ensemble;
  }

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
  List<Bias> of(Check check, List<CorrectionEstimate> estimates, boolean halfSteps) {
    EquilibriumShift corrected =
        ensemble.run(estimates.stream().map(CorrectionEstimate::best).toList(), halfSteps);
    if (corrected.leaves()) {
      warnings.add(beyond(check, corrected.stopped()));
    }
    Spread spread = spread(check, corrected, estimates, halfSteps);
    List<Bias> found = new ArrayList<>();
    List<String> names = ensemble.model().map().observables();
    for (int i = 0; i < names.size(); i++) {
      for (BiasedValue quantity : quantities(i)) {
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
      List<CorrectionEstimate> estimates,
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

  private record Spread(EquilibriumShift best, List<EquilibriumShift> others) {
    double square(BiasedValue quantity, int observable) {
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
  List<BiasedValue> quantities(int observable) {
    boolean mirrored = signs.length > observable && signs[observable] < 0;
    return mirrored
        ? List.of(BiasedValue.values())
        : List.of(BiasedValue.LATE_MEAN, BiasedValue.LATE_DEVIATION);
  }

  private Bias bias(
      Check check,
      String observable,
      int i,
      BiasedValue quantity,
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
      BiasedValue quantity, EquilibriumShift plain, EquilibriumShift corrected, int i) {
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
    if (quantity != BiasedValue.LATE_DEVIATION) {
      return squared;
    }
    double deviation = plain.deviation(i) + corrected.deviation(i); // of a variance to a deviation
    return deviation > 0 ? squared / (deviation * deviation) : 0;
  }
}
