package org.latticelift.sim.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.latticelift.sim.system.Lifting.RelaxationStages;

class RelaxationStagesTest {
  @Test
  void stagesCoverAllRecordsOnceAndDouble() {
    for (int runs : new int[] {1, 3, 20, 500}) {
      for (int records : new int[] {1, 2, 7, 100, 2001}) {
        int next = 0;
        for (int[] range : RelaxationStages.of(runs, records, 100)) {
          assertThat(range[0]).isEqualTo(next);
          assertThat(range[1]).isGreaterThan(range[0]);
          next = range[1];
        }
        assertThat(next).isEqualTo(records);
      }
    }
    assertThat(RelaxationStages.of(20, 201, 100).stream().map(r -> r[1]))
        .containsExactly(5, 10, 20, 40, 80, 160, 201);
  }
}
