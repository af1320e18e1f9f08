package org.latticelift.learn.barrierfit.linear;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.barrier.TableError;

/**
 * The error of barriers that took no part in a fit, with 95 % intervals by which structures the
 * table has: structures are drawn again with replacement. The noise of the barriers, where it is
 * known, is taken off: the function itself is nearer than its noisy values.
 */
public final class ErrorEstimate {
  private static final int DRAWS = 2000;
  private static final double TAIL = 0.025;

  /** Standard errors in half of a 95 % interval. */
  private static final double NORMAL = 1.96;

  private final BarrierRows rows;
  private final Optional<double[]> noise;

  /**
   * Estimates for one table.
   *
   * @param stated standard deviation of the noise, eV; empty: from repeats, where there are some
   */
  public ErrorEstimate(BarrierRows rows, Optional<Double> stated) {
    this.rows = rows;
    this.noise =
        stated
            .map(value -> new double[] {value, Double.POSITIVE_INFINITY})
            .or(rows::noiseOfRepeats);
  }

  /** What is known of the noise, for people. */
  public String noiseText() {
    return noise
        .map(
            n ->
                String.format(
                    java.util.Locale.ROOT,
                    Double.isInfinite(n[1])
                        ? "noise of the barriers: %.4f eV, as stated"
                        : "noise of the barriers: %.4f eV, from %.0f repeats",
                    n[0],
                    n[1]))
        .orElse(
            "noise of the barriers: not known, as none was calculated twice (or state noise_eV)");
  }

  /** The error of some rows; empty for fewer than two structures. */
  public Optional<TableError> of(double[] predicted, IntPredicate of, RandomStream stream) {
    double[] squares = new double[rows.groups()];
    int[] count = new int[rows.groups()];
    for (int i = 0; i < rows.size(); i++) {
      if (of.test(i) && !Double.isNaN(predicted[i])) {
        double difference = predicted[i] - rows.barrier(i);
        squares[rows.group(i)] += difference * difference;
        count[rows.group(i)]++;
      }
    }
    int[] present =
        java.util.stream.IntStream.range(0, count.length).filter(g -> count[g] > 0).toArray();
    if (present.length < 2) {
      return Optional.empty();
    }
    double mean = meanSquare(present, squares, count);
    double[] drawn = new double[DRAWS];
    double[] function = new double[DRAWS];
    int[] sample = new int[present.length];
    // A sample has less scatter than what it is drawn from, by one group of all.
    double wider = Math.sqrt(present.length / (present.length - 1.0));
    for (int k = 0; k < DRAWS; k++) {
      Arrays.setAll(sample, g -> present[stream.below(present.length)]);
      drawn[k] = Math.max(0, mean + wider * (meanSquare(sample, squares, count) - mean));
      function[k] = drawn[k] - noiseSquare(stream);
    }
    Optional<Double> known = noise.map(n -> n[0]);
    double own = mean - known.map(n -> n * n).orElse(0.0);
    double upper = upper(own, function);
    Arrays.sort(drawn);
    Arrays.sort(function);
    return Optional.of(
        new TableError(
            rows.table().origin().teacher(),
            Arrays.stream(present).mapToLong(g -> count[g]).sum(),
            Math.sqrt(mean),
            quantile(drawn, TAIL),
            quantile(drawn, 1 - TAIL),
            known,
            known.map(n -> Math.sqrt(Math.max(0, own))),
            known.map(n -> quantile(function, TAIL)),
            known.map(n -> Math.max(upper, quantile(function, 1 - TAIL)))));
  }

  /**
   * The upper end of an interval of a mean square that cannot be negative. Where its estimate is,
   * by chance of the noise, the interval does not shrink to nothing but becomes shorter slowly,
   * about as in Feldman and Cousins, Phys. Rev. D 57, 3873 (1998).
   */
  private static double upper(double own, double[] drawn) {
    double average = Arrays.stream(drawn).average().orElse(0);
    double squares = Arrays.stream(drawn).map(d -> (d - average) * (d - average)).sum();
    double deviation = Math.sqrt(squares / (drawn.length - 1));
    return own >= 0 || deviation == 0 ? 0 : Math.sqrt(deviation * NORMAL / (1 - own / deviation));
  }

  private static double meanSquare(int[] groups, double[] squares, int[] count) {
    double sum = 0;
    double n = 0;
    for (int g : groups) {
      sum += squares[g];
      n += count[g];
    }
    return sum / n;
  }

  /** The square of the noise, as uncertain as the number of repeats makes it. */
  private double noiseSquare(RandomStream stream) {
    if (noise.isEmpty()) {
      return 0;
    }
    double square = noise.get()[0] * noise.get()[0];
    double freedom = noise.get()[1];
    return Double.isInfinite(freedom)
        ? square
        : Math.max(0, square * (1 + Math.sqrt(2 / freedom) * stream.normal()));
  }

  private static double quantile(double[] sortedSquares, double share) {
    double at = share * (sortedSquares.length - 1);
    int low = (int) at;
    int high = Math.min(sortedSquares.length - 1, low + 1);
    double value = sortedSquares[low] + (at - low) * (sortedSquares[high] - sortedSquares[low]);
    return Math.sqrt(Math.max(0, value));
  }
}
