package org.latticelift.sim.lift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.lift.LiftConfig.DrawOrder;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.SnapshotPool;

/** Which snapshots large states are built from (ME-82, PP-17). */
class SnapshotDrawTest {
  private static final Condition CONDITION = Condition.of("noise", 0.02);
  private static final SnapshotPool<Integer> POOL = numbered(4, 5);

  /** Snapshot 100 * run + record. */
  private static SnapshotPool<Integer> numbered(int runs, int records) {
    return SnapshotPool.of(runs, records, (run, record) -> 100 * run + record);
  }

  private static SnapshotDraw<Integer> draw(
      DrawOrder order, String groups, SnapshotPool<Integer> pool, boolean mixed, long seed) {
    SnapshotGroups dealt = SnapshotGroups.fromConfig(ConfigNode.parse(groups, "test"));
    return new SnapshotDraw<>(pool, dealt, mixed, order, CONDITION, seed);
  }

  private static SnapshotDraw<Integer> once(String groups, long seed) {
    return draw(DrawOrder.ONCE, groups, POOL, false, seed);
  }

  private static List<Integer> firstTwenty(long seed, int from) {
    SnapshotDraw<Integer> draw = once("none", seed);
    return IntStream.range(from, from + 20).mapToObj(s -> draw.pool(s).snapshot(0, 0)).toList();
  }

  @Test
  void onceUsesEverySnapshotBeforeAnyTwice() {
    List<Integer> order = firstTwenty(1, 0);
    assertThat(order).doesNotHaveDuplicates().contains(0, 4, 104, 204, 304);
    assertThat(firstTwenty(1, 20)).isEqualTo(order);
    assertThat(firstTwenty(2, 0)).isNotEqualTo(order);
    assertThat(order).isNotEqualTo(order.stream().sorted().toList());
  }

  @Test
  void onceOffersOneSnapshotOnly() {
    SnapshotPool<Integer> one = once("none", 1).pool(7);
    assertThat(one.runs()).isEqualTo(1);
    assertThat(one.records()).isEqualTo(1);
  }

  private static SnapshotDraw<Integer> logTimes(
      String groups, SnapshotPool<Integer> pool, boolean mixed, long seed) {
    return draw(DrawOrder.LOG_TIMES, groups, pool, mixed, seed);
  }

  /** 20 000 draws know a share of 0.06 to 0.0017; every doubling of r + 1 has the same. */
  @Test
  void everyTenfoldOfTimeIsDrawnAsOften() {
    int samples = 20_000;
    SnapshotPool<Integer> pool = numbered(3, 2047);
    SnapshotDraw<Integer> draw = logTimes("none", pool, false, 1);
    double[] doublings = new double[11];
    for (int sample = 0; sample < samples; sample++) {
      SnapshotPool<Integer> one = draw.pool(sample);
      assertThat(one.records()).isEqualTo(1);
      assertThat(one.runs()).isEqualTo(3);
      int age = one.place(0) + 1;
      assertThat(one.snapshot(2, 0)).isEqualTo(200 + age - 1);
      doublings[Integer.SIZE - 1 - Integer.numberOfLeadingZeros(age)] += 1.0 / samples;
    }
    for (double share : doublings) {
      assertThat(share).isCloseTo(1 / 11.0, within(4 * 0.0021));
    }
  }

  @Test
  void timesAreTheSeedsAndGroupsStayWhatTheyAre() {
    SnapshotPool<Integer> pool = numbered(8, 60);
    SnapshotDraw<Integer> runs = logTimes("4", pool, false, 1);
    SnapshotDraw<Integer> again = logTimes("4", pool, false, 1);
    SnapshotDraw<Integer> other = logTimes("4", pool, false, 2);
    SnapshotDraw<Integer> blocks = logTimes("5", numbered(1, 60), true, 1);
    int differing = 0;
    for (int sample = 0; sample < 200; sample++) {
      SnapshotPool<Integer> one = runs.pool(sample);
      assertThat(one.runs()).isEqualTo(2);
      for (int run = 0; run < 2; run++) {
        assertThat(one.snapshot(run, 0) / 100 % 4).isEqualTo(runs.pool(sample).group());
      }
      assertThat(again.pool(sample).place(0)).isEqualTo(one.place(0));
      differing += other.pool(sample).place(0) == one.place(0) ? 0 : 1;
      assertThat(blocks.pool(sample).group()).isEqualTo(blocks.pool(sample).place(0) / 12);
    }
    assertThat(differing).isGreaterThan(100);
    SnapshotDraw<Integer> only = logTimes("none", numbered(1, 1), false, 1);
    assertThat(only.pool(3).snapshot(0, 0)).isZero();
  }

  /** 10 000 coins know a half within 0.005; those of log_times are drawn as without the others. */
  @Test
  void halfOfMixedDrawsAreOfLogTimesAndHalfAreLate() {
    int samples = 10_000;
    SnapshotPool<Integer> pool = numbered(8, 60);
    SnapshotDraw<Integer> logTimes = logTimes("4", pool, false, 1);
    SnapshotDraw<Integer> mixed = draw(DrawOrder.MIXED, "4", pool, false, 1);
    int[] ofLogTimes = new int[4];
    for (int sample = 0; sample < samples; sample++) {
      SnapshotPool<Integer> one = mixed.pool(sample);
      assertThat(mixed.pool(sample).group()).isEqualTo(logTimes.pool(sample).group());
      assertThat(one.snapshot(1, 0) / 100 % 4).isEqualTo(mixed.pool(sample).group());
      if (one.records() == 1) {
        assertThat(one.place(0)).isEqualTo(logTimes.pool(sample).place(0));
        ofLogTimes[one.group()]++;
      } else {
        assertThat(one.place(0)).isEqualTo(60 - one.records()).isEqualTo(30);
      }
    }
    for (int count : ofLogTimes) {
      assertThat(count / (samples / 4.0)).isCloseTo(0.5, within(4 * 0.01));
    }
  }

  @Test
  void groupsDoNotChangeTheOrder() {
    SnapshotDraw<Integer> grouped = once("2", 1);
    SnapshotDraw<Integer> plain = once("none", 1);
    for (int sample = 0; sample < 20; sample++) {
      int snapshot = plain.pool(sample).snapshot(0, 0);
      assertThat(grouped.pool(sample).snapshot(0, 0)).isEqualTo(snapshot);
      assertThat(grouped.pool(sample).group()).isEqualTo(snapshot / 100 % 2);
      assertThat(plain.pool(sample).group()).isEqualTo(-1);
    }
  }
}
