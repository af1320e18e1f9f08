package org.latticelift.sim.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemProvider;

/** Estimates of work before anything is simulated, against what is then simulated. */
class RunPlanTest {
  private static final String RUNS = ", simulate: {runs: 1, records: 10, duration: %s}}";

  private static LatticeSystem<?> system(String yaml) {
    ConfigNode root = ConfigNode.parse(yaml, "test");
    return SystemProvider.find(root.get("system")).create(root);
  }

  private static StagePlan plan(String yaml) {
    ConfigNode root = ConfigNode.parse(yaml, "test");
    return new SimulateStage<>(
            system(yaml),
            Binder.bind(root.section("simulate"), SimulateConfig.class),
            Binder.bind(root.section("checkpoint"), CheckpointConfig.class))
        .plan();
  }

  private static <S> double events(LatticeSystem<S> system, double time) {
    Condition condition = system.conditions().get(0);
    Dynamics<S> dynamics = system.dynamics(condition, 0);
    RandomStream stream = new Streams(5).stream(Purpose.SIMULATE);
    S state = dynamics.initial(system.small(), stream);
    return dynamics.advance(state, Duration.time(time), stream).events();
  }

  /** Four runs of 32 relaxation times after equilibration: 64 independent values. */
  @Test
  void howSureMeansWouldBeIsSaid() {
    String yaml =
        "{system: ising, conditions: {temperature: [2.5]}, lattice: {small: 16, large: 32}, simulate:"
            + " {runs: 4, records: 10, duration: {relaxations: %s}}}";
    assertThat(plan(yaml.formatted("2")).size()).doesNotContain("s.d.");
    assertThat(plan(yaml.formatted("37")).size()).contains("37 relaxations, means to 0.13 s.d.");
  }

  /** Of 1024 sites, each an atom and its place now and at the beginning of three windows. */
  @Test
  void followedAtomsTakeMemoryAndDisk() {
    String yaml =
        "{system: alloy, conditions: {temperature_K: [2000]}, barrier: {model: pairwise},"
            + " lattice: {small: 8, large: 8}";
    StagePlan plain = plan(yaml + RUNS.formatted("{events: 1000}"));
    StagePlan followed = plan(yaml + ", transport: {window: 4}" + RUNS.formatted("{events: 1000}"));
    assertThat(followed.memory().perTask() - plain.memory().perTask())
        .isEqualTo(1024.0 * (4 + 12 * (1 + 1 + 2 + 4)));
    assertThat(followed.size()).contains("4 origins for each window of atoms");
    int columns = 3 * 4 + 16 * (1 + 6) + 16 * 2 + 3 * (1 + 3);
    assertThat(followed.bytes() - plain.bytes()).isEqualTo(11L * 8 * columns);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{system: ising, conditions: {temperature: [2.5]}, lattice: {small: 16, large: 32}",
        "{system: ising, conditions: {temperature: [1.5]}, lattice: {small: 16, large: 32}",
        "{system: curie-weiss, conditions: {temperature: [1]}, lattice: {small: 16, large: 32}",
        "{system: predator-prey, conditions: {noise: [0.02]}, lattice: {small: 20, large: 40, patch: 10}",
        "{system: linear-chain, conditions: {force: [1]}, lattice: {small: 8, large: 80}"
      })
  void runsOfATimeMakeAsManyEventsAsEstimated(String yaml) {
    LatticeSystem<?> system = system(yaml + "}");
    double time = 1000;
    double cost = system.costs().eventCost(system.conditions().get(0));
    assertThat(plan(yaml + RUNS.formatted("{time: 1000}")).seconds())
        .isBetween(events(system, time) * cost / 2, events(system, time) * cost * 2);
  }

  @Test
  void jumpsInATimeAreEstimatedFromAFewOfThem() {
    String yaml =
        "{system: alloy, conditions: {temperature_K: [2000]}, barrier: {model: pairwise},"
            + " lattice: {small: 8, large: 8}";
    LatticeSystem<?> system = system(yaml + "}");
    double cost = system.costs().eventCost(system.conditions().get(0));
    double jumps = events(system, 1e-5);
    assertThat(plan(yaml + RUNS.formatted("{time_s: 1.0e-5}")).seconds())
        .isBetween(jumps * cost / 2, jumps * cost * 2);
  }

  @Test
  void aLengthThatPilotsFindIsNotEstimated() {
    StagePlan plan =
        plan(
            "{system: ising, conditions: {temperature: [2.5]}, lattice: {small: 16, large: 32}"
                + RUNS.formatted("{relaxations: 8}"));
    assertThat(plan.size()).contains("as long as pilot runs tell");
  }
}
