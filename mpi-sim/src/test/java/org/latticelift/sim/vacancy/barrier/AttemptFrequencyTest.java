package org.latticelift.sim.vacancy.barrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.vacancy.crystal.Crystal;

class AttemptFrequencyTest {
  private static BarrierModel model(String frequency) {
    String yaml = "{model: pairwise, attempt_frequency: " + frequency + "}";
    return BarrierModels.fromConfig(ConfigNode.parse(yaml, "test.yaml"), Crystal.bcc());
  }

  @Test
  void oneNumberOrOnePerSpecies() {
    assertThat(model("5e12").attemptFrequency(2)).isEqualTo(5e12);
    BarrierModel each = model("[1e12, 2e12, 3e12]");
    assertThat(each.attemptFrequency(1)).isEqualTo(1e12);
    assertThat(each.attemptFrequency(3)).isEqualTo(3e12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0", "[]", "[1e13, 1e13]", "[1e13, 0, 1e13]", "fast"})
  void anythingElseIsRefused(String frequency) {
    assertFails(() -> model(frequency));
  }
}
