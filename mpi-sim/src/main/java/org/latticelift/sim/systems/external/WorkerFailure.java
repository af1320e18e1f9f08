package org.latticelift.sim.systems.external;

/** What a worker did that the protocol does not allow, or that it did not live to do. */
final class WorkerFailure extends Exception {
  private static final long serialVersionUID = 1L;

  WorkerFailure(String what) {
    super(what);
  }
}
