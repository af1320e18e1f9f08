package org.latticelift.sim.lift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.SnapshotPool;

/** Every snapshot is in exactly one group, and runs are never divided where there are enough. */
class SnapshotGroupsTest {
  /** Snapshot 1000 * run + record. */
  private record Numbered(int runs, int records) implements SnapshotPool<Integer> {
    @Override
    public Integer snapshot(int run, int record) {
      return 1000 * run + record;
    }
  }

  private static SnapshotGroups groups(String yaml) {
    return SnapshotGroups.fromConfig(ConfigNode.parse(yaml, "test.yaml"));
  }

  @ParameterizedTest
  @CsvSource({
    "auto, 20, 5, 8",
    "auto, 6, 5, 6",
    "auto, 4, 1, 4",
    "auto, 3, 50, 8",
    "auto, 1, 50, 8",
    "auto, 1, 1, 1",
    "auto, 2, 5, 5",
    "3, 20, 5, 3",
    "30, 20, 5, 20",
    "3, 2, 10, 3",
  })
  void partitionsTheSnapshots(String yaml, int runs, int records, int expected) {
    Numbered all = new Numbered(runs, records);
    SnapshotGroups groups = groups(yaml);
    assertThat(groups.count(runs, records)).isEqualTo(expected);
    Set<Integer> seen = new HashSet<>();
    int snapshots = 0;
    for (int g = 0; g < expected; g++) {
      SnapshotPool<Integer> pool = groups.pool(all, g);
      assertThat(pool.runs()).isPositive();
      assertThat(pool.records()).isPositive();
      for (int run = 0; run < pool.runs(); run++) {
        for (int record = 0; record < pool.records(); record++) {
          int snapshot = pool.snapshot(run, record);
          seen.add(snapshot);
          snapshots++;
          assertThat(groups.of(snapshot / 1000, snapshot % 1000, all)).isEqualTo(g);
        }
      }
      if (runs >= 4) {
        assertThat(pool.records()).isEqualTo(records);
      }
    }
    assertThat(seen).hasSize(runs * records);
    assertThat(snapshots).isEqualTo(runs * records);
  }

  @Test
  void textComesBackAndOtherTextIsRefused() {
    for (String yaml : new String[] {"auto", "none", "5"}) {
      assertThat(groups(yaml).toConfig().text()).isEqualTo(yaml);
    }
    for (String yaml : new String[] {"1", "2.5", "some", "-3"}) {
      assertThatThrownBy(() -> groups(yaml))
          .isInstanceOf(LatticeLiftException.class)
          .hasMessageContaining("groups");
    }
  }
}
