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
