package org.latticelift.sim.systems.spins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Martingale;
import org.latticelift.sim.system.Patches.JointEvolution;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.systems.spins.CurieWeissProvider.CurieWeissDynamics;
import org.latticelift.sim.systems.spins.MeanFieldRun.MeanFieldSpins;

class CurieWeissPatchesTest {
  private static final String SIZES = "small: 4, large: 16, field: 0.1";

  private static CurieWeissDynamics dynamics(String lattice, String environment) {
    return CurieWeissConfigs.dynamics(
        CurieWeissConfigs.system(lattice, "", "", "environment: " + environment), 0);
  }

  private static MeanFieldSpins state(int side) {
    RandomStream stream = CurieWeissConfigs.stream(1);
    byte[] spins = new byte[side * side];
    for (int i = 0; i < spins.length; i++) {
      spins[i] = (byte) (stream.uniform() < (i % side < side / 2 ? 0.9 : 0.4) ? 1 : -1);
    }
    return MeanFieldSpins.of(spins);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ghost", "periodic", "whole"})
  void aGivenPatchEvolvesAsAChosenOne(String environment) {
    CurieWeissDynamics dynamics = dynamics(SIZES, environment);
    MeanFieldSpins state = state(16);
    int[] order = state.order();
    for (int i = 0; i < 20; i++) {
      Duration duration = i % 2 == 0 ? Duration.events(20) : Duration.time(2);
      PartialEvolution chosen = dynamics.evolve(state, duration, CurieWeissConfigs.stream(i));
      RandomStream stream = CurieWeissConfigs.stream(i);
      var patches = dynamics.patches(state, true);
      PartialEvolution given = patches.evolve(patches.draw(stream), duration, stream);
      assertThat(given.patch()).isEqualTo(chosen.patch());
      assertThat(given.before()).isEqualTo(chosen.before());
      assertThat(given.increment()).isEqualTo(chosen.increment());
      assertThat(given.events()).isEqualTo(chosen.events());
      assertThat(given.time()).isEqualTo(chosen.time());
      assertThat(given.compensator()).hasSize(1);
      assertThat(chosen.compensator()).isEmpty();
      assertThat(state.order()).isEqualTo(order);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ghost", "periodic", "whole"})
  void incrementsMinusCompensatorsHaveMeanZero(String environment) {
    var patches = dynamics(SIZES, environment).patches(state(16), true);
    RandomStream stream = CurieWeissConfigs.stream(2);
    for (Duration duration : new Duration[] {Duration.time(1), Duration.events(8)}) {
      Martingale.ofPatches(8_000, i -> patches.evolve(i % 16, duration, stream)).require("patch");
      Martingale.ofJoint(8_000, i -> patches.evolveAll(duration, stream)).require("all");
    }
  }

  @Test
  void jointIncrementsAddUpToThatOfTheWhole() {
    CurieWeissDynamics dynamics = dynamics(SIZES, "whole");
    MeanFieldSpins state = state(16);
    JointEvolution joint =
        dynamics.patches(state, false).evolveAll(Duration.time(2), CurieWeissConfigs.stream(3));
    MeanFieldSpins after = MeanFieldSpins.of(state.spins());
    dynamics.advance(after, Duration.time(2), CurieWeissConfigs.stream(3));
    double change = dynamics.observe(after)[0] - dynamics.observe(state)[0];
    assertThat(joint.increment()[0]).isEqualTo(change, within(1e-14));
    assertThat(joint.patches()).hasSize(16);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ghost", "periodic", "whole"})
  void theOnlyPatchIsTheWhole(String environment) {
    var patches = dynamics("small: 8, large: 8", environment).patches(state(8), true);
    for (Duration duration : new Duration[] {Duration.time(2), Duration.events(50)}) {
      PartialEvolution patch = patches.evolve(0, duration, CurieWeissConfigs.stream(4));
      JointEvolution all = patches.evolveAll(duration, CurieWeissConfigs.stream(4));
      assertThat(all.increment()).isEqualTo(patch.increment());
      assertThat(all.compensator()).isEqualTo(patch.compensator());
      assertThat(all.time()).isEqualTo(patch.time());
    }
  }
}
