package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Martingale;
import org.latticelift.sim.system.Patches.JointEvolution;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.system.Progression;

class AlloyPatchesTest {
  private static final String TWO_PER_SMALL_BOX = "0.00463";

  private static RandomStream stream(long task) {
    return new Streams(11).stream(Purpose.CHECK, task);
  }

  /** Random states of 12^3 cells, with small boxes of 6^3, and the time of a jump in them. */
  private static final class Alloy {
    final AlloyDynamics dynamics;
    final AlloyState state;
    final double jump;

    Alloy(int kelvin, int large, String concentration, String kinetics, String evolve) {
      String yaml =
          """
          conditions: {temperature_K: [%d]}
          lattice:
            small: 6
            large: %d
            vacancy_concentration: %s
            observables: [pair, {pair: {shell: 2}}]
          upsample: {tiles: independent}
          barrier: {model: pairwise}
          kinetics: {%s}
          evolve: {%s}
          """
              .formatted(kelvin, large, concentration, kinetics, evolve);
      AlloySystem system =
          (AlloySystem) new AlloyProvider().create(ConfigNode.parse(yaml, "test.yaml"));
      dynamics = (AlloyDynamics) system.dynamics(system.conditions().get(0), 0);
      state = dynamics.initial(system.large(), stream(1));
      dynamics.advance(state, Duration.events(2_000), stream(2));
      AlloyState copy = state.copy();
      Progression made = dynamics.advance(copy, Duration.events(1_000), stream(3));
      jump = made.time() / made.events() * state.vacancies().length;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "environment: whole",
        "environment: ghost",
        "environment: buffer, buffer_cells: 1",
        "environment: periodic",
        "environment: periodic, patch_observable: own"
      })
  void aGivenPatchEvolvesAsAChosenOne(String evolve) {
    for (String kinetics : new String[] {"", "acceleration: flicker"}) {
      Alloy alloy = new Alloy(900, 12, TWO_PER_SMALL_BOX, kinetics, evolve);
      byte[] sites = alloy.state.lattice().plane(3).clone();
      var opened = alloy.dynamics.patches(alloy.state, true);
      // whose kernels never followed anything
      Alloy twin = new Alloy(900, 12, TWO_PER_SMALL_BOX, kinetics, evolve);
      for (int i = 0; i < 12; i++) {
        Duration duration = i % 2 == 0 ? Duration.events(40) : Duration.time(100 * alloy.jump);
        RandomStream stream = stream(100 + i);
        PartialEvolution given = opened.evolve(opened.draw(stream), duration, stream);
        assertThat(given.compensator()).hasSize(12);
        PartialEvolution chosen = twin.dynamics.evolve(twin.state, duration, stream(100 + i));
        assertThat(given.patch()).isEqualTo(chosen.patch());
        assertThat(given.before()).isEqualTo(chosen.before());
        assertThat(given.increment()).isEqualTo(chosen.increment());
        assertThat(given.events()).isEqualTo(chosen.events());
        assertThat(given.time()).isEqualTo(chosen.time());
        assertThat(given.blocked()).isEqualTo(chosen.blocked());
        assertThat(chosen.compensator()).isEmpty();
        assertThat(alloy.state.lattice().plane(3)).isEqualTo(sites);
      }
    }
  }

