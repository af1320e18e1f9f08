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

  MeanFieldRun resumed(byte[] saved) {
    restore(saved);
    return this;
  }

  @Override
  protected Piece piece(double stop, long events) {
    return simulator.run(crowd, outside, time(), stop, events, stream);
  }

  @Override
  protected byte[] memory() {
    return new byte[0];
  }
}
