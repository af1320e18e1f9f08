package org.latticelift.sim.vacancy.basin;

import org.latticelift.sim.random.RandomStream;

/**
 * Exact Poisson numbers for any mean up to 2^53: inversion below a mean of 10, else transformed
 * rejection (Hoermann 1993, PTRS). About 20 ns for a small mean, 60 ns for a large one; no
 * allocation.
 */
public final class PoissonLaw {
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
}
