package org.latticelift.sim.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacroscopicMapTest {
  private static final List<String> NAMES = List.of("a", "b");

  private static MacroscopicMap map(double slope, double offset, double start) {
    return new MacroscopicMap(
        NAMES,
        new int[] {0},
        new double[] {1, slope},
        new double[] {0, offset},
        new double[] {0, start});
  }

  @Test
  void observablesFollowFromTrainedVariables() {
    double[] full = new double[2];
    map(-2, 0.5, 0).expand(new double[] {3}, full);
    assertThat(full).containsExactly(3, -5.5);
  }

  /** As a damaged file may have them; predictions would be no numbers. */
  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1e200})
  void valuesWithoutFiniteSquaresAreRefused(double value) {
    requireRefused(() -> map(value, 0, 0));
    requireRefused(() -> map(1, value, 0));
    requireRefused(() -> map(1, 0, value));
  }

  @Test
  void indicesOutsideTheObservablesAreRefused() {
    requireRefused(() -> new MacroscopicMap(NAMES, new int[] {2}, new double[2], new double[2]));
  }

  private static void requireRefused(Runnable make) {
    assertFails(make::run, "/macroscopic");
  }
}
