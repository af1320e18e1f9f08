package org.latticelift.learn.sde;

import static org.latticelift.io.testing.Failures.assertFails;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdeScalingTest {
  private static void scaling(double mean, double deviation, double timeUnit) {
    new SdeScaling(
        new double[] {0, mean},
        new double[] {1, deviation},
        new double[] {2000},
        new double[] {timeUnit});
  }

  /** As one flipped bit of a file makes them: means of predictions would be no numbers. */
  @ParameterizedTest
  @ValueSource(doubles = {1.22444053e307, Double.POSITIVE_INFINITY, Double.NaN})
  void valuesWithoutFiniteSquaresAreRefused(double value) {
    scaling(0, 1, 1e-12);
    requireRefused(() -> scaling(value, 1, 1));
    requireRefused(() -> scaling(0, value, 1));
    requireRefused(() -> scaling(0, 1, value));
    requireRefused(() -> scaling(0, 1 / value, 1));
  }

  private static void requireRefused(Runnable make) {
    assertFails(make::run, "/scaling");
  }
}
