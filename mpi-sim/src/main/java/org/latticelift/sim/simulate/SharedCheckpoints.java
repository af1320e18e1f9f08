package org.latticelift.sim.simulate;

import java.util.function.LongSupplier;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.Reduction;

/**
 * {@link Checkpoints} of a run that all ranks make together. From time to time they agree on what
 * to do: the largest wish wins. The first rank says when it is time; any rank may have been asked
 * to stop.
 *
 * <p>To agree makes all ranks wait for the slowest, so they do it about every tenth of a second. In
 * between they may not look at their clocks, which differ: each time they agree on the number of
 * cycles until the next, from the time that the last ones took on the slowest rank. It at most
 * doubles, lest a few quick cycles stand for many slow ones. Where checkpoints are counted in
 * cycles they agree after every cycle.
 */
final class SharedCheckpoints implements RunObserver {
  private static final double NANOS = 1e9;

  /** Between two agreements. */
  private static final double SECONDS = 0.1;

  private static final long MOST_CYCLES = 10_000;

  private static final long GO_ON = 0;
  private static final long CHECKPOINT = 1;
  private static final long STOP = 2;

  private final Communicator ranks;
  private final StopSignal stop;
  private final CheckpointConfig config;
  private final LongSupplier clock;
  private long saved;
  private long cycles;
  private long met;
  private long cyclesTogether;
  private long cyclesLeft;

  /**
   * @param clock in ns
   */
  SharedCheckpoints(
      Communicator ranks, StopSignal stop, CheckpointConfig config, LongSupplier clock) {
    this.ranks = ranks;
    this.stop = stop;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public void begins(int records) {
    saved = clock.getAsLong();
    cycles = 0;
    met = saved;
    cyclesTogether = 1;
    cyclesLeft = 1;
  }

  @Override
  public void paused(SavableRun run) {
    cycles++;
    cyclesLeft--;
    if (cyclesLeft == 0) {
      fulfil(agreed(), run);
    }
  }

  private void fulfil(long wish, SavableRun run) {
    if (wish != GO_ON) {
      run.save();
      saved = clock.getAsLong();
      cycles = 0;
    }
    if (wish == STOP) {
      stop.request(); // it may have been another rank's
      stop.check();
    }
    met = clock.getAsLong();
  }

  @Override
  public void ends(SavableRun run) {
    run.save();
  }

  private long agreed() {
    long wish = stop.requested() ? STOP : due() ? CHECKPOINT : GO_ON;
    long[] largest = {wish, clock.getAsLong() - met};
    ranks.allReduce(largest, Reduction.MAX);
    cyclesTogether = config.everyCycles() > 0 ? 1 : next(cyclesTogether, largest[1] / NANOS);
    cyclesLeft = cyclesTogether;
    return largest[0];
  }

  /** The number of cycles until the next agreement, from that of the last and their time in s. */
  private long next(long made, double seconds) {
    double fitting = made * Math.min(SECONDS, config.everySeconds()) / seconds;
    return Math.max(1, (long) Math.min(fitting, Math.min(2 * made, MOST_CYCLES)));
  }

  private boolean due() {
    boolean time = clock.getAsLong() - saved > NANOS * config.everySeconds();
    boolean counted = config.everyCycles() > 0 && cycles >= config.everyCycles();
    return ranks.rank() == 0 && (time || counted);
  }
}
