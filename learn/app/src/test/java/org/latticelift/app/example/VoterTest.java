package org.latticelift.app.example;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Martingale;
import org.latticelift.sim.system.Patches.PartialEvolution;

/** What a system of a user promises of its patches (EX-05). */
class VoterTest {
  private static final VoterProvider.Updates LAW = new VoterProvider.Updates(16, 0.2);

  private static RandomStream stream(long task) {
    return new Streams(3).stream(Purpose.CHECK, task);
  }

  private static byte[] state() {
    RandomStream stream = stream(1);
    byte[] state = new byte[64];
    for (int i = 0; i < state.length; i++) {
      state[i] = (byte) (stream.uniform() < 0.3 ? 1 : 0);
    }
    return state;
  }

  /** Four standard errors, which are at most 2 % of the deviation of the increment. */
  @ParameterizedTest
  @ValueSource(strings = {"time", "events"})
  void incrementsMinusCompensatorsHaveMeanZero(String kind) {
    var patches = LAW.patches(state(), true);
    RandomStream stream = stream(2);
    Duration duration = kind.equals("time") ? Duration.time(1) : Duration.events(16);
    Martingale.ofPatches(12_000, i -> patches.evolve(i % 4, duration, stream)).require(kind);
    Martingale.ofJoint(12_000, i -> patches.evolveAll(duration, stream)).require("all, " + kind);
  }

  @Test
  void aGivenPatchEvolvesAsAChosenOne() {
    byte[] state = state();
    PartialEvolution chosen = LAW.evolve(state, Duration.events(16), stream(3));
    var patches = LAW.patches(state, true);
    RandomStream stream = stream(3);
    PartialEvolution given = patches.evolve(patches.draw(stream), Duration.events(16), stream);
    assertThat(given.increment()).isEqualTo(chosen.increment());
    assertThat(given.time()).isEqualTo(chosen.time());
    assertThat(chosen.compensator()).isEmpty();
    assertThat(state).isEqualTo(state());
  }
}
