package org.latticelift.sim.vacancy.kmc;

/** Is told of every jump: order parameters, logs, checkpoints, progress. */
@FunctionalInterface
public interface JumpObserver {
  /**
   * Called after a jump, when lattice, clock and rates are up to date. May throw to end the run;
   * the simulator stays usable.
   *
   * @param event valid during the call only; one object is reused for all jumps
   */
  void jumped(JumpEvent event);
}
