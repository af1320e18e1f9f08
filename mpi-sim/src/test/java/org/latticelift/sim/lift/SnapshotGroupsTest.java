package org.latticelift.sim.lift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.lift.LiftConfig.DrawOrder;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.SnapshotPool;

/** Every snapshot is in exactly one group, and runs are never divided where there are enough. */
class SnapshotGroupsTest {
  /** Snapshot 1000 * run + record, after the square of the record. */
  private static SnapshotPool<Integer> numbered(int runs, int records) {
    double[] times = new double[records];
    Arrays.setAll(times, record -> record * record);
    return SnapshotPool.of(runs, records, (run, record) -> 1000 * run + record)
        .with(times, run -> run % 3);
  }

  private static SnapshotGroups groups(String yaml) {
    return SnapshotGroups.fromConfig(ConfigNode.parse(yaml, "test.yaml"));
  }

  private static SnapshotDraw<Integer> deal(String yaml, int runs, int records, boolean mixed) {
    Condition condition = Condition.of("noise", 0.02);
    return new SnapshotDraw<>(
        numbered(runs, records), groups(yaml), mixed, DrawOrder.RANDOM, condition, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "auto, 20, 5, 8, true",
    "auto, 6, 5, 6, true",
    "auto, 4, 1, 4, true",
    "auto, 3, 50, 8, false",
    "auto, 1, 50, 8, false",
    "auto, 1, 1, 1, false",
    "auto, 2, 5, 5, false",
    "3, 20, 5, 3, true",
    "30, 20, 5, 20, true",
    "3, 2, 10, 3, false",
  })
  void partitionsTheSnapshots(String yaml, int runs, int records, int expected, boolean byRuns) {
    SnapshotDraw<Integer> dealt = deal(yaml, runs, records, false);
    assertThat(dealt.groups()).isEqualTo(expected);
    assertThat(dealt.byRuns()).isEqualTo(byRuns);
    Set<Integer> seen = new HashSet<>();
    int snapshots = 0;
    for (int g = 0; g < expected; g++) {
      SnapshotPool<Integer> pool = dealt.groupPools().get(g);
      assertThat(pool.runs()).isPositive();
      assertThat(pool.records()).isPositive();
      for (int run = 0; run < pool.runs(); run++) {
        for (int record = 0; record < pool.records(); record++) {
          int snapshot = pool.snapshot(run, record);
          seen.add(snapshot);
          int place = snapshot % 1000;
          assertThat(pool.place(record)).isEqualTo(place);
          assertThat(pool.age(record)).isEqualTo((double) place * place);
          int from = Math.min(place, records - 2);
          assertThat(pool.lasts(record)).isEqualTo(records == 1 ? 0 : 2 * from + 1.0);
          assertThat(pool.preparation(run)).isEqualTo(snapshot / 1000 % 3);
          snapshots++;
          assertThat(dealt.of(snapshot / 1000, snapshot % 1000)).isEqualTo(g);
        }
      }
      if (byRuns) {
        assertThat(pool.records()).isEqualTo(records);
      }
    }
    assertThat(seen).hasSize(runs * records);
    assertThat(snapshots).isEqualTo(runs * records);
  }

  /** Groups of 20 runs have two or three of them; each run makes a twentieth of the states. */
  @ParameterizedTest
  @CsvSource({"20, 7", "3, 50", "1, 11", "9, 1"})
  void everySnapshotIsUsedAsOftenAsWithoutGroups(int runs, int records) {
    SnapshotDraw<Integer> dealt = deal("auto", runs, records, false);
    double[] share = new double[runs * records];
    int samples = runs * records * 10;
    for (int sample = 0; sample < samples; sample++) {
      SnapshotPool<Integer> pool = dealt.pool(sample);
      int count = pool.runs() * pool.records();
      for (int k = 0; k < count; k++) {
        int snapshot = pool.snapshot(k / pool.records(), k % pool.records());
        assertThat(dealt.of(snapshot / 1000, snapshot % 1000)).isEqualTo(pool.group());
        share[snapshot / 1000 * records + snapshot % 1000] += 1.0 / count;
      }
    }
    for (double s : share) {
      assertThat(s).isCloseTo(10, within(1e-9));
    }
  }

  /** Of states that mix runs: at least four runs to a group, or blocks of records. */
  @ParameterizedTest
  @CsvSource({"40, 8, true", "20, 5, true", "8, 2, true", "7, 5, false"})
  void mixedStatesHaveEnoughRuns(int runs, int expected, boolean byRuns) {
    SnapshotDraw<Integer> dealt = deal("auto", runs, 5, true);
    assertThat(dealt.groups()).isEqualTo(expected);
    assertThat(dealt.byRuns()).isEqualTo(byRuns);
    for (int g = 0; g < expected; g++) {
      assertThat(dealt.groupPools().get(g).runs()).isGreaterThanOrEqualTo(4);
    }
  }

  @Test
  void withoutGroupsAllSnapshotsAreOnePool() {
    SnapshotDraw<Integer> none = deal("none", 9, 5, false);
    assertThat(none.groups()).isZero();
    assertThat(none.pool(7)).isSameAs(none.all());
    assertThat(none.pool(7).group()).isEqualTo(-1);
  }

  @Test
  void textComesBackAndOtherTextIsRefused() {
    for (String yaml : new String[] {"auto", "none", "5"}) {
      assertThat(groups(yaml).toConfig().text()).isEqualTo(yaml);
    }
    for (String yaml : new String[] {"1", "2.5", "some", "-3"}) {
      assertFails(() -> groups(yaml), "groups");
    }
  }
}
