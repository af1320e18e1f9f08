package org.latticelift.sim.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.LocalRanks;

/** Two ranks that must do the same, whoever has the reason. */
@Timeout(60)
class SharedCheckpointsTest {
  private static final long SECOND = 1_000_000_000;
  private static final int CYCLES = 12;

  private final AtomicIntegerArray saves = new AtomicIntegerArray(2);
  private final AtomicIntegerArray cycles = new AtomicIntegerArray(2);

  /** Cycles on two ranks, of which the clock of each shows another time. */
  private void run(CheckpointConfig config, long[] secondsPerCycle, int stopAtSecondRank)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> parts = new ArrayList<>();
      for (Communicator ranks : LocalRanks.open(2)) {
        long seconds = secondsPerCycle[ranks.rank()];
        int stopAt = ranks.rank() == 1 ? stopAtSecondRank : 0;
        parts.add(threads.submit(() -> rank(ranks, config, seconds, stopAt)));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void rank(Communicator ranks, CheckpointConfig config, long seconds, int stopAt) {
    StopSignal stop = StopSignal.none();
    long[] now = {0};
    SharedCheckpoints checkpoints = new SharedCheckpoints(ranks, stop, config, () -> now[0]);
    checkpoints.begins(0);
    try {
      for (int cycle = 1; cycle <= CYCLES; cycle++) {
        now[0] += seconds * SECOND;
        if (cycle == stopAt) {
          stop.request();
        }
        cycles.incrementAndGet(ranks.rank());
        checkpoints.paused(() -> saves.incrementAndGet(ranks.rank()));
      }
    } catch (LatticeLiftException e) {
      assertThat(stop.requested()).isTrue();
    }
  }

  private void requireSaves(int each) {
    assertThat(saves.get(0)).isEqualTo(each);
    assertThat(saves.get(1)).isEqualTo(each);
  }

  @Test
  void theClockOfTheFirstRankDecides() throws Exception {
    run(new CheckpointConfig(5, 0, 0), new long[] {2, 1000}, 0);
    requireSaves(CYCLES / 3);
  }

  @Test
  void cyclesCountFromTheLastCheckpoint() throws Exception {
    run(new CheckpointConfig(1e6, 5, 0), new long[] {1, 1}, 0);
    requireSaves(2);
  }

  @Test
  void aRequestToAnyRankEndsAllAfterACheckpoint() throws Exception {
    run(new CheckpointConfig(1e6, 0, 0), new long[] {1, 1}, 4);
    requireSaves(1);
    assertThat(cycles.get(0)).isEqualTo(4);
    assertThat(cycles.get(1)).isEqualTo(4);
  }
}
