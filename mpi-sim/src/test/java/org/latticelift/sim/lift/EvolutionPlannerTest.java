package org.latticelift.sim.lift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.lift.EvolutionPlanner.SampleCosts;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemProvider;
import org.latticelift.sim.system.TimeScales;

/** What is evolved of large states (EX-01, EX-02, EX-03). */
class EvolutionPlannerTest {
  private static final String ISING =
      """
      system: ising
      conditions: {temperature: [2.3, 2.6]}
      lattice: {small: 16, large: 64}
      """;
  private static final String ALLOY =
      """
      system: alloy
      conditions: {temperature_K: [1000, 2000]}
      lattice: {small: 8, large: 32}
      barrier: {model: pairwise}
      upsample: {tiles: independent}
      relax: {windows: none}
      """;

  private static EvolutionPlan plan(String base, String change) {
    return plan(base, change, false);
  }

  private static EvolutionPlan plan(String base, String change, boolean closures) {
    return planner(base, change, closures).plan();
  }

  private static EvolutionPlanner planner(String base, String change, boolean closures) {
    ConfigNode root = ConfigNode.parse(change, "change").over(ConfigNode.parse(base, "base"));
    LatticeSystem<?> system =
        LatticeSystem.liftable(SystemProvider.find(root.get("system")).create(root));
    LiftConfig plain = LiftConfig.of(root);
    LiftConfig config = closures ? plain.forClosure() : plain;
    return new EvolutionPlanner(
        config, new SampleCosts(system, condition -> TimeScales.ofEvents(1e-3)));
  }

  /** M = sqrt(c C / (e S)): a fourth of the length, twice the patches. */
  @Test
  void shorterEvolutionsAreOfMorePatches() {
    String patches = "evolve: {patches: auto, duration: {mean_events: %d}}";
    long few = plan(ALLOY, patches.formatted(100)).patches();
    long many = plan(ALLOY, patches.formatted(25)).patches();
    assertThat(few).isBetween(2L, 60L);
    assertThat(many).isBetween(2 * few - 1, 2 * few + 1);
    assertThat(plan(ALLOY, patches.formatted(1_000_000)).patches()).isEqualTo(1);
  }

  /** Conditions of different lengths share one number, as one training has one kappa. */
  @Test
  void allConditionsHaveTheSameNumber() {
    String mixed = "evolve: {patches: auto, duration: {mean_events: {1000: 300, 2000: 10}}}";
    String longer = "evolve: {patches: auto, duration: {mean_events: 300}}";
    String shorter = "evolve: {patches: auto, duration: {mean_events: 10}}";
    assertThat(plan(ALLOY, mixed).patches())
        .isBetween(plan(ALLOY, longer).patches(), plan(ALLOY, shorter).patches());
  }

  @Test
  void copiesAreOnePatchAndHaveNoJointEvolutions() {
    String copies =
        "{upsample: {tiles: replicate}, evolve: {patches: all, evolutions: 1, joint: %s}}";
    assertThat(plan(ALLOY, copies.formatted("auto")))
        .isEqualTo(new EvolutionPlan(1, false, 1, false, false, 0, false));
    assertFails(() -> plan(ALLOY, copies.formatted("5")), "evolve.joint");
  }

  /** N = sqrt(5 c / e): a fourth of the length, twice as many. */
  @Test
  void statesThatCostMuchEvolveSeveralTimes() {
    String costly =
        "{upsample: {states: equilibrium}, evolve: {compensator: on, duration: {time: %s}}}";
    int few = plan(ISING, costly.formatted("8")).evolutions(); // 8000 events of 1e-3
    int many = plan(ISING, costly.formatted("2")).evolutions();
    // a state takes 40 flips of each of its 4096 spins, an evolution 16 x 9/4 x 8000
    assertThat(few).isEqualTo((int) Math.round(Math.sqrt(5 * 40.0 * 4096 / (36 * 8000))));
    assertThat(many).isEqualTo((int) Math.round(Math.sqrt(5 * 40.0 * 4096 / (36 * 2000))));
    assertThat(plan(ISING, costly.formatted("0.001")).evolutions()).isEqualTo(16);
    assertThat(plan(ISING, costly.formatted("1000")).evolutions()).isEqualTo(1);
  }

