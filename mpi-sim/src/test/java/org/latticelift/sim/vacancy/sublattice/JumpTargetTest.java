package org.latticelift.sim.vacancy.sublattice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When jumps are counted on the way to a number of them. */
class JumpTargetTest {
  private static final long FIRST_CYCLE = 70;
  private static final long FIRST_JUMPS = 3000;

  /** The cycle in which a stretch ended, and the counts until then. */
  private record Way(long cycles, int counts) {}

  private static JumpTarget target(long jumps) {
    return JumpTarget.after(FIRST_CYCLE, FIRST_JUMPS, jumps);
  }

  private static Way way(long jumps, LongUnaryOperator madeAfterCycles) {
    JumpTarget target = target(jumps);
    long cycles = 0;
    int counts = 0;
    for (long left = 1; left > 0; counts++) {
      cycles += left;
      long made = madeAfterCycles.applyAsLong(cycles);
      target = target.counted(FIRST_CYCLE + cycles, FIRST_JUMPS + made);
      left = target.cyclesUntilCount();
    }
    return new Way(cycles, counts);
  }

  /** (900 + 10 x 30 + 100) / 4 = 325 jumps per cycle. */
  @Test
  void theNextCountIsAfterHalfOfWhatTheLargestLikelyRateTakes() {
    assertThat(left(900 + 6500)).isEqualTo(10);
    assertThat(left(900 + 6499)).isEqualTo(9);
    assertThat(left(901)).isEqualTo(1);
    assertThat(left(900)).isZero();
    assertThat(left(1)).isZero();
  }

  private static long left(long jumps) {
    return target(jumps).counted(FIRST_CYCLE + 4, FIRST_JUMPS + 900).cyclesUntilCount();
  }

  @Test
  void theLiveliestCyclesBetweenTwoCountsDecide() {
    JumpTarget lively = target(9900).counted(FIRST_CYCLE + 4, FIRST_JUMPS + 900);
    JumpTarget quiet = lively.counted(FIRST_CYCLE + 1000, FIRST_JUMPS + 901);
    assertThat(quiet.mostPerCycle()).isEqualTo(325);
    assertThat(quiet.cyclesUntilCount()).isEqualTo(8999 / 650);
    JumpTarget livelier = quiet.counted(FIRST_CYCLE + 1002, FIRST_JUMPS + 3401);
    assertThat(livelier.mostPerCycle()).isEqualTo((2500 + 500 + 100) / 2);
  }

  @ParameterizedTest
  @CsvSource({"1000, 1", "1000, 15000", "8192, 122880", "8192, 1000000000", "1000000, 1000000"})
  void anEvenRateEndsWithTheFirstCycleThatReachesTheTarget(long perCycle, long jumps) {
    Way way = way(jumps, cycles -> cycles * perCycle);
    assertThat(way.cycles()).isEqualTo((jumps + perCycle - 1) / perCycle);
    assertThat(way.counts())
        .isLessThanOrEqualTo(3 + 2 * (64 - Long.numberOfLeadingZeros(way.cycles())));
  }

  /** It doubles after every cycle in which it could. */
  @Test
  void aRateThatDoublesIsNotMissed() {
    long jumps = 1_000_000;
    for (int at = 1; at < 500; at++) {
      int doubled = at;
      Way way = way(jumps, cycles -> 1000 * (cycles + Math.max(0, cycles - doubled)));
      assertThat(way.cycles()).isEqualTo((1000 + doubled + 1) / 2);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 1000", "4, 60", "30, 100000"})
  void aFewJumpsPerCycleAreCountedMoreOften(long perCycle, long jumps) {
    Way way = way(jumps, cycles -> cycles * perCycle);
    assertThat(way.cycles()).isEqualTo((jumps + perCycle - 1) / perCycle);
  }

  /** That of a benchmark, say. */
  @Test
  void aTargetOutOfReachIsCountedSeldom() {
    JumpTarget far = target(Long.MAX_VALUE / 4).counted(FIRST_CYCLE + 1, FIRST_JUMPS);
    assertThat(far.cyclesUntilCount()).isEqualTo(JumpTarget.MOST_CYCLES);
    assertThat(way(Long.MAX_VALUE / 4, cycles -> cycles << 10).counts()).isLessThan(3000);
  }
}
