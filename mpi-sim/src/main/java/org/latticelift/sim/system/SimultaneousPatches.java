package org.latticelift.sim.system;

import java.util.function.IntFunction;
import org.latticelift.sim.random.RandomStream;

/**
 * Patches of which many evolve at a time for much less than one after the other. Increments have
 * the law of {@link Patches#evolve}, not its bits, and are independent, but for patches that lie so
 * near each other that their surroundings are the same.
 */
public interface SimultaneousPatches extends Patches {
  /** Evolutions that cost as much as one. */
  int AT_A_TIME = Long.SIZE;

  /**
   * Evolves patches, each as often.
   *
   * @param chosen numbers of the patches, each once
   * @param evolutions of each of them
   * @param time how long
   * @param streams randomness of the k-th {@value #AT_A_TIME} evolutions alone
   * @return all increments
   */
  SimultaneousEvolutions evolve(
      long[] chosen, int evolutions, double time, IntFunction<RandomStream> streams);
}
