package org.latticelift.bench.study.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RankCostsTest {
  /** A microsecond per event, a microsecond per exchange, a gigabyte per second. */
  private static final RankCosts COSTS = new RankCosts(1e-6, 1e-6, 1e-9, 1e-6);

  @Test
  void oneRankOnlyHasEvents() {
    assertThat(COSTS.cycle(1, 4000, 1e6)).isCloseTo(4e-3, within(1e-12));
    assertThat(COSTS.strong(1, 4000, 1e6)).isCloseTo(1, within(1e-12));
    assertThat(COSTS.weak(1, 4000, 1e6)).isCloseTo(1, within(1e-12));
  }

  @Test
  void talkAndReductionsAreAdded() {
    RankCosts free = new RankCosts(0, 1e-6, 1e-9, 3e-6);
    assertThat(free.cycle(8, 4000, 1000)).isCloseTo(8e-6 + 1e-6 + 9e-6, within(1e-12));
  }

  @Test
  void efficiencyFallsWithRanksAndRisesWithWork() {
    assertThat(COSTS.strong(2, 1e5, 1e4)).isGreaterThan(COSTS.strong(64, 1e5, 1e4)).isLessThan(1);
    assertThat(COSTS.weak(64, 1e5, 1e4)).isGreaterThan(COSTS.weak(64, 1e3, 1e4)).isLessThan(1);
  }

  /** The mean of the largest of so many normal numbers, by drawing them. */
  @Test
  void theLargestOfManyIsAboutRight() {
    Random random = new Random(5);
    for (int count : new int[] {2, 8, 64, 1024}) {
      int draws = 4000;
      double sum = 0;
      for (int i = 0; i < draws; i++) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < count; k++) {
          largest = Math.max(largest, random.nextGaussian());
        }
        sum += largest;
      }
      assertThat(RankCosts.extreme(count)).isCloseTo(sum / draws, within(0.16));
    }
  }
}
