package org.latticelift.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.ConfigNode;

/**
 * Presets follow the authors' code, whatever the defaults are: one patch of a state from one pool
 * of snapshots, and the plain likelihood with kappa = K.
 */
class PresetEstimatorTest {
  private static ConfigNode resolved(String yaml) {
    Pipeline pipeline = Pipeline.of(ConfigNode.parse(yaml, "test.yaml"), "test");
    return ConfigNode.parse(pipeline.resolvedYaml(), "resolved");
  }

  private static String text(ConfigNode resolved, String key) {
    ConfigNode node = resolved;
    for (String part : key.split("\\.")) {
      node = node.get(part);
    }
    return node.text();
  }

  @ParameterizedTest
  @CsvSource({
    "alloy, authors, '{temperature_K: [1000]}', '{small: 8, large: 16}'",
    "ising, authors, '{temperature: [2.5]}', '{small: 16, large: 64}'",
    "ising, authors_phase_transition, '{temperature: [2.27]}', '{small: 16, large: 64}'",
    "curie-weiss, authors, '{temperature: [1.1]}', '{small: 16, large: 64}'",
    "predator-prey, authors, '{noise: [0.02]}', '{small: 100, large: 200, patch: 40}'",
  })
  void presetsKeepThePlainEstimator(
      String system, String preset, String conditions, String lattice) {
    ConfigNode resolved =
        resolved(
            String.format(
                "system: %s%npreset: %s%nconditions: %s%nlattice: %s%n",
                system, preset, conditions, lattice));
    assertThat(text(resolved, "upsample.groups")).isEqualTo("none");
    assertThat(text(resolved, "evolve.patches")).isEqualTo("1");
    assertThat(text(resolved, "evolve.compensator")).isEqualTo("off");
    assertThat(text(resolved, "evolve.twins")).isEqualTo("false");
    assertThat(text(resolved, "evolve.joint")).isEqualTo("0");
    assertThat(text(resolved, "train.drift_variates")).isEqualTo("off");
    assertThat(text(resolved, "train.symmetries")).isEqualTo("none");
    assertThat(text(resolved, "train.pairs")).isEqualTo("increment");
    if (!preset.equals("authors_phase_transition")) { // which has numbers of its own (PT-45)
      assertThat(text(resolved, "train.kappa")).isEqualTo("K");
    }
  }

  @Test
  void defaultsDoNot() {
    ConfigNode resolved = resolved("conditions: {temperature_K: [1000]}");
    assertThat(text(resolved, "upsample.groups")).isEqualTo("auto");
    assertThat(text(resolved, "evolve.patches")).isEqualTo("auto");
    assertThat(text(resolved, "evolve.compensator")).isEqualTo("auto");
    assertThat(text(resolved, "train.drift_variates")).isEqualTo("auto");
    assertThat(text(resolved, "train.kappa")).isEqualTo("auto");
  }
}