  /**
   * N = sqrt(20 c / e) where 64 evolve at a time for a tenth of what each takes alone, and as many
   * as fill the last 64.
   */
  @Test
  void evolutionsManyAtATimeAreMore() {
    String costly = "{upsample: {states: equilibrium}, evolve: {duration: {time: %s}}}";
    EvolutionPlan few = plan(ISING, costly.formatted("8"));
    assertThat(Math.sqrt(20 * 40.0 * 4096 / (36 * 8000 * 0.08))).isBetween(11.5, 12.4);
    assertThat(few.evolutions()).isEqualTo(12);
    assertThat(few.simultaneous()).isTrue();
    assertThat(few.compensated()).isFalse();
    assertThat(plan(ISING, costly.formatted("0.001")).evolutions()).isEqualTo(64);
    assertThat(plan(ISING, costly.formatted("1000")).evolutions()).isEqualTo(4);
    EvolutionPlan small = plan(ISING, "{lattice: {large: 16}, evolve: {duration: {time: 1000}}}");
    assertThat(small.evolutions()).isEqualTo(64);
    EvolutionPlan odd = plan(ISING, "{lattice: {large: 48}, evolve: {duration: {time: 1000}}}");
    assertThat(odd.evolutions()).isEqualTo(7); // of 9 patches
  }

  @Test
  void patchesEvolveOneByOneWhereManyAtATimeWouldBeFewOrSlowOrNotTheSame() {
    String few = "evolve: {patches: all, evolutions: 3}";
    assertThat(plan(ISING, few).simultaneous()).isFalse();
    assertThat(plan(ISING, "evolve: {patches: all, evolutions: 4}").simultaneous()).isTrue();
    assertThat(plan(ISING, "evolve: {twins: true, evolutions: 4}").simultaneous()).isFalse();
    assertThat(plan(ISING, "evolve: {compensator: on, evolutions: 4}").simultaneous()).isFalse();
    assertThat(plan(ISING, "evolve: {environment: periodic, evolutions: 4}").simultaneous())
        .isFalse();
    assertThat(plan(ISING, "evolve: {patches: 1, duration: {events: 64}}").simultaneous())
        .isFalse();
    assertThat(plan(ISING, "evolve: {patches: all}", true).simultaneous()).isFalse();
    assertThat(plan(ISING, "conditions: {temperature: [0.9, 2.3]}").simultaneous()).isFalse();
    assertThat(plan(ALLOY, "evolve: {patches: all, evolutions: 8}").simultaneous()).isFalse();
  }

  @Test
  void oneEvolutionWherePatchesAreLeftOrTimesDifferOrClosuresAreEncoded() {
    String costly = "{upsample: {states: equilibrium}, evolve: {patches: %s, duration: %s}}";
    assertThat(plan(ISING, costly.formatted("all", "{time: 2}")).evolutions()).isGreaterThan(1);
    assertThat(plan(ISING, costly.formatted("15", "{time: 2}")).evolutions()).isEqualTo(1);
    assertThat(plan(ISING, costly.formatted("1", "{events: 64}")).evolutions()).isEqualTo(1);
    assertThat(plan(ISING, costly.formatted("all", "{time: 2}"), true).evolutions()).isEqualTo(1);
  }

  @Test
  void whatMovesTogetherIsEvolvedAsAWhole() {
    EvolutionPlan whole = plan(ISING, "evolve: {environment: whole, patches: auto}");
    assertThat(whole.patches()).isEqualTo(16);
    assertThat(whole.together()).isTrue();
    assertThat(whole.joint()).isZero();
    EvolutionPlan one = plan(ISING, "evolve: {environment: whole, patches: 1, joint: 5}");
    assertThat(one.together()).isFalse();
    assertThat(one.joint()).isEqualTo(5);
    assertFails(
        () -> plan(ISING, "evolve: {environment: whole, patches: 2, twins: true}"), "evolve.twins");
  }

