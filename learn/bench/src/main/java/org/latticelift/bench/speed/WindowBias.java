package org.latticelift.bench.speed;

import java.util.Arrays;
import java.util.Locale;

/**
 * How runs in blocks differ from those of one simulator, in its units. The progress of ordering is
 * the change of all order parameters, projected on the mean change of the one simulator; runs from
 * the same state are compared, which takes off what states differ in. At low temperature few runs
 * have most of the jumps, and mean times per jump are known badly; geometric means over runs are
 * known better.
 *
 * @param typicalWaits window of a cycle in typical waiting times
 * @param time relative difference of the mean time per jump
 * @param timeError its standard error
 * @param typicalTime relative difference of the geometric mean over runs of the time per jump
 * @param typicalTimeError its standard error
 * @param ordering relative difference of the progress of ordering
 * @param orderingError its standard error
 * @param cost processor time, relative
 */
public record WindowBias(
    double typicalWaits,
    double time,
    double timeError,
    double typicalTime,
    double typicalTimeError,
    double ordering,
    double orderingError,
    double cost) {
  /** Above the lines of several windows. */
  public static final String HEADER =
      "window   time per jump            its geometric mean       ordering"
          + "                 processor time";

  private static final double PERCENT = 100;

  /** Compares runs ({@code serial}: by one simulator, from the same states). */
  public static WindowBias of(double typicalWaits, FlickerRuns blocks, FlickerRuns serial) {
    double here = mean(blocks.jumps());
    double there = mean(serial.jumps());
    double[] progress = new double[serial.change().length];
    double[] direction = meanChange(serial.change());
    for (int run = 0; run < progress.length; run++) {
      for (int k = 0; k < direction.length; k++) {
        progress[run] += direction[k] * (blocks.change()[run][k] - serial.change()[run][k]);
      }
    }
    double square = Arrays.stream(direction).map(x -> x * x).sum();
    return new WindowBias(
        typicalWaits,
        there / here - 1,
        Math.hypot(error(blocks.jumps()) / here, error(serial.jumps()) / there),
        Math.expm1(mean(logarithms(serial.jumps())) - mean(logarithms(blocks.jumps()))),
        Math.hypot(error(logarithms(blocks.jumps())), error(logarithms(serial.jumps()))),
        mean(progress) / square,
        error(progress) / square,
        blocks.processorSeconds() / serial.processorSeconds());
  }

  /** A line for people; below {@link #HEADER}. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%6.3g   %s   %s   %s   %.2f",
        typicalWaits,
        percent(time, timeError),
        percent(typicalTime, typicalTimeError),
        percent(ordering, orderingError),
        cost);
  }

  private static String percent(double difference, double error) {
    return String.format(
        Locale.ROOT, "%+6.2f %% (error %5.2f %%)", PERCENT * difference, PERCENT * error);
  }

  private static double[] meanChange(double[][] change) {
    double[] mean = new double[change[0].length];
    for (double[] run : change) {
      for (int k = 0; k < mean.length; k++) {
        mean[k] += run[k] / change.length;
      }
    }
    return mean;
  }

  /** Of numbers of jumps; none counts as one. */
  private static double[] logarithms(double[] jumps) {
    return Arrays.stream(jumps).map(n -> Math.log(Math.max(1, n))).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static double error(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    return Math.sqrt(squares / (values.length - 1) / values.length);
  }
}
