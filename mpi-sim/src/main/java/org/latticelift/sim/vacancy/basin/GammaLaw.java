package org.latticelift.sim.vacancy.basin;

import org.latticelift.sim.random.RandomStream;

/**
 * Sums of independent exponential numbers of unit mean: up to four as the logarithm of a product,
 * else by the exact rejection of Marsaglia and Tsang (2000). No allocation.
 */
public final class GammaLaw {
  private static final int PRODUCT = 4;

  private GammaLaw() {}

  /**
   * Draws a sum.
   *
   * @param terms how many exponential numbers, 0 or more
   * @param stream the random numbers
   * @return their sum; 0 for no term
   */
  public static double draw(long terms, RandomStream stream) {
    if (terms <= PRODUCT) {
      return terms == 0 ? 0 : product((int) terms, stream);
    }
    double d = terms - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = stream.normal();
      double root = 1 + c * x;
      if (root > 0) {
        double v = root * root * root;
        double u = stream.uniform();
        double square = x * x;
        if (u < 1 - 0.0331 * square * square
            || StrictMath.log(u) < 0.5 * square + d * (1 - v + StrictMath.log(v))) {
          return d * v;
        }
      }
    }
  }

  private static double product(int terms, RandomStream stream) {
    double product = stream.uniform();
    for (int i = 1; i < terms; i++) {
      product *= stream.uniform();
    }
    return -StrictMath.log(product);
  }
}