  /** Four standard errors, which are at most 2 % of the deviation of the increment. */
  @Tag("law")
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2000; ; environment: whole; 5",
        "2000; ; environment: ghost; 5",
        "2000; ; environment: buffer, buffer_cells: 1; 5",
        "2000; ; environment: periodic; 5",
        "2000; ; environment: periodic, patch_observable: own; 5",
        "2000; ; 'environment: whole, clock: exponential'; 5",
        "800; acceleration: flicker; environment: whole; 60",
        "800; acceleration: flicker; environment: ghost; 60"
      })
  void incrementsMinusCompensatorsHaveMeanZero(
      int kelvin, String kinetics, String evolve, int jumps) {
    Alloy alloy =
        new Alloy(kelvin, 12, TWO_PER_SMALL_BOX, kinetics == null ? "" : kinetics, evolve);
    var patches = alloy.dynamics.patches(alloy.state, true);
    RandomStream stream = stream(4);
    Duration time = Duration.time(jumps * alloy.jump);
    int samples = kinetics == null ? 8_000 : 24_000;
    Martingale.ofPatches(samples, i -> patches.evolve(i % 16, time, stream)).require(evolve);
    if (kinetics == null) {
      Duration events = Duration.events(jumps);
      Martingale.ofPatches(samples, i -> patches.evolve(i % 16, events, stream)).require(evolve);
    }
  }

  @Tag("law")
  @ParameterizedTest
  @CsvSource({"2000, none, 16, 9000", "1000, flicker, 2, 18000"})
  void jointIncrementsMinusCompensatorsHaveMeanZero(
      int kelvin, String acceleration, int vacancies, int samples) {
    String kinetics = "acceleration: " + acceleration;
    String concentration = Double.toString(vacancies / 3456.0);
    Alloy alloy = new Alloy(kelvin, 12, concentration, kinetics, "environment: whole");
    var patches = alloy.dynamics.patches(alloy.state, true);
    RandomStream stream = stream(5);
    Duration time = Duration.time((vacancies > 2 ? 3 : 30) * alloy.jump);
    Martingale.ofJoint(samples, i -> patches.evolveAll(time, stream)).require("all");
  }

  @Test
  void jointIncrementsAddUpToThatOfTheWhole() {
    Alloy alloy = new Alloy(2000, 12, TWO_PER_SMALL_BOX, "", "environment: ghost");
    Duration time = Duration.time(20 * alloy.jump);
    JointEvolution joint = alloy.dynamics.patches(alloy.state, false).evolveAll(time, stream(6));
    AlloyState after = alloy.state.copy();
    alloy.dynamics.advance(after, time, stream(6));
    double[] before = alloy.dynamics.observe(alloy.state);
    double[] now = alloy.dynamics.observe(after);
    assertThat(joint.patches()).hasSize(16);
    for (int i = 0; i < now.length; i++) {
      assertThat(joint.increment()[i]).isEqualTo(now[i] - before[i], within(1e-11));
    }
    assertThat(Arrays.stream(joint.increments()).filter(row -> row[3] != 0)).hasSizeGreaterThan(8);
  }

  @Test
  void theOnlyPatchIsTheWhole() {
    Alloy alloy = new Alloy(2000, 6, "0.0023148", "", "environment: whole");
    var patches = alloy.dynamics.patches(alloy.state, true);
    for (Duration duration : new Duration[] {Duration.events(50), Duration.time(50 * alloy.jump)}) {
      PartialEvolution patch = patches.evolve(0, duration, stream(8));
      JointEvolution all = patches.evolveAll(duration, stream(8));
      assertThat(all.increment()).isEqualTo(patch.increment());
      assertThat(all.compensator()).isEqualTo(patch.compensator());
      assertThat(all.time()).isEqualTo(patch.time());
    }
  }

  @Test
  void copiesAreOnePatch() {
    String yaml =
        """
        conditions: {temperature_K: [1500]}
        lattice: {small: 6, large: 12, vacancy_concentration: 0.0023148}
        upsample: {tiles: replicate}
        barrier: {model: pairwise}
        """;
    AlloySystem system =
        (AlloySystem) new AlloyProvider().create(ConfigNode.parse(yaml, "test.yaml"));
    AlloyDynamics dynamics = (AlloyDynamics) system.dynamics(system.conditions().get(0), 0);
    AlloyState state = dynamics.initial(system.large(), stream(1));
    assertThat(dynamics.patches(state, false).count()).isEqualTo(8);
    assertThat(system.lifting().distinctPatches(system.large())).isEqualTo(1);
    assertThat(system.lifting().mixesSnapshots()).isFalse();
    AlloySystem mixed =
        (AlloySystem)
            new AlloyProvider()
                .create(ConfigNode.parse(yaml.replace("replicate", "independent"), "test.yaml"));
    assertThat(mixed.lifting().distinctPatches(mixed.large())).isEqualTo(8);
    assertThat(mixed.lifting().mixesSnapshots()).isTrue();
  }
}
