package org.latticelift.sim.parallel.communicator;

/** A message on its way. */
public interface Request {
  /**
   * Whether the message has been sent or has arrived; never waits.
   *
   * @return true from its completion on
   */
  boolean test();

  /**
   * Waits for the completion: first spinning, for the sake of latency, then yielding, so that more
   * ranks than cores get on.
   */
  default void await() {
    Waiting waiting = new Waiting();
    while (!test()) {
      waiting.pause();
    }
  }

  /** Where a complete message came from; for a message that was sent, where it went. */
  int peer();
}
