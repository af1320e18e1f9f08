package org.latticelift.learn.evaluate;

/**
 * Maximum mean discrepancy between two sets of points with Gaussian kernels (ME-87), no square
 * root, mean over the bandwidths 0.25, 0.5, 1, 2, 4, 8.
 *
 * @param biased V-statistic, diagonal terms included: the authors' number, never negative
 * @param unbiased U-statistic without the diagonal: zero on average for equal laws
 */
public record MaximumMeanDiscrepancy(double biased, double unbiased) {
  private static final double[] BANDWIDTHS = {0.25, 0.5, 1, 2, 4, 8};

  /**
   * Compares two sets.
   *
   * @param first n x d, row-major, n at least 2
   * @param second k x d, row-major, k at least 2
   * @param d components of a point
   * @return both estimates
   */
  public static MaximumMeanDiscrepancy of(double[] first, double[] second, int d) {
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
        sum += 2 * kernel(points, i, points, j, d);
      }
    }
    return sum;
  }

  private static double cross(double[] first, int n, double[] second, int k, int d) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < k; j++) {
        sum += kernel(first, i, second, j, d);
      }
    }
    return sum;
  }

  /** The mean kernel of point i of one set and point j of another. */
  static double kernel(double[] a, int i, double[] b, int j, int d) {
    double square = 0;
    for (int c = 0; c < d; c++) {
      double difference = a[i * d + c] - b[j * d + c];
      square += difference * difference;
    }
    double sum = 0;
    for (double s : BANDWIDTHS) {
      sum += Math.exp(-square / (2 * s * s));
    }
    return sum / BANDWIDTHS.length;
  }
}
