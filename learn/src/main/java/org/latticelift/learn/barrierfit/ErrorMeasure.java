package org.latticelift.learn.barrierfit;

/**
 * Errors of predicted barriers.
 *
 * @param count number of barriers
 * @param rmse root mean square, eV
 * @param mae mean absolute, eV
 * @param max largest absolute, eV
 */
public record ErrorMeasure(long count, double rmse, double mae, double max) {
  /** Adds up differences one by one. */
  static final class Sum {
    private long count;
    private double squares;
    private double absolute;
    private double max;

    void add(double difference) {
      count++;
      squares += difference * difference;
      absolute += Math.abs(difference);
      max = Math.max(max, Math.abs(difference));
    }

    ErrorMeasure measure() {
      double n = Math.max(1, count);
      return new ErrorMeasure(count, Math.sqrt(squares / n), absolute / n, max);
    }
  }
}