  @Test
  void onePatchWhereTimesDifferOrClosuresAreEncoded() {
    String events = "evolve: {patches: %s, duration: {events: 64}}";
    assertThat(plan(ISING, events.formatted("auto")).patches()).isEqualTo(1);
    assertFails(() -> plan(ISING, events.formatted("4")), "evolve.patches");
    assertThat(plan(ISING, "evolve: {patches: auto}", true).patches()).isEqualTo(1);
  }

  @Test
  void aLargeSystemOfTheSmallSizeIsOnePatch() {
    EvolutionPlan plan = plan(ISING, "{lattice: {large: 16}, evolve: {joint: auto}}");
    assertThat(plan.patches()).isEqualTo(1);
    assertThat(plan.together()).isFalse();
    assertThat(plan.joint()).isZero();
  }

  /**
   * 5 % of the cost of the evolutions, no more than 20 000 in all nor than there are states, no
   * fewer than 200. With its buffer a patch of 16 x 16 sites has 24 x 24.
   */
  @Test
  void jointEvolutionsAreMadeWhereTheyAreCheap() {
    String joint = "evolve: {patches: 8, joint: auto, samples: %d}";
    assertThat(plan(ISING, joint.formatted(16_000)).joint()).isEqualTo(900);
    assertThat(plan(ISING, joint.formatted(100_000)).joint()).isEqualTo(5625);
    assertThat(plan(ISING, joint.formatted(1_000_000)).joint()).isEqualTo(10_000);
    assertThat(plan(ISING, joint.formatted(1778)).joint()).isEqualTo(100);
    assertThat(plan(ISING, joint.formatted(1777)).joint()).isZero();
    String ghost = "evolve: {environment: ghost, patches: 8, joint: auto, samples: 16000}";
    assertThat(plan(ISING, ghost).joint()).isEqualTo(400);
    String often = "evolve: {patches: all, evolutions: %d, joint: auto, samples: 6000}";
    assertThat(plan(ISING, often.formatted(1)).joint()).isEqualTo(675);
    assertThat(plan(ISING, often.formatted(3)).joint()).isEqualTo(2025);
    String alone = often.replace("joint", "compensator: on, joint");
    assertThat(plan(ISING, alone.formatted(16)).joint()).isEqualTo(6000);
    // many at a time cost a tenth, and states are most of it
    assertThat(plan(ISING, often.formatted(16)).joint()).isBetween(1080, 3000);
  }

  /**
   * Of single Ising patches, whose increments are mostly noise, not of the alloy, which pays twice.
   */
  @Test
  void integralsAreMadeUnaskedWhereTheySayMoreThanMorePairs() {
    assertThat(plan(ISING, "evolve: {patches: all}").compensated()).isFalse();
    assertThat(plan(ISING, "evolve: {patches: all, evolutions: 3}").compensated()).isTrue();
    assertThat(plan(ISING, "evolve: {environment: whole}").compensated()).isTrue();
    assertThat(plan(ALLOY, "evolve: {patches: all}").compensated()).isFalse();
    assertThat(plan(ALLOY, "evolve: {patches: all, compensator: on}").compensated()).isTrue();
  }

  /** With its buffer a patch of 16 x 16 sites has 24 x 24; 8000 events of the patch alone. */
  @Test
  void anEstimateHasTheBufferAndTheIntegrals() {
    String one =
        "{relax: {windows: none}, evolve: {duration: {time: 8}, patches: 15, evolutions: %s}}";
    String plain = one.replace("}}", ", compensator: off}}");
    double ghost = evolution(plain.replace("}}", ", environment: ghost}}"));
    assertThat(evolution(plain)).isCloseTo(9.0 / 4 * ghost, within(1e-9 * ghost));
    double integrals = evolution(one) / evolution(plain);
    assertThat(integrals)
        .isCloseTo(
            1 + planner(ISING, one.formatted(1), false).costs().system().costs().compensatorShare(),
            within(1e-9));
  }

  /** Seconds that one more evolution of all patches takes. */
  private static double evolution(String change) {
    return seconds(change.formatted(2)) - seconds(change.formatted(1));
  }

  private static double seconds(String change) {
    EvolutionPlanner planner = planner(ISING, change, false);
    SampleCosts costs = planner.costs();
    return costs.sample(planner.plan(), costs.system().conditions().get(0));
  }
}
