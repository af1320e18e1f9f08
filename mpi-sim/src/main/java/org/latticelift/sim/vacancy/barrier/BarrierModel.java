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

  /** Evaluates barriers; holds a workspace, so one kernel serves one thread. */
  public interface BarrierKernel {
    /**
     * The barriers of all hops of one vacancy.
     *
     * @param environment species codes in lab order, 0 a vacancy
     * @param barriers filled with one barrier per hop, eV; positive infinity where the target is a
     *     vacancy (AL-24)
     */
    void barriers(byte[] environment, int at, int basis, float[] barriers, int to);

    /**
     * The barriers of several vacancies; the same bits as one call each ({@code environments}:
     * their codes, one environment after the other; {@code barriers}: filled with count x hops
     * barriers, eV).
     */
    void barriers(int count, byte[] environments, int[] basis, float[] barriers);
  }
}
