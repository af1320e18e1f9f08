package org.latticelift.sim.simulate;

import java.util.function.LongSupplier;

/** Measures what records take, without what another observer does between their pieces. */
final class RecordTimes implements RunObserver {
  private static final double NANOS = 1e9;

  private final RunObserver other;
  private final Watch watch;
  private final LongSupplier clock;
  private long last;

  /** Told about every record. */
  interface Watch {
    /**
     * A record was made.
     *
     * @param records after the initial one
     * @param seconds of wall time it took
     */
    void recorded(int records, double seconds);
  }

  /**
   * @param other told of everything, too
   * @param clock in ns
   */
  RecordTimes(RunObserver other, Watch watch, LongSupplier clock) {
    this.other = other;
    this.watch = watch;
    this.clock = clock;
  }

  @Override
  public void begins(int records) {
    other.begins(records);
    last = clock.getAsLong();
  }

  @Override
  public void recorded(int records) {
    long now = clock.getAsLong();
    watch.recorded(records, (now - last) / NANOS);
    last = now;
    other.recorded(records);
  }

  @Override
  public void paused(SavableRun run) {
    long before = clock.getAsLong();
    other.paused(run);
    last += clock.getAsLong() - before;
  }

  @Override
  public void ends(SavableRun run) {
    other.ends(run);
  }
}
