package org.latticelift.sim.vacancy.barrier;

import org.latticelift.sim.vacancy.crystal.Crystal;

/** Energy barriers of vacancy jumps as a function of the environment of the vacancy. Immutable. */
public interface BarrierModel {
  /**
   * A name for provenance and reports.
   *
   * @return such as {@code compact}
   */
  String name();

  /**
   * The crystal whose environments the model reads.
   *
   * @return fixes environment size and hop count
   */
  Crystal crystal();

  /**
   * Number of species besides the vacancy.
   *
   * @return codes 1 to this number are understood
   */
  int species();

  /**
   * A kernel for one thread.
   *
   * @return new workspace, same arithmetic
   */
  BarrierKernel newKernel();

  /**
   * Attempt frequency of a jump (AL-40).
   *
   * @param species code of the atom that changes places with the vacancy
   * @return 1/s
   */
  double attemptFrequency(int species);
}
