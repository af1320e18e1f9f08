package org.latticelift.sim.lift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.SnapshotPool;

/** Which snapshots large states are built from (ME-82, PP-17). */
class SnapshotDrawTest {
  private static final Condition CONDITION = Condition.of("noise", 0.02);
  private static final SnapshotPool<Integer> POOL = new Numbered(4, 5);

  /** Snapshot 100 * run + record. */
  private record Numbered(int runs, int records) implements SnapshotPool<Integer> {
    @Override
    public Integer snapshot(int run, int record) {
      return 100 * run + record;
    }
  }

  private static SnapshotDraw<Integer> once(String groups, long seed) {
    return SnapshotGroups.fromConfig(ConfigNode.parse(groups, "test"))
        .deal(POOL, false)
        .once(CONDITION, seed);
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

  @Test
  void groupsDoNotChangeTheOrder() {
    SnapshotDraw<Integer> grouped = once("2", 1);
    SnapshotDraw<Integer> plain = once("none", 1);
    for (int sample = 0; sample < 20; sample++) {
      int snapshot = plain.pool(sample).snapshot(0, 0);
      assertThat(grouped.pool(sample).snapshot(0, 0)).isEqualTo(snapshot);
      assertThat(grouped.group(sample)).isEqualTo(snapshot / 100 % 2);
      assertThat(plain.group(sample)).isEqualTo(-1);
    }
  }
}
