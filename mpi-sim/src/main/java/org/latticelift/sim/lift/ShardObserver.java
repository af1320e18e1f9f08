package org.latticelift.sim.lift;

import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.simulate.WorkLeft;
import org.latticelift.sim.system.Condition;

/**
 * Progress and the request to stop of a shard within the stage; the loop that makes the pairs knows
 * neither. An exception of it ends the shard, which is then made anew.
 */
final class ShardObserver {
  private static final double NANOS = 1e9;

  private final StopSignal stop;
  private final Progress progress;
  private final WorkLeft left;
  private final Condition condition;
  private final int shard;
  private int samples;
  private long began;

  /**
   * Of one shard ({@code stop}: ends the shard before its next sample; a shard that is whole is
   * kept; {@code left}: of all shards, and how long samples take).
   */
  ShardObserver(StopSignal stop, Progress progress, WorkLeft left, Condition condition, int shard) {
    this.stop = stop;
    this.progress = progress;
    this.left = left;
    this.condition = condition;
    this.shard = shard;
  }

  /** The shard is on disk already, with so many samples. */
  void found(int found) {
    samples = found;
    count(0);
  }

  /** A sample is about to be made. */
  void begins() {
    stop.check();
    began = System.nanoTime();
  }

  void made() {
    samples++;
    count((System.nanoTime() - began) / NANOS);
  }

  private void count(double seconds) {
    progress.step(left.reached(condition, shard, samples, seconds));
    left.seconds().ifPresent(progress::left);
  }
}
