package org.latticelift.learn.barrierfit;

/**
 * Errors of predicted barriers.
 *
 * @param count number of barriers
 * @param rmse root mean square, eV
 * @param mae mean absolute, eV
 * @param max largest absolute, eV
 * @param halfWidth of the 95 % interval of the root mean square by which environments were drawn,
 *     eV; NaN for fewer than two
 */
public record ErrorMeasure(long count, double rmse, double mae, double max, double halfWidth) {
  /** Standard errors in half of a 95 % interval. */
  private static final double NORMAL = 1.96;

  /** Adds up differences one by one. */
  static final class Sum {
    private long count;
    private double squares;
    private double absolute;
    private double max;
    private int environment = -1;
    private double own;
    private long ownCount;
    private long environments;

    /** Sums over environments of s^2, s n and n^2, with s the squares and n the number of each. */
    private final double[] moments = new double[3];

    /** An error of an environment; those of one environment come one after the other. */
    void add(int of, double difference) {
      if (of != environment) {
        close();
        environment = of;
      }
      own += difference * difference;
      ownCount++;
      count++;
      squares += difference * difference;
      absolute += Math.abs(difference);
      max = Math.max(max, Math.abs(difference));
    }

    private void close() {
      if (ownCount > 0) {
        moments[0] += own * own;
        moments[1] += own * ownCount;
        moments[2] += (double) ownCount * ownCount;
        environments++;
        own = 0;
        ownCount = 0;
      }
    }

    ErrorMeasure measure() {
      close();
      double n = Math.max(1, count);
      double rmse = Math.sqrt(squares / n);
      return new ErrorMeasure(count, rmse, absolute / n, max, halfWidth(rmse, n));
    }

    /** Errors of the hops of one environment are alike, so environments count, not hops. */
    private double halfWidth(double rmse, double n) {
      if (environments < 2) {
        return Double.NaN;
      }
      double mean = rmse * rmse;
      double scatter = moments[0] - 2 * mean * moments[1] + mean * mean * moments[2];
      double variance = Math.max(0, scatter) / (n * n) * environments / (environments - 1.0);
      return rmse == 0 ? 0 : NORMAL * Math.sqrt(variance) / (2 * rmse);
    }
  }
}
