package org.latticelift.sim.vacancy.basin;

/**
 * Logarithms of Poisson and binomial probabilities by the saddle-point expansion of Loader (2000):
 * no large terms cancel, so that they stay accurate to about 1e-12 for means up to 2^53, where
 * differences of log-gamma functions have no correct digit.
 */
final class SaddlePoint {
  private static final double HALF_LOG_2PI = 0.5 * StrictMath.log(2 * StrictMath.PI);
  private static final int TABLE = 16;
  private static final double[] ERROR = errors();

  private SaddlePoint() {}

  private static double[] errors() {
    double[] error = new double[TABLE];
    double logFactorial = 0;
    for (int n = 1; n < TABLE; n++) {
      logFactorial += StrictMath.log(n);
      error[n] = logFactorial - HALF_LOG_2PI - 0.5 * StrictMath.log(n) - n * StrictMath.log(n) + n;
    }
    return error;
  }

  /** log n! minus Stirling's formula, n at least 1. */
  static double stirlingError(double n) {
    if (n < TABLE) {
      return ERROR[(int) n];
    }
    double square = 1 / (n * n);
    double series = 1.0 / 1680 - square * (1.0 / 1188);
    series = 1.0 / 1260 - square * series;
    series = 1.0 / 360 - square * series;
    return (1.0 / 12 - square * series) / n;
  }

  /** The deviance x log(x/m) + m - x, both positive. */
  static double deviance(double x, double m) {
    double difference = x - m;
    if (Math.abs(difference) >= 0.1 * (x + m)) {
      return x * StrictMath.log(x / m) - difference;
    }
    double v = difference / (x + m);
    double sum = difference * v;
    double term = 2 * x * v;
    double square = v * v;
    for (int k = 3; ; k += 2) {
      term *= square;
      double next = sum + term / k;
      if (next == sum) {
        return sum;
      }
      sum = next;
    }
  }

  /** log of the Poisson probability of k. */
  static double logPoisson(double k, double mean) {
    if (k == 0) {
      return -mean;
    }
    return -stirlingError(k) - deviance(k, mean) - HALF_LOG_2PI - 0.5 * StrictMath.log(k);
  }

  /** log of the probability of k successes among n, p + q = 1, both positive. */
  static double logBinomial(double k, double n, double p, double q) {
    if (k == 0) {
      return n * StrictMath.log1p(-p);
    }
    double rest = n - k;
    if (rest == 0) {
      return n * StrictMath.log1p(-q);
    }
    return stirlingError(n)
        - stirlingError(k)
        - stirlingError(rest)
        - deviance(k, n * p)
        - deviance(rest, n * q)
        - HALF_LOG_2PI
        + 0.5 * StrictMath.log(n / k / rest);
  }
}
