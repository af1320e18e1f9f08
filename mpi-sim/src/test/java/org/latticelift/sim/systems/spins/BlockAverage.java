package org.latticelift.sim.systems.spins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Means of blocks of one long run; the error bar is from the scatter of the blocks. */
final class BlockAverage {
  private final double[] sum;
  private final double[] squares;
  private int blocks;

  BlockAverage(int quantities) {
    sum = new double[quantities];
    squares = new double[quantities];
  }

  void add(double... block) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += block[i];
      squares[i] += block[i] * block[i];
    }
    blocks++;
  }

  double mean(int quantity) {
    return sum[quantity] / blocks;
  }

  double error(int quantity) {
    double mean = mean(quantity);
    return Math.sqrt(Math.max(0, squares[quantity] / blocks - mean * mean) / (blocks - 1));
  }

  /** Five combined standard deviations. */
  void require(String name, int quantity, double expected, double itsError) {
    double error = Math.hypot(error(quantity), itsError);
    assertThat(mean(quantity))
        .as("%s, error %g", name, error)
        .isEqualTo(expected, within(5 * error));
  }
}
