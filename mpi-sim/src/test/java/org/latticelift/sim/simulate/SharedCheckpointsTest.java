package org.latticelift.sim.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
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
import org.latticelift.sim.simulate.DistributedRuns.SharedCheckpoints;

/** Two ranks that must do the same, whoever has the reason. */
@Timeout(60)
class SharedCheckpointsTest {
  private static final long SECOND = 1_000_000_000;
  private static final long MILLI = 1_000_000;
  private static final int CYCLES = 12;

  private final AtomicIntegerArray agreements = new AtomicIntegerArray(2);
  private final AtomicIntegerArray saves = new AtomicIntegerArray(2);
  private final AtomicIntegerArray cycles = new AtomicIntegerArray(2);

  /** What a cycle takes on a rank, in ns. */
  private interface Pace {
    long nanos(int rank, int cycle);
  }

  /** Cycles on two ranks, of which the clock of each shows another time. */
  private void run(CheckpointConfig config, long[] secondsPerCycle, int stopAtSecondRank)
      throws Exception {
    run(config, CYCLES, (rank, cycle) -> secondsPerCycle[rank] * SECOND, stopAtSecondRank);
  }

  private void run(CheckpointConfig config, int most, Pace pace, int stopAtSecondRank)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> parts = new ArrayList<>();
      for (Communicator ranks : LocalRanks.open(2)) {
        int stopAt = ranks.rank() == 1 ? stopAtSecondRank : 0;
        parts.add(threads.submit(() -> rank(ranks, config, most, pace, stopAt)));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void rank(Communicator ranks, CheckpointConfig config, int most, Pace pace, int stopAt) {
    StopSignal stop = StopSignal.none();
    long[] now = {0};
    SharedCheckpoints checkpoints =
        new SharedCheckpoints(counted(ranks), stop, config, () -> now[0]);
    checkpoints.begins(0);
    try {
      for (int cycle = 1; cycle <= most; cycle++) {
        now[0] += pace.nanos(ranks.rank(), cycle);
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

  private Communicator counted(Communicator ranks) {
    return (Communicator)
        Proxy.newProxyInstance(
            Communicator.class.getClassLoader(),
            new Class<?>[] {Communicator.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("allReduce")) {
                agreements.incrementAndGet(ranks.rank());
              }
              return method.invoke(ranks, arguments);
            });
  }

  private void requireAgreements(int each) {
    assertThat(agreements.get(0)).isEqualTo(each);
    assertThat(agreements.get(1)).isEqualTo(each);
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

  /** After 1, 2, 4 ... 32 cycles, then every fiftieth, as the slower rank takes 2 ms for each. */
  @Test
  void ranksAgreeEveryTenthOfASecondOfTheSlowest() throws Exception {
    run(new CheckpointConfig(1e6, 0, 0), 1063, (rank, cycle) -> (1 + rank) * MILLI, 0);
    requireAgreements(6 + 20);
    requireSaves(0);
  }

  @Test
  void aRequestBetweenTwoAgreementsWaitsForTheNext() throws Exception {
    run(new CheckpointConfig(1e6, 0, 0), 1063, (rank, cycle) -> (2 - rank) * MILLI, 564);
    requireSaves(1);
    assertThat(cycles.get(0)).isEqualTo(613);
    assertThat(cycles.get(1)).isEqualTo(613);
  }

  /** From the agreement after 63 cycles on. */
  @Test
  void cyclesThatBecomeSlowAreEachFollowedByAnAgreement() throws Exception {
    run(
        new CheckpointConfig(1e6, 0, 0),
        163,
        (rank, cycle) -> cycle > 63 ? SECOND : (1 + rank) * MILLI,
        0);
    requireAgreements(6 + 1 + 50);
  }

  @Test
  void aClockThatStandsStillIsAskedEveryTenThousandCycles() throws Exception {
    run(new CheckpointConfig(1e6, 0, 0), 16_383 + 20_000, (rank, cycle) -> 0, 0);
    requireAgreements(14 + 2);
  }

  @Test
  void checkpointsAfterCyclesAreNotLate() throws Exception {
    run(new CheckpointConfig(1e6, 7, 0), 700, (rank, cycle) -> MILLI, 0);
    requireSaves(100);
    requireAgreements(700);
  }

  @Test
  void moreFrequentCheckpointsAreNoLaterThanTheirInterval() throws Exception {
    run(new CheckpointConfig(0.01, 0, 0), 1000, (rank, cycle) -> MILLI, 0);
    assertThat(saves.get(0)).isBetween(50, 100).isEqualTo(saves.get(1));
  }
}
