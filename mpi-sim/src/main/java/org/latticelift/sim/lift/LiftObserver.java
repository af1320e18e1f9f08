package org.latticelift.sim.lift;

/**
 * Told how a shard of pairs gets on. Progress and requests to stop are observers; the loop that
 * makes the pairs knows neither. An exception of an observer ends the shard, which is then made
 * anew.
 */
interface LiftObserver {
  /** A shard is on disk already, with so many samples. */
  void found(int samples);

  /** A sample is about to be made. */
  void begins(int sample);

  /** A sample was made. */
  void made(int sample);
}
