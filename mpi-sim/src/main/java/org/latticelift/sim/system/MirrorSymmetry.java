package org.latticelift.sim.system;

/**
 * A system whose law does not change when some of its observables change their sign, as that of
 * spins without a field does when all spins turn (EX-05). Optional: a system implements it beside
 * {@link MicroscopicSystem}.
 */
public interface MirrorSymmetry {
  /**
   * How a mirror image differs.
   *
   * @return -1 for each observable that changes its sign, 1 for the others; empty where the
   *     configuration breaks the symmetry
   */
  int[] mirror();

  /**
   * The mirror of a system.
   *
   * @param system any
   * @return empty where it has none
   */
  static int[] of(MicroscopicSystem<?> system) {
    return system instanceof MirrorSymmetry symmetric ? symmetric.mirror() : new int[0];
  }
}
