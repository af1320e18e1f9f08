package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.train.PairSet.Split;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;

class SplitterTest {
  /** Pairs of which so many groups belong to each condition, three pairs in a group. */
  private static PairSet pairs(int... groupsPerCondition) {
    int groups = Arrays.stream(groupsPerCondition).sum();
    int n = 3 * groups;
    int[] condition = new int[n];
    long[] group = new long[n];
    int g = 0;
    for (int c = 0; c < groupsPerCondition.length; c++) {
      for (int i = 0; i < groupsPerCondition[c]; i++) {
        Arrays.fill(condition, 3 * g, 3 * g + 3, c);
        Arrays.fill(group, 3 * g, 3 * g + 3, ((long) c << 40) + i);
        g++;
      }
    }
    double[] temperature = new double[groupsPerCondition.length];
    Arrays.setAll(temperature, c -> 1000 + 100 * c);
    return new PairSet(
        1, new double[n], new double[n], new double[n], condition, temperature, group);
  }

  private static Split split(PairSet pairs, double fraction, long seed) {
    return Split.of(pairs, fraction, new Streams(seed).stream(Purpose.SPLIT));
  }

  @Test
  void groupsStayTogetherAndTheShareIsHeld() {
    PairSet all = pairs(50, 50);
    Split split = split(all, 0.2, 1);
    assertThat(split.validation()).hasSize(60);
    assertThat(split.training()).hasSize(240);
    assertThat(Arrays.stream(all.select(split.validation()).group()).distinct().toArray())
        .hasSize(20)
        .doesNotContain(Arrays.stream(all.select(split.training()).group()).distinct().toArray());
  }

  @Test
  void noConditionIsEmptied() {
    PairSet all = pairs(1, 2, 3);
    for (long seed = 0; seed < 50; seed++) {
      Split split = split(all, 0.9, seed);
      assertThat(all.select(split.training()).condition()).hasSize(9).contains(0, 1, 2);
      assertThat(all.select(split.validation()).condition()).contains(1, 2).doesNotContain(0);
    }
  }

  @Test
  void singleGroupsAreAllForTraining() {
    Split split = split(pairs(1, 1), 0.1, 3);
    assertThat(split.training()).hasSize(6);
    assertThat(split.validation()).isEmpty();
  }
}
