package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.system.SystemProvider;

/** How long a state of largest entropy moves before it is used. */
class BurnInTest {
  private static LiftingRules rules(int burnIn) {
    ConfigNode config =
        ConfigNode.parse(
            """
            system: alloy
            conditions: {temperature_K: [2000]}
            lattice: {small: 8, large: 16}
            barrier: {model: pairwise}
            upsample: {tiles: maxent, burn_in: %d}
            """
                .formatted(burnIn),
            "test.yaml");
    return ((AlloySystem) SystemProvider.find(config.get("system")).create(config)).setup().rules();
  }

  @Test
  void lastsSoManyMeanTimesOfAJumpButNoMoreThanHalfTheAge() {
    assertThat(rules(8).burnIn(0.25, Double.POSITIVE_INFINITY)).isEqualTo(2);
    assertThat(rules(8).burnIn(0.25, 4.5)).isEqualTo(2);
    assertThat(rules(8).burnIn(0.25, 3)).isEqualTo(1.5);
    assertThat(rules(8).burnIn(0.25, 0)).isZero();
    assertThat(rules(0).burnIn(0.25, Double.POSITIVE_INFINITY)).isZero();
  }
}
