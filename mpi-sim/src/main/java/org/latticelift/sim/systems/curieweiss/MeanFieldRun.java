package org.latticelift.sim.systems.curieweiss;

import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.EventStretch;

/** Flips of a crowd, in pieces. */
final class MeanFieldRun extends EventStretch {
  private static final long PIECE = 1 << 18;

  private final MeanFieldSimulator simulator;
  private final MeanFieldSpins crowd;
  private final int outside;
  private final RandomStream stream;

  /** Null for nobody. */
  private MeanFieldDrift drift;

  /**
   * @param crowd changed
   * @param outside up spins among the coupled ones that stand still
   * @param duration by flips or time; the flip that would pass the time is discarded
   * @param stream randomness
   */
  MeanFieldRun(
      MeanFieldSimulator simulator,
      MeanFieldSpins crowd,
      int outside,
      Duration duration,
      RandomStream stream) {
    super(duration, PIECE);
    this.simulator = simulator;
    this.crowd = crowd;
    this.outside = outside;
    this.stream = stream;
  }

  /** The same flips, of which somebody is told; null for nobody. */
  MeanFieldRun followedBy(MeanFieldDrift follower) {
    drift = follower;
    return this;
  }

  MeanFieldRun resumed(byte[] saved) {
    restore(saved);
    return this;
  }

  @Override
  protected Piece piece(double stop, long events) {
    return drift == null
        ? simulator.run(crowd, outside, time(), stop, events, stream)
        : followed(stop, events);
  }

  private Piece followed(double stop, long events) {
    double now = time();
    for (long made = 0; made < events; made++) {
      double value = drift.value();
      Piece one = simulator.run(crowd, outside, now, stop, 1, stream);
      drift.stayed(value, one.time() - now);
      now = one.time();
      if (one.stopped()) {
        return new Piece(made, now, true);
      }
      drift.flipped(crowd.lastFlipped());
    }
    return new Piece(events, now, false);
  }

  @Override
  protected byte[] memory() {
    return new byte[0];
  }
}
