package org.latticelift.learn.certificate;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * The difference of two predictions: as learned, and corrected. Its error has two parts: that of
 * the correction, from predictions with others that are as probable, and that of the finite number
 * of trajectories, whose noise is the same in both.
 *
 * @param ensemble what is predicted
 * @param signs of the observables in a mirror image, or empty
 * @param streams of the run
 */
record Comparison(CorrectedEnsemble ensemble, int[] signs, Streams streams) {
  private static final int DRAWS = 6;

  List<Bias> of(Check check, Correction.Estimate estimate) {
    int d = ensemble.model().architecture().dimension();
    boolean half = check == Check.DURATION;
    LateValues plain = ensemble.run(Correction.none(d), false);
    LateValues corrected = ensemble.run(estimate.best(), half);
    List<LateValues> others = new ArrayList<>();
    RandomStream stream =
        streams.stream(Purpose.CERTIFICATE, ensemble.condition().key(), -1, check.ordinal());
    for (int k = 0; k < DRAWS; k++) {
      others.add(ensemble.run(estimate.draw(stream), half));
    }
    List<Bias> found = new ArrayList<>();
    List<String> names = ensemble.model().map().observables();
    for (int i = 0; i < names.size(); i++) {
      for (Quantity quantity : Quantity.values()) {
        boolean mirrored = signs.length > i && signs[i] < 0;
        if (quantity != Quantity.LATE_MAGNITUDE || mirrored) {
          found.add(bias(check, names.get(i), i, quantity, plain, corrected, others));
        }
      }
    }
    return found;
  }

  private Bias bias(
      Check check,
      String observable,
      int i,
      Quantity quantity,
      LateValues plain,
      LateValues corrected,
      List<LateValues> others) {
    double predicted = value(quantity, plain, i);
    double best = value(quantity, corrected, i);
    double square = 0;
    for (LateValues other : others) {
      double off = value(quantity, other, i) - best;
      square += off * off / others.size();
    }
    double error = Math.sqrt(square + squaredNoise(quantity, plain, corrected, i));
    return new Bias(
        check,
        ensemble.condition().name(),
        observable,
        quantity,
        predicted,
        predicted - best,
        error);
  }

  private static double value(Quantity quantity, LateValues late, int i) {
    if (quantity == Quantity.LATE_DEVIATION) {
      return late.deviation(i);
    }
    double sum = 0;
    for (int t = 0; t < late.trajectories(); t++) {
      sum += quantity.of(late, t, i, 0) / late.trajectories();
    }
    return sum;
  }

  /** Squared standard error of the difference by its spread over trajectories. */
  private static double squaredNoise(
      Quantity quantity, LateValues plain, LateValues corrected, int i) {
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
}
