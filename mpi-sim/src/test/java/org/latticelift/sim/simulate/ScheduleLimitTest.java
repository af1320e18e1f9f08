package org.latticelift.sim.simulate;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latticelift.io.testing.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemProvider;

/** Schedules that nobody could wait for are refused before anything is simulated. */
class ScheduleLimitTest {
  private static final String CHAIN =
      "system: linear-chain\nconditions: {force: [1]}\nlattice: {small: 8, large: 80}\n";
  private static final String SWEEPS =
      "system: ising\nconditions: {temperature: [2.5]}\nlattice: {small: 16, large: 32, dynamics:"
          + " sweeps}\n";

  private static void check(String yaml, String section, String duration) {
    ConfigNode root = ConfigNode.parse(yaml + section + ": {duration: " + duration + "}", "test");
    LatticeSystem<?> system = SystemProvider.find(root.get("system")).create(root);
    SimulateConfig config = Binder.bind(root.section(section), SimulateConfig.class);
    CheckpointConfig checkpoint = Binder.bind(root.section("checkpoint"), CheckpointConfig.class);
    Stage stage =
        section.equals("direct")
            ? new DirectStage<>(system, config, checkpoint, LocalRanks.single())
            : new SimulateStage<>(system, config, checkpoint);
    stage.check();
    system.lifting().checkLifting();
  }

  private static void requireRefused(String yaml, String section, String duration) {
    assertFails(ExitCode.BAD_DATA, () -> check(yaml, section, duration), "duration", "1e12");
  }

  @ParameterizedTest
  @CsvSource({
    "simulate, {events: 1.1e12}",
    "simulate, {events: 1e300}",
    "direct, {events: 2e11}",
    "simulate, {time: 1.1e10}",
    "direct, {time: 1e15}",
    "direct, {time: 1e300}",
    "simulate, {time: 1e-323}"
  })
  void longSchedulesAreRefused(String section, String duration) {
    requireRefused(CHAIN, section, duration);
  }

  @Test
  void sweepsAreSteps() {
    requireRefused(SWEEPS, "simulate", "{time: 1e14}");
    assertThatCode(() -> check(SWEEPS, "simulate", "{time: 1e12}")).doesNotThrowAnyException();
  }

  @Test
  void partialEvolutionsAreSchedules() {
    requireRefused(CHAIN + "evolve: {duration: {events: 1e14}}\n", "simulate", "{events: 1e3}");
    requireRefused(CHAIN + "evolve: {duration: {time: 1e12}}\n", "simulate", "{events: 1e3}");
  }

  /** Of windows of a given length, whatever the run is as long as. */
  @ParameterizedTest
  @CsvSource({
    "{time_s: 1e-3}, 1e-300, true",
    "{time_s: 1e-3}, 1e-16, true",
    "{events: 1000}, 1e-300, true",
    "{mean_events: 1000}, 1e-22, true",
    "{time_s: 1e-3}, 1e-9, false",
    "{events: 1000}, 1e-9, false"
  })
  void windowsAreSteps(String duration, String window, boolean refused) {
    String alloy =
        "conditions: {temperature_K: [2000]}\nbarrier: {model: pairwise}\nlattice: {small: 5, large:"
            + " 16, vacancy_concentration: 0.004}\ndirect: {parallel: {window_s: "
            + window
            + "}, duration: "
            + duration
            + "}\n";
    ConfigNode root = ConfigNode.parse("system: alloy\n" + alloy, "test");
    LatticeSystem<?> system = SystemProvider.find(root.get("system")).create(root);
    SimulateConfig config = Binder.bind(root.section("direct"), SimulateConfig.class);
    CheckpointConfig checkpoint = Binder.bind(root.section("checkpoint"), CheckpointConfig.class);
    Stage stage = new DirectStage<>(system, config, checkpoint, LocalRanks.single());
    if (refused) {
      assertThatThrownBy(stage::check).hasMessageContainingAll("window_s", "steps", "1e12");
    } else {
      assertThatCode(stage::check).doesNotThrowAnyException();
    }
  }

  @Test
  void theLongestIsAllowed() {
    assertThatCode(() -> check(CHAIN, "simulate", "{events: 1e12}")).doesNotThrowAnyException();
    assertThatCode(() -> check(CHAIN, "direct", "{events: 1e11}")).doesNotThrowAnyException();
    assertThatCode(() -> check(CHAIN, "direct", "{time: 1e9}")).doesNotThrowAnyException();
  }
}
