package org.latticelift.sim.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.latticelift.sim.system.Lifting.GrowthFactors;

class GrowthFactorsTest {
  @Test
  void twoAsOftenAsPossibleThenWhatIsLeft() {
    assertThat(GrowthFactors.of(16, 128)).containsExactly(2, 2, 2);
    assertThat(GrowthFactors.of(16, 48)).containsExactly(3);
    assertThat(GrowthFactors.of(16, 96)).containsExactly(2, 3);
    assertThat(GrowthFactors.of(100, 600)).containsExactly(2, 3);
    assertThat(GrowthFactors.of(16, 16)).isEmpty();
  }

  @Test
  void theSmallSideDividesTheLargeOne() {
    assertFails(() -> GrowthFactors.of(16, 40), "a side of 40 with a small side of 16");
  }
}
