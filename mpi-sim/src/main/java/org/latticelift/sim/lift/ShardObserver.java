package org.latticelift.sim.lift;

import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.task.StopSignal;

/**
 * Progress and the request to stop of a shard within the stage.
 *
 * @param stop ends the shard before its next sample; a shard that is whole is kept
 * @param progress one step for each sample
 */
record ShardObserver(StopSignal stop, Progress progress) implements LiftObserver {
  @Override
  public void found(int samples) {
    progress.step(samples);
  }

  @Override
  public void begins(int sample) {
    stop.check();
  }

  @Override
  public void made(int sample) {
    progress.step(1);
  }
}
