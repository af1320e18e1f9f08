package org.latticelift.sim.lift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Halves of runs: complete, complementary, and balanced against each other. */
class RunHalvesTest {
  private static Set<Integer> half(int number, int runs) {
    int[] chosen = RunHalves.of(runs).runs(number, runs);
    assertThat(chosen).isSorted();
    return Arrays.stream(chosen).boxed().collect(Collectors.toSet());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "7, 0", "8, 8", "15, 8", "16, 8", "32, 8", "1000, 8"})
  void blocksFollowTheNumberOfRuns(int runs, int blocks) {
    assertThat(RunHalves.of(runs).blocks()).isEqualTo(blocks);
  }

  @ParameterizedTest
  @CsvSource({"8", "16", "21", "32", "64"})
  void aHalfAndTheOneBesideItAreAllRuns(int runs) {
    for (int half = 0; half < RunHalves.of(runs).count(); half++) {
      Set<Integer> all = half(half, runs);
      int others = half(RunHalves.other(half), runs).size();
      assertThat(all.size() + others).isEqualTo(runs);
      assertThat(Math.abs(all.size() - others)).isLessThanOrEqualTo(runs % 8);
      all.addAll(half(RunHalves.other(half), runs));
      assertThat(all).hasSize(runs);
    }
  }

  /** So differences of estimates from different halves are independent of each other. */
  @Test
  void halvesOfDifferentRowsShareHalfOfTheirRuns() {
    for (int one = 0; one < 14; one += 2) {
      for (int other = 0; other < 14; other++) {
        if (other / 2 != one / 2) {
          Set<Integer> shared = half(one, 32);
          shared.retainAll(half(other, 32));
          assertThat(shared).hasSize(8);
        }
      }
    }
  }

  /** No run is in all or none of those of six or seven resamples, and each has a row of its own. */
  @ParameterizedTest
  @CsvSource({"6", "7"})
  void resamplesUseEveryRunSeveralTimes(int resamples) {
    RunHalves halves = RunHalves.of(32);
    int[] chosen = IntStream.range(0, resamples).map(halves::ofResample).toArray();
    assertThat(Arrays.stream(chosen).map(half -> half / 2).distinct().count()).isEqualTo(resamples);
    for (int run = 0; run < 32; run++) {
      int r = run;
      long uses = Arrays.stream(chosen).filter(half -> halves.has(half, r)).count();
      assertThat(uses).isBetween(1L, resamples - 1L);
    }
  }
}
