package org.latticelift.sim.vacancy.barrier;

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
   * The barriers of several vacancies; the same bits as one call each ({@code environments}: their
   * codes, one environment after the other; {@code barriers}: filled with count x hops barriers,
   * eV).
   */
  void barriers(int count, byte[] environments, int[] basis, float[] barriers);
}
