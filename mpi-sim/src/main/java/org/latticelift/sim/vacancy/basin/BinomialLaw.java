package org.latticelift.sim.vacancy.basin;

import org.latticelift.sim.random.RandomStream;

/**
 * Exact binomial numbers: inversion where the rarer outcome is expected fewer than 10 times, else
 * transformed rejection (Hoermann 1993, BTRS). The probability comes as two weights, so that
 * outcomes of any rarity keep full precision. No allocation.
 */
public final class BinomialLaw {
  private static final double SMALL = 10;

  private BinomialLaw() {}

  /**
   * Draws how many of some trials succeed.
   *
   * @param trials 0 to 2^53
   * @param success weight of success, 0 or more
   * @param failure weight of failure, 0 or more, not both 0
   * @param stream nothing is taken if the outcome is certain
   * @return 0 to {@code trials}
   */
  public static long draw(long trials, double success, double failure, RandomStream stream) {
    if (trials == 0 || success == 0) {
      return 0;
    }
    if (failure == 0) {
      return trials;
    }
    if (trials == 1) {
      return stream.uniform() * (success + failure) <= success ? 1 : 0;
    }
    return success <= failure
        ? rare(trials, success / (success + failure), stream)
        : trials - rare(trials, failure / (success + failure), stream);
  }

  private static long rare(long trials, double p, RandomStream stream) {
    if (p == 0) {
      return 0;
    }
    return trials * p < SMALL ? invert(trials, p, stream.uniform()) : reject(trials, p, stream);
  }

  private static long invert(long trials, double p, double uniform) {
    double probability = StrictMath.exp(trials * StrictMath.log1p(-p));
    double odds = p / (1 - p);
    double rest = uniform - probability;
    long k = 0;
    while (rest > 0 && k < trials && probability > 0) {
      k++;
      probability *= (trials - k + 1) / (double) k * odds;
      rest -= probability;
    }
    return k;
  }

  private static long reject(long trials, double p, RandomStream stream) {
    double q = 1 - p;
    double deviation = Math.sqrt(trials * p * q);
    double b = 1.15 + 2.53 * deviation;
    double a = -0.0873 + 0.0248 * b + 0.01 * p;
    double centre = trials * p + 0.5;
    double alpha = (2.83 + 5.1 / b) * deviation;
    double sure = 0.92 - 4.2 / b;
    while (true) {
      double u = stream.uniform() - 0.5;
      double v = stream.uniform();
      double us = 0.5 - Math.abs(u);
      double k = Math.floor((2 * a / us + b) * u + centre);
      if (us >= 0.07 && v <= sure) {
        return (long) k;
      }
      if (k >= 0 && k <= trials) {
        double mode = Math.floor((trials + 1) * p);
        double ratio =
            SaddlePoint.logBinomial(k, trials, p, q) - SaddlePoint.logBinomial(mode, trials, p, q);
        if (StrictMath.log(v * alpha / (a / (us * us) + b)) <= ratio) {
          return (long) k;
        }
      }
    }
  }

  /**
   * Exact Poisson numbers for any mean up to 2^53: inversion below a mean of 10, else transformed
   * rejection (Hoermann 1993, PTRS). About 20 ns for a small mean, 60 ns for a large one; no
   * allocation.
   */
  public static final class PoissonLaw {
    private static final double SMALL = 10;

    private PoissonLaw() {}

    /**
     * Draws a number.
     *
     * @param mean 0 or more
     * @param stream at least one number is taken, none if the mean is 0
     * @return 0 or more
     * @throws ArithmeticException if the mean exceeds 2^53 or is not a number
     */
    public static long draw(double mean, RandomStream stream) {
      if (mean < SMALL) {
        return mean == 0 ? 0 : invert(mean, stream.uniform());
      }
      if (!(mean <= Counts53.LARGEST)) {
        throw Counts53.exceeded(mean);
      }
      return reject(mean, stream);
    }

    private static long invert(double mean, double uniform) {
      // The probability of 0 is at least 1 - mean: most numbers need no exponential.
      if (uniform <= 1 - mean) {
        return 0;
      }
      double probability = StrictMath.exp(-mean);
      double rest = uniform - probability;
      long k = 0;
      while (rest > 0) {
        k++;
        probability *= mean / k;
        rest -= probability;
        if (probability == 0) {
          return k;
        }
      }
      return k;
    }

    private static long reject(double mean, RandomStream stream) {
      double b = 0.931 + 2.53 * Math.sqrt(mean);
      double a = -0.059 + 0.02483 * b;
      double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
      double sure = 0.9277 - 3.6224 / (b - 2);
      while (true) {
        double u = stream.uniform() - 0.5;
        double v = stream.uniform();
        double us = 0.5 - Math.abs(u);
        double k = Math.floor((2 * a / us + b) * u + mean + 0.43);
        if (us >= 0.07 && v <= sure) {
          return (long) k;
        }
        if (k >= 0
            && (us >= 0.013 || v <= us)
            && StrictMath.log(v * inverseAlpha / (a / (us * us) + b))
                <= SaddlePoint.logPoisson(k, mean)) {
          return (long) k;
        }
      }
    }

    /** Counts are whole numbers that a double holds exactly. */
    static final class Counts53 {
      /** 2^53. */
      static final double LARGEST = 0x1p53;

      private Counts53() {}

      static ArithmeticException exceeded(double count) {
        return new ArithmeticException("a count of " + count + " is not below 2^53");
      }
    }
  }

  /**
   * Logarithms of Poisson and binomial probabilities by the saddle-point expansion of Loader
   * (2000): no large terms cancel, so that they stay accurate to about 1e-12 for means up to 2^53,
   * where differences of log-gamma functions have no correct digit.
   */
  static final class SaddlePoint {
    private static final double HALF_LOG_2PI = 0.5 * StrictMath.log(2 * StrictMath.PI);
    private static final int TABLE = 16;
    private static final double[] ERROR = errors();

    private SaddlePoint() {}

    private static double[] errors() {
      double[] error = new double[TABLE];
      double logFactorial = 0;
      for (int n = 1; n < TABLE; n++) {
        logFactorial += StrictMath.log(n);
        error[n] =
            logFactorial - HALF_LOG_2PI - 0.5 * StrictMath.log(n) - n * StrictMath.log(n) + n;
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
}
