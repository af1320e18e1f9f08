package org.latticelift.sim.systems.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Martingale;
import org.latticelift.sim.system.Patches.JointEvolution;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.systems.line.ChainProvider.ChainDynamics;
import org.latticelift.sim.systems.line.ChainProvider.ChainSystem;
import org.latticelift.sim.systems.line.ChainSetup.Chain;

class ChainPatchesTest {
  private static ChainDynamics dynamics(int large, String evolve) {
    String yaml =
        "conditions: {force: [8]}\nlattice: {small: 16, large: %d}\nupsample: {}\nrelax: {}\n"
            + "evolve: {%s}\n";
    ChainSystem system =
        (ChainSystem)
            new ChainProvider()
                .create(ConfigNode.parse(String.format(yaml, large, evolve), "test.yaml"));
    return (ChainDynamics) system.dynamics(system.conditions().get(0), 0);
  }

  private static RandomStream stream(long seed) {
    return new Streams(seed).stream(Purpose.CHECK, 79);
  }

  private static Chain state(int particles) {
    RandomStream stream = stream(1);
    double[] x = new double[particles];
    for (int i = 0; i < particles; i++) {
      x[i] = stream.normal();
    }
    return new Chain(x);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "environment: ghost",
        "environment: buffer, buffer_sites: 3",
        "environment: whole"
      })
  void aGivenPatchEvolvesAsAChosenOne(String evolve) {
    ChainDynamics dynamics = dynamics(128, evolve);
    Chain state = state(128);
    double[] before = state.displacement().clone();
    for (int i = 0; i < 20; i++) {
      Duration duration = Duration.events(1 + i);
      PartialEvolution chosen = dynamics.evolve(state, duration, stream(i));
      RandomStream stream = stream(i);
      var patches = dynamics.patches(state, true);
      PartialEvolution given = patches.evolve(patches.draw(stream), duration, stream);
      assertThat(given.patch()).isEqualTo(chosen.patch());
      assertThat(given.before()).isEqualTo(chosen.before());
      assertThat(given.increment()).isEqualTo(chosen.increment());
      assertThat(given.compensator()).hasSize(1);
      assertThat(chosen.compensator()).isEmpty();
      assertThat(state.displacement()).isEqualTo(before);
    }
  }

  @Tag("law")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "environment: ghost",
        "environment: buffer, buffer_sites: 3",
        "environment: whole"
      })
  void incrementsMinusCompensatorsHaveMeanZero(String evolve) {
    ChainDynamics dynamics = dynamics(128, evolve);
    var patches = dynamics.patches(state(128), true);
    RandomStream stream = stream(2);
    for (int steps : new int[] {1, 80}) {
      Duration duration = Duration.events(steps);
      Martingale.ofPatches(6_000, i -> patches.evolve(0, duration, stream)).require("first");
      Martingale.ofPatches(6_000, i -> patches.evolve(3, duration, stream)).require("inner");
      Martingale.ofJoint(6_000, i -> patches.evolveAll(duration, stream)).require("all");
    }
  }

  /** Springs cancel: what is left of one step of all patches is the law of the mean (LC-02). */
  @Test
  void theDriftOfAllPatchesIsThatOfTheMean() {
    ChainDynamics dynamics = dynamics(128, "environment: ghost");
    Chain state = state(128);
    var patches = dynamics.patches(state, true);
    double expected = (-dynamics.observe(state)[0] + 8 / 128.0) * 0.01;
    double mean = 0;
    for (int k = 0; k < 8; k++) {
      PartialEvolution made = patches.evolve(k, Duration.events(1), stream(k));
      double martingale = made.increment()[0] - made.compensator()[0];
      mean += (made.increment()[0] - martingale) / 8;
    }
    assertThat(mean).isEqualTo(expected, within(1e-15));
    assertThat(patches.evolveAll(Duration.events(1), stream(9)).compensator()[0])
        .isEqualTo(expected, within(1e-15));
  }

  @Test
  void jointIncrementsAddUpToThatOfTheWhole() {
    ChainDynamics dynamics = dynamics(128, "environment: ghost");
    Chain state = state(128);
    JointEvolution joint = dynamics.patches(state, false).evolveAll(Duration.events(5), stream(3));
    Chain after = new Chain(state.displacement().clone());
    dynamics.advance(after, Duration.events(40), stream(3));
    double change = dynamics.observe(after)[0] - dynamics.observe(state)[0];
    assertThat(joint.increment()[0]).isEqualTo(change, within(1e-14));
    assertThat(joint.events()).isEqualTo(40);
    assertThat(joint.patches()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ghost", "buffer", "whole"})
  void theOnlyPatchIsTheWhole(String environment) {
    var patches = dynamics(16, "environment: " + environment).patches(state(16), true);
    PartialEvolution patch = patches.evolve(0, Duration.events(7), stream(5));
    JointEvolution all = patches.evolveAll(Duration.events(7), stream(5));
    assertThat(all.increment()).isEqualTo(patch.increment());
    assertThat(all.compensator()).isEqualTo(patch.compensator());
  }
}
