package org.latticelift.sim.systems.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Martingale;
import org.latticelift.sim.system.Patches.JointEvolution;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.systems.line.PredatorPreyProvider.PredatorPreySystem;

class FieldsPatchesTest {
  private static final String SIZES = "small: 10, large: 40, patch: 10, prey_diffusion: 0.3";

  private static PredatorPreyDynamics dynamics(String evolve) {
    return PredatorPreyConfigs.dynamics(PredatorPreyConfigs.system(SIZES, evolve));
  }

  private static Fields state(int cells) {
    RandomStream stream = PredatorPreyConfigs.stream(30);
    Fields fields = new Fields(new double[cells], new double[cells]);
    for (int i = 0; i < cells; i++) {
      fields.prey()[i] = 0.4 + 0.2 * stream.uniform();
      fields.predator()[i] = 0.3 + 0.2 * stream.uniform();
    }
    return fields;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "environment: ghost",
        "environment: buffer, buffer_cells: 3",
        "environment: whole",
        "environment: periodic"
      })
  void aGivenPatchEvolvesAsAChosenOne(String evolve) {
    PredatorPreyDynamics dynamics = dynamics(evolve);
    Fields state = state(40);
    Fields before = state.copy();
    for (int i = 0; i < 20; i++) {
      Duration duration = Duration.events(1 + i);
      PartialEvolution chosen =
          dynamics.evolve(state, duration, PredatorPreyConfigs.stream(100 + i));
      RandomStream stream = PredatorPreyConfigs.stream(100 + i);
      LinePatches<Fields> patches = dynamics.patches(state, true);
      PartialEvolution given = patches.evolve(patches.draw(stream), duration, stream);
      assertThat(given.patch()).isEqualTo(chosen.patch());
      assertThat(given.before()).isEqualTo(chosen.before());
      assertThat(given.increment()).isEqualTo(chosen.increment());
      assertThat(given.compensator()).hasSize(2);
      assertThat(chosen.compensator()).isEmpty();
      assertThat(state.prey()).isEqualTo(before.prey());
      assertThat(state.predator()).isEqualTo(before.predator());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "environment: ghost",
        "environment: buffer, buffer_cells: 3",
        "environment: whole",
        "environment: periodic"
      })
  void incrementsMinusCompensatorsHaveMeanZero(String evolve) {
    LinePatches<Fields> patches = dynamics(evolve).patches(state(40), true);
    RandomStream stream = PredatorPreyConfigs.stream(31);
    for (int steps : new int[] {1, 30}) {
      Duration duration = Duration.events(steps);
      Martingale.ofPatches(4_000, i -> patches.evolve(0, duration, stream)).require("first");
      Martingale.ofPatches(4_000, i -> patches.evolve(2, duration, stream)).require("inner");
      Martingale.ofJoint(4_000, i -> patches.evolveAll(duration, stream)).require("all");
    }
  }

  /** Almost without noise nothing is left of an increment but its compensator. */
  @ParameterizedTest
  @ValueSource(strings = {"ghost", "buffer", "whole", "periodic"})
  void withoutNoiseTheCompensatorIsTheIncrement(String environment) {
    String yaml =
        "conditions: {noise: [1e-12]}\nlattice: {%s}\nevolve: {environment: %s, buffer_cells: 2}\n"
            .formatted(SIZES, environment);
    PredatorPreySystem system =
        (PredatorPreySystem) new PredatorPreyProvider().create(ConfigNode.parse(yaml, "test.yaml"));
    PredatorPreyDynamics dynamics = PredatorPreyConfigs.dynamics(system);
    LinePatches<Fields> patches = dynamics.patches(state(40), true);
    for (int k = 0; k < 4; k++) {
      PartialEvolution made =
          patches.evolve(k, Duration.events(20), PredatorPreyConfigs.stream(32));
      assertThat(made.increment()).containsExactly(made.compensator(), within(1e-11));
    }
  }

  @Test
  void jointIncrementsAddUpToThatOfTheWhole() {
    PredatorPreyDynamics dynamics = dynamics("environment: ghost");
    Fields state = state(40);
    JointEvolution joint =
        dynamics
            .patches(state, false)
            .evolveAll(Duration.events(5), PredatorPreyConfigs.stream(33));
    Fields after = state.copy();
    dynamics.advance(after, Duration.events(20), PredatorPreyConfigs.stream(33));
    for (int i = 0; i < 2; i++) {
      double change = dynamics.observe(after)[i] - dynamics.observe(state)[i];
      assertThat(joint.increment()[i]).isEqualTo(change, within(1e-14));
    }
    assertThat(joint.events()).isEqualTo(20);
  }
}
