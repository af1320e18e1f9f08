package org.latticelift.learn.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;

/** Values that an amount of work has for series of variants. */
class SizesOfVariantsTest {
  private static ExperimentConfig config(String series) {
    return config(series, "medium");
  }

  private static ExperimentConfig config(String series, String size) {
    ConfigNode node =
        ConfigNode.parse(
            "{size: "
                + size
                + ", sizes: {quick: {}, medium: {evolve.samples: 10, variants: "
                + series
                + "}}, variants: {ours-64-2.27: {lattice.large: 64}, ours-64: {},"
                + " ours-640: {}, own-64-2.27: {evolve.samples: 7}}, starts: {up: {}}}",
            "test");
    return Binder.bind(node, ExperimentConfig.class);
  }

  private static String samples(ExperimentConfig config, String variant, String size) {
    return config.values(variant, size).find("evolve.samples").map(ConfigNode::text).orElse("");
  }

  @Test
  void aSeriesIsAllVariantsWhoseNamesBeginSo() {
    ExperimentConfig config =
        config("{ours-64: {evolve.samples: 40}, own: {evolve.samples: 40, seed: 3}}");
    assertThat(samples(config, "ours-64-2.27", "medium")).isEqualTo("40");
    assertThat(samples(config, "ours-64", "medium")).isEqualTo("40");
    assertThat(samples(config, "ours-640", "medium")).isEmpty();
    assertThat(samples(config, "ours-64-2.27", "quick")).isEmpty();
    assertThat(samples(config, "own-64-2.27", "medium")).as("its own").isEqualTo("7");
    assertThat(config.values("own-64-2.27", "medium").keys()).contains("seed");
    assertThat(config.values("ours-64-2.27", "medium").keys()).contains("lattice.large");
    assertThat(config.ofSize("medium").keys()).containsExactly("evolve.samples");
    assertThat(config.ofSize("another").keys()).isEmpty();
  }

  @Test
  void aSeriesOfNoneIsAMistake() {
    assertFails(
        () -> config("{ours-6: {evolve.samples: 40}}"),
        "no variant 'ours-6', and none that begins so",
        "sizes.medium.variants.ours-6");
    assertThat(config("{ours-6: {evolve.samples: 40}}", "quick").runs().size()).isEqualTo("quick");
  }
}
