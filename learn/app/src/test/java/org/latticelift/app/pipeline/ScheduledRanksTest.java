package org.latticelift.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.run.stage.PlannedMemory;
import org.latticelift.sim.parallel.communicator.LocalRanks;

/** Ranks hold their part of the one lattice under a schedule, as they do without one. */
class ScheduledRanksTest {
  private static final String DURATION = ", duration: {time_s: 1.0e-8}}}";
  private static final String SCHEDULE =
      "}, schedule: {ramp: {from: 1500, to: 1400, time_s: 1.0e-8}}}";

  private static PlannedMemory memory(int ranks, String end) {
    ConfigNode root =
        ConfigNode.parse(
            "{system: alloy, conditions: {temperature_K: [1500]}, lattice: {small: 8, large: 16,"
                + " vacancy_concentration: 0.004}, barrier: {model: pairwise}, direct: {runs: 1,"
                + " records: 2, parallel: {block_cells: 8}"
                + end,
            "test.yaml");
    return Pipeline.of(root, "test")
        .on(LocalRanks.open(ranks)[0])
        .directStageAlone()
        .plan()
        .memory();
  }

  @Test
  void theLatticeIsSharedByAllRanks() {
    assertThat(memory(2, SCHEDULE)).isEqualTo(memory(2, DURATION));
    assertThat(memory(2, SCHEDULE)).isNotEqualTo(memory(1, SCHEDULE));
  }
}
