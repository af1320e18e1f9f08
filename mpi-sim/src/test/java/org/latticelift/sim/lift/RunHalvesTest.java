package org.latticelift.sim.lift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Halves of runs: complete, complementary, and balanced against each other. */
class RunHalvesTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "7, 0", "8, 8", "15, 8", "16, 8", "32, 8", "1000, 8"})
  void blocksFollowTheNumberOfRuns(int runs, int blocks) {
    assertThat(RunHalves.of(runs).blocks()).isEqualTo(blocks);
  }

  @ParameterizedTest
  @CsvSource({"8", "16", "32", "64"})
  void aHalfAndTheOneBesideItAreAllRuns(int runs) {
    RunHalves halves = RunHalves.of(runs);
    for (int half = 0; half < halves.count(); half++) {
      Set<Integer> all = new HashSet<>();
      for (int side : new int[] {half, RunHalves.other(half)}) {
        int[] chosen = halves.runs(side, runs);
        assertThat(chosen).hasSize(runs / 2).isSorted();
        Arrays.stream(chosen).forEach(all::add);
      }
      assertThat(all).hasSize(runs);
    }
  }

  /** So differences of estimates from different halves are independent of each other. */
  @Test
  void halvesOfDifferentRowsShareHalfOfTheirRuns() {
    RunHalves halves = RunHalves.of(32);
    for (int one = 0; one < halves.count(); one += 2) {
      for (int other = 0; other < halves.count(); other++) {
        if (other / 2 != one / 2) {
          Set<Integer> shared = new HashSet<>();
          Arrays.stream(halves.runs(one, 32)).forEach(shared::add);
          Set<Integer> runs = new HashSet<>();
          Arrays.stream(halves.runs(other, 32)).forEach(runs::add);
          shared.retainAll(runs);
          assertThat(shared).hasSize(8);
        }
      }
    }
  }

  @Test
  void unequalBlocksStillUseEveryRunOnce() {
    RunHalves halves = RunHalves.of(21);
    for (int half = 0; half < halves.count(); half += 2) {
      int both = halves.runs(half, 21).length + halves.runs(RunHalves.other(half), 21).length;
      assertThat(both).isEqualTo(21);
    }
  }
}
