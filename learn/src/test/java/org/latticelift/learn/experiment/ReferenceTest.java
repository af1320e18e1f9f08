package org.latticelift.learn.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;

class ReferenceTest {
  /** Published errors of latents are those of four variables in the authors' scaling (IS-70). */
  @Test
  void valuesOfAnotherScalingStandBesideThePresetOnly() {
    ConfigNode file =
        ConfigNode.load(Path.of("..", "configs", "paper", "fig3-ising-ns.yaml"), List.of());
    ExperimentConfig plain = Binder.bind(file.get("experiment"), ExperimentConfig.class);
    assertThat(plain.published(Column.of(Quantity.ERROR_LATENTS), "ours-16")).isNaN();
    assertThat(plain.ofPreset().published(Column.of(Quantity.ERROR_LATENTS), "ours-16"))
        .isEqualTo(0.0007979);
    assertThat(plain.ofPreset().runs().variants()).isEqualTo(plain.runs().variants());
  }

  @Test
  void valuesOfTheSameQuantityStandBesideBoth() {
    ConfigNode file =
        ConfigNode.load(Path.of("..", "configs", "paper", "fig8-curie-weiss-ns.yaml"), List.of());
    ExperimentConfig plain = Binder.bind(file.get("experiment"), ExperimentConfig.class);
    assertThat(plain.published(Column.of(Quantity.ERROR), "ours-16")).isEqualTo(0.00106386);
    assertThat(plain.ofPreset().published(Column.of(Quantity.ERROR), "ours-16"))
        .isEqualTo(0.00106386);
  }
}
