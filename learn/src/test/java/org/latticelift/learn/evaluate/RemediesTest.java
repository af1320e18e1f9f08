package org.latticelift.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.learn.ensemble.Horizon;
import org.latticelift.sim.simulate.SimulateConfig;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemProvider;

class RemediesTest {
  private static final String ALLOY =
      "{system: alloy, conditions: {temperature_K: [1200, 2000]}, barrier: {model: pairwise},"
          + " lattice: {small: 8, large: 16}}";

  private static Remedies remedies(String config, String simulate, String direct, String horizon) {
    ConfigNode root = ConfigNode.parse(config, "test");
    LatticeSystem<?> system = SystemProvider.find(root.get("system")).create(root);
    return Remedies.of(
        system,
        runs(simulate),
        Optional.of(runs(direct)),
        Horizon.fromConfig(ConfigNode.parse(horizon, "test")));
  }

  private static SimulateConfig runs(String text) {
    return Binder.bind(ConfigNode.parse(text, "test"), SimulateConfig.class);
  }

  @Test
  void theKeyItsValueAndTheCostAreNamed() {
    Remedies remedies =
        remedies(
            ALLOY,
            "{runs: 20, duration: {events: 9000}}",
            "{runs: 4, duration: {events: {1200: 400000, 2000: 128000}}}",
            "{relaxations: 60}");
    // 4 runs of 8 vacancies, 1 330 000 jumps each: 43 million jumps, below 3 microseconds each
    assertThat(remedies.lengthen(Remedies.Runs.DIRECT, "T1200", 3.321))
        .matches(
            "Lengthen direct.duration at T1200 from 400 000 to 1 330 000 events"
                + " \\(about \\d+ (s|min) of one core\\)\\.");
    assertThat(remedies.lengthen(Remedies.Runs.SIMULATE, "T2000", 2))
        .startsWith("Lengthen simulate.duration at T2000 from 9000 to 18 000 events (about ");
    assertThat(remedies.predictLonger())
        .isEqualTo("Lengthen ensemble.horizon from {relaxations: 60} to {relaxations: 120}.");
  }

  @Test
  void timesHaveTheUnitOfTheSystem() {
    String ising =
        "{system: ising, conditions: {temperature: [2.5]}, lattice: {small: 8, large: 16}}";
    Remedies remedies =
        remedies(ising, "{duration: {time: 50}}", "{duration: {time: 600}}", "{time: 600}");
    assertThat(remedies(ising, "{}", "{}", "{time: {2.5: 600}}").predictLonger())
        .isEqualTo("Lengthen ensemble.horizon.");
    assertThat(remedies.lengthen(Remedies.Runs.DIRECT, "T2.5", 1.5))
        .startsWith("Lengthen direct.duration at T2.5 from 600 to 900 units of time (about ");
  }

  @Test
  void withoutAConfigurationOnlyTheKeyIsNamed() {
    assertThat(Remedies.general().lengthen(Remedies.Runs.DIRECT, "T2000", 2))
        .isEqualTo("Lengthen direct.duration 2 times.");
    assertThat(Remedies.general().predictLonger()).isEqualTo("Lengthen ensemble.horizon.");
  }
}
