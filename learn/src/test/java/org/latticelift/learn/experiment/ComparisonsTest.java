package org.latticelift.learn.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonsTest {
  private static Curves curves(double[]... values) {
    return new Curves(new double[] {0, 1, 2}, 2, values);
  }

  /** The largest value of the mean curve, not the mean of largest values. */
  @Test
  void peaksAreThoseOfMeans() {
    Curves rising = curves(new double[] {0, 1, 0, 5, 0, 2}, new double[] {0, 1, 0, 1, 0, 6});
    Curves flat = curves(new double[] {9, 2, 9, 2, 9, 2}, new double[] {9, 2, 9, 2, 9, 2});
    Measured peak = Comparisons.peak(List.of(rising, flat), 1);
    assertThat(peak.cells()).containsExactly(new double[] {4, 2});
    assertThat(peak.value()).isEqualTo(3);
  }

  /** ME-89 of every initial state: 1/14 and 0. */
  @Test
  void errorsAreKeptByInitialState() {
    Curves truth = curves(new double[] {1, 0, 2, 0, 3, 0}, new double[] {1, 0, 2, 0, 3, 0});
    Curves off = curves(new double[] {1, 0, 2, 0, 4, 0}, new double[] {1, 0, 2, 0, 4, 0});
    Measured error = new Comparisons(List.of(off, truth), List.of(truth, truth), 1).error();
    assertThat(error.cells().get(0)).containsExactly(new double[] {1 / 14.0, 0}, within(1e-12));
    assertThat(error.value()).isEqualTo(1 / 28.0, within(1e-12));
  }
}
