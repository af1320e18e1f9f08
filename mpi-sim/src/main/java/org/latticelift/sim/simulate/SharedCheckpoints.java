package org.latticelift.sim.simulate;

import java.util.function.LongSupplier;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.Reduction;

/**
 * {@link Checkpoints} of a run that all ranks make together. After every cycle they agree on what
 * to do: the largest wish wins. The first rank says when it is time; any rank may have been asked
 * to stop.
 */
final class SharedCheckpoints implements RunObserver {
  private static final double NANOS = 1e9;

  private static final long GO_ON = 0;
  private static final long CHECKPOINT = 1;
  private static final long STOP = 2;

  private final Communicator ranks;
  private final StopSignal stop;
  private final CheckpointConfig config;
  private final LongSupplier clock;
  private long saved;
  private long cycles;

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
  }

  @Override
  public void paused(SavableRun run) {
    cycles++;
    long wish = agreed();
    if (wish != GO_ON) {
      run.save();
      saved = clock.getAsLong();
      cycles = 0;
    }
    if (wish == STOP) {
      stop.request(); // it may have been another rank's
      stop.check();
    }
  }

  @Override
  public void ends(SavableRun run) {
    run.save();
  }

  private long agreed() {
    long[] wish = {stop.requested() ? STOP : due() ? CHECKPOINT : GO_ON};
    ranks.allReduce(wish, Reduction.MAX);
    return wish[0];
  }

  private boolean due() {
    boolean time = clock.getAsLong() - saved > NANOS * config.everySeconds();
    boolean counted = config.everyCycles() > 0 && cycles >= config.everyCycles();
    return ranks.rank() == 0 && (time || counted);
  }
}
