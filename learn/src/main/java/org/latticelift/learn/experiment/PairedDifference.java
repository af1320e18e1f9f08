package org.latticelift.learn.experiment;

import java.util.List;
import org.latticelift.learn.evaluate.Bootstrap;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * Mean difference of two variants that share repeats (data, encoder, seeds) and initial states.
 *
 * @param one a row per repeat, a value per initial state
 * @param other the same of the other variant
 */
record PairedDifference(List<double[]> one, List<double[]> other) {
  private static final int RESAMPLES = 5000;

  double mean() {
    int[] repeats = range(one.size());
    return mean(repeats, range(one.get(0).length));
  }

  private static int[] range(int length) {
    int[] range = new int[length];
    java.util.Arrays.setAll(range, i -> i);
    return range;
  }

  private double mean(int[] repeats, int[] starts) {
    double sum = 0;
    for (int repeat : repeats) {
      for (int start : starts) {
        sum += one.get(repeat)[start] - other.get(repeat)[start];
      }
    }
    return sum / repeats.length / starts.length;
  }

  /** Central 90 %: repeats and initial states are drawn with replacement, each on its own. */
  Bootstrap.Interval interval(long seed) {
    RandomStream stream = new Streams(seed).stream(Purpose.BOOTSTRAP, 17);
    int[] repeats = new int[one.size()];
    int[] starts = new int[one.get(0).length];
    double[] values = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      draw(repeats, stream);
      draw(starts, stream);
      values[i] = mean(repeats, starts);
    }
    return Bootstrap.central(values, 90);
  }

  private static void draw(int[] chosen, RandomStream stream) {
    int count = chosen.length;
    java.util.Arrays.setAll(chosen, i -> stream.below(count));
  }
}
