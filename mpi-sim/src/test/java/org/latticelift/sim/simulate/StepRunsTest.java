package org.latticelift.sim.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.simulate.AllRuns.StepRuns;
import org.latticelift.sim.system.Condition;

class StepRunsTest {
  private static List<Condition> conditions(double... values) {
    return DoubleStream.of(values).mapToObj(v -> Condition.of("temperature_K", v)).toList();
  }

  private static double[] origins(List<Condition> all, int condition, int steps) {
    return IntStream.range(0, steps)
        .mapToDouble(step -> StepRuns.origin(all, all.get(condition), step).value())
        .toArray();
  }

  @Test
  void theEndsOfTheRangeComeFirstAndEachInTurn() {
    List<Condition> all = conditions(1000, 1400, 2000, 3000);
    assertThat(origins(all, 1, 4)).containsExactly(3000, 1000, 2000, 3000);
    assertThat(origins(all, 0, 3)).containsExactly(3000, 1400, 2000);
    assertThat(origins(conditions(2, 1), 0, 2)).containsExactly(1, 1);
  }

  /** Pairs of run r are in group r mod 8, where there are at least 8 runs. */
  @Test
  void runsBeginInTheirOwnGroup() {
    for (int run = 20; run < 40; run++) {
      assertThat(StepRuns.run(run, 20) % 8).isEqualTo(run % 8);
    }
    int[] few = IntStream.range(3, 9).map(run -> StepRuns.run(run, 3)).toArray();
    assertThat(Arrays.stream(few)).allMatch(run -> run >= 0 && run < 3);
  }
}
