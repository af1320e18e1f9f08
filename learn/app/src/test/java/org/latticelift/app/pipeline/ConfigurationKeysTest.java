package org.latticelift.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.app.pipeline.ConfigurationKeys.key;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.io.config.Binder.KeyDescription;
import org.latticelift.learn.train.TrainConfig.Estimator;
import org.latticelift.sim.lift.LiftConfig.Keep;
import org.latticelift.sim.lift.LiftConfig.Pairs;
import org.latticelift.sim.system.SystemProvider;

class ConfigurationKeysTest {
  /** Experiments and certificates change them whatever the system is; examples are no such ones. */
  @Test
  void everySystemHasThePathsThatAreChangedInAll() {
    List<SystemProvider> shipped =
        SystemProvider.all().stream()
            .filter(SystemProvider::simulates)
            .filter(each -> each.getClass().getPackageName().contains(".sim.systems."))
            .toList();
    assertThat(shipped).hasSizeGreaterThan(4);
    for (SystemProvider provider : shipped) {
      List<String> paths =
          ConfigurationKeys.of(provider).stream().map(KeyDescription::path).toList();
      assertThat(paths)
          .as(provider.name())
          .contains(ConfigurationKeys.DURATION, ConfigurationKeys.LARGE);
    }
  }

  @Test
  void stagesReadTheKeysThatAccessorsName() {
    assertThat(key(Estimator::driftVariates).path()).isEqualTo("train.drift_variates");
    assertThat(key(Pairs::joint).path()).isEqualTo("evolve.joint");
    assertThat(key(Keep::keep).path()).isEqualTo("upsample.keep");
    assertThat(key(PipelineConfig.Run::seed).path()).isEqualTo("seed");
  }
}
