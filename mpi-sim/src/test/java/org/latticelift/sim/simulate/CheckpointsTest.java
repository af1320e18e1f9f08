package org.latticelift.sim.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.simulate.AllRuns.Checkpoints;

class CheckpointsTest {
  private static final long SECOND = 1_000_000_000;

  private final StopSignal stop = StopSignal.none();
  private final List<Long> saves = new ArrayList<>();
  private long now = 5 * SECOND;
  private final Checkpoints checkpoints = new Checkpoints(stop, 2, () -> now);

  private void save() {
    saves.add(now / SECOND);
    now += 3 * SECOND; // a checkpoint that takes longer than the interval
  }

  @Test
  void savesWhenTheIntervalSinceTheLastCheckpointIsOver() {
    checkpoints.begins(0);
    for (int second = 0; second < 6; second++) {
      checkpoints.paused(this::save);
      now += SECOND;
    }
    assertThat(saves).containsExactly(8L);
    checkpoints.paused(this::save);
    assertThat(saves).hasSize(2);
  }

  @Test
  void aRequestSavesFirstAndThenEndsTheRun() {
    checkpoints.begins(0);
    checkpoints.paused(this::save);
    assertThat(saves).isEmpty();
    stop.request();
    assertFails(ExitCode.STOPPED, () -> checkpoints.paused(this::save));
    assertThat(saves).hasSize(1);
  }

  @Test
  void theEndIsSaved() {
    checkpoints.begins(0);
    checkpoints.ends(this::save);
    assertThat(saves).hasSize(1);
  }
}
