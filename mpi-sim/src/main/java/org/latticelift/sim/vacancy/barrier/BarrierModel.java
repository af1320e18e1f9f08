package org.latticelift.sim.vacancy.barrier;

import java.util.Optional;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** Energy barriers of vacancy jumps as a function of the environment of the vacancy. Immutable. */
public interface BarrierModel {
  /** A name for provenance and reports; such as {@code compact}. */
  String name();

  /** The crystal whose environments the model reads. */
  Crystal crystal();

  /** Number of species besides the vacancy; codes 1 to this number are understood. */
  int species();

  /** A kernel for one thread; new workspace, same arithmetic. */
  BarrierKernel newKernel();

  /**
   * Attempt frequency of a jump (AL-40) ({@code species}: code of the atom that changes places with
   * the vacancy); 1/s.
   */
  double attemptFrequency(int species);

  /**
   * Whether evaluating the barriers of an environment takes no longer than finding them in a cache;
   * then simulations keep none.
   */
  default boolean quick() {
    return false;
  }

  /** How far a model that was fitted to a table is from it; empty for other models. */
  default Optional<TableError> tableError() {
    return Optional.empty();
  }
}
