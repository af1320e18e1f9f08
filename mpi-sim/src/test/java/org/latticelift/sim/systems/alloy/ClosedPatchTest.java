package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Patches.JointEvolution;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.system.SnapshotPool;

/** Patches that are the tiles of a large state, each closed onto itself (EX-41). */
class ClosedPatchTest {
  private static RandomStream stream(long task) {
    return new Streams(17).stream(Purpose.CHECK, task);
  }

  private static AlloySystem system(String tiles, String evolve) {
    String yaml =
        """
        conditions: {temperature_K: [1200]}
        lattice:
          small: [5, 8, 5]
          large: [10, 16, 10]
          vacancy_concentration: 0.0025
          observables: [pair, {pair: {shell: 4, pairs: [MoMo]}}]
        upsample: {tiles: %s}
        relax: {windows: none}
        barrier: {model: pairwise}
        evolve: {%s}
        """
            .formatted(tiles, evolve);
    return (AlloySystem) new AlloyProvider().create(ConfigNode.parse(yaml, "test.yaml"));
  }

  /** Small states on their way to order, one vacancy each. */
  private static SnapshotPool<AlloyState> pool(AlloyDynamics dynamics, AlloySystem system) {
    List<AlloyState> states = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      AlloyState state = dynamics.initial(system.small(), stream(i));
      dynamics.advance(state, Duration.events(4000L * i), stream(10 + i));
      states.add(state);
    }
    return SnapshotPool.of(states.size(), 1, (run, record) -> states.get(run));
  }

  /** Before they evolve, closed tiles have the values of their snapshots: together those of all. */
  @ParameterizedTest
  @ValueSource(strings = {"global", "own"})
  void tilesAreTheSnapshotsThatTheyWereMadeOf(String divisor) {
    String evolve = "environment: periodic, closed_patch: %s, patch_observable: " + divisor;
    double[] tiles = differenceOfTheWhole(evolve.formatted("tile"));
    double[] boxes = differenceOfTheWhole(evolve.formatted("vacancy"));
    for (int c = 0; c < tiles.length; c++) {
      assertThat(tiles[c]).isCloseTo(0, within(1e-9));
    }
    assertThat(Math.abs(boxes[3])).as("random bonds of MoMo").isGreaterThan(0.01);
  }

  /** Mean over all patches less the mean over tiles. */
  private static double[] differenceOfTheWhole(String evolve) {
    AlloySystem system = system("independent", evolve);
    AlloyDynamics dynamics = (AlloyDynamics) system.dynamics(system.conditions().get(0), 0);
    AlloyState large =
        dynamics.upsample(pool(dynamics, system), system.large(), stream(20), stream(21));
    double[] difference = dynamics.observeUpsampled(large);
    assertThat(difference).hasSize(7);
    var patches = dynamics.patches(large, false);
    assertThat(patches.count()).isEqualTo(8);
    for (int c = 0; c < difference.length; c++) {
      difference[c] = -difference[c];
    }
    for (int k = 0; k < 8; k++) {
      PartialEvolution made = patches.evolve(k, Duration.events(3), stream(30 + k));
      assertThat(made.events()).isEqualTo(3);
      for (int c = 0; c < difference.length; c++) {
        difference[c] += made.before()[c] / 8;
      }
    }
    return difference;
  }

  /** Together they are what each is alone, whatever borders on it. */
  @Test
  void allTilesTogetherAreEachAlone() {
    AlloySystem system = system("independent", "environment: periodic, closed_patch: tile");
    assertThat(system.lifting().patchesAreIndependent()).isTrue();
    AlloyDynamics dynamics = (AlloyDynamics) system.dynamics(system.conditions().get(0), 0);
    AlloyState large =
        dynamics.upsample(pool(dynamics, system), system.large(), stream(20), stream(21));
    var patches = dynamics.patches(large, true);
    RandomStream together = stream(50);
    RandomStream alone = stream(50);
    JointEvolution all = patches.evolveAll(Duration.events(40), together);
    assertThat(all.events()).isEqualTo(8 * 40);
    double[] compensator = new double[7];
    for (int k = 0; k < 8; k++) {
      PartialEvolution one = patches.evolve(k, Duration.events(40), alone);
      assertThat(all.increments()[k]).isEqualTo(one.increment());
      for (int c = 0; c < compensator.length; c++) {
        compensator[c] += one.compensator()[c] / 8;
      }
    }
    assertThat(all.compensator()).containsExactly(compensator, within(1e-12));
  }

  @Test
  void onlyTilesThatAreClosedCanBePatches() {
    AlloySystem whole = system("independent", "environment: whole, closed_patch: tile");
    assertFails(
        whole.lifting()::checkLifting, "evolve.closed_patch", "evolve.environment: periodic");
    AlloySystem sampled = system("maxent", "environment: periodic, closed_patch: tile");
    assertFails(sampled.lifting()::checkLifting, "upsample.tiles: independent or replicate");
  }
}
