package org.latticelift.learn.evaluate;

import org.latticelift.learn.evaluate.Discrepancy.MaximumMeanDiscrepancy;

/** The plain twin of {@link Discrepancy} at one time: every pair of points, one after the other. */
final class PlainDiscrepancy {
  private PlainDiscrepancy() {}

  /**
   * Compares two sets.
   *
   * @param first n x d, row-major, n at least 2
   * @param second k x d, row-major, k at least 2
   * @param d components of a point
   * @return both estimates
   */
  static MaximumMeanDiscrepancy of(double[] first, double[] second, int d) {
    int n = first.length / d;
    int k = second.length / d;
    if (n < 2 || k < 2) {
      throw new IllegalArgumentException("a discrepancy needs two points in each set");
    }
    double within = offDiagonal(first, n, d);
    double other = offDiagonal(second, k, d);
    double cross = cross(first, n, second, k, d);
    double biased =
        (within + n) / ((double) n * n)
            + (other + k) / ((double) k * k)
            - 2 * cross / ((double) n * k);
    double unbiased =
        within / ((double) n * (n - 1))
            + other / ((double) k * (k - 1))
            - 2 * cross / ((double) n * k);
    return new MaximumMeanDiscrepancy(biased, unbiased);
  }

  private static double offDiagonal(double[] points, int n, int d) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        sum += 2 * MaximumMeanDiscrepancy.kernel(points, i, points, j, d);
      }
    }
    return sum;
  }

  private static double cross(double[] first, int n, double[] second, int k, int d) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < k; j++) {
        sum += MaximumMeanDiscrepancy.kernel(first, i, second, j, d);
      }
    }
    return sum;
  }
}
