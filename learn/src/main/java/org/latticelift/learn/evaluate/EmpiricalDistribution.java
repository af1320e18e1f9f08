package org.latticelift.learn.evaluate;

import java.util.Arrays;

/**
 * The distribution of measured values, and how far it is from another (PT-75).
 *
 * @param sorted values in ascending order, at least one
 * @param weights of the values, not negative and not all zero
 */
public record EmpiricalDistribution(double[] sorted, double[] weights) {
  /**
   * Values of equal weight.
   *
   * @param values in any order, at least one; not modified
   */
  public static EmpiricalDistribution of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] weights = new double[sorted.length];
    Arrays.fill(weights, 1);
    return new EmpiricalDistribution(sorted, weights);
  }

  /** Told of each interval between neighbouring values of two distributions. */
  @FunctionalInterface
  private interface Gap {
    void between(double difference, double width);
  }

  /**
   * The distance of Kolmogorov and Smirnov: the largest difference of the distribution functions.
   *
   * @param other of the same quantity
   * @return 0 to 1
   */
  public double kolmogorovSmirnov(EmpiricalDistribution other) {
    double[] largest = {0};
    compare(other, (difference, width) -> largest[0] = Math.max(largest[0], Math.abs(difference)));
    return largest[0];
  }

  /**
   * The distance of Wasserstein of order 1: the mean way from one distribution to the other.
   *
   * @param other of the same quantity
   * @return in the unit of the values
   */
  public double wasserstein(EmpiricalDistribution other) {
    double[] area = {0};
    compare(other, (difference, width) -> area[0] += Math.abs(difference) * width);
    return area[0];
  }

  private double total() {
    return Arrays.stream(weights).sum();
  }

  private void compare(EmpiricalDistribution other, Gap gap) {
    double ownTotal = total();
    double otherTotal = other.total();
    double own = 0;
    double others = 0;
    int i = 0;
    int j = 0;
    while (i < sorted.length || j < other.sorted.length) {
      double at = next(other, i, j);
      while (i < sorted.length && sorted[i] == at) {
        own += weights[i++];
      }
      while (j < other.sorted.length && other.sorted[j] == at) {
        others += other.weights[j++];
      }
      if (i < sorted.length || j < other.sorted.length) {
        gap.between(own / ownTotal - others / otherTotal, next(other, i, j) - at);
      }
    }
  }

  private double next(EmpiricalDistribution other, int i, int j) {
    double own = i < sorted.length ? sorted[i] : Double.POSITIVE_INFINITY;
    double others = j < other.sorted.length ? other.sorted[j] : Double.POSITIVE_INFINITY;
    return Math.min(own, others);
  }
}
