package org.latticelift.sim.system;

import org.latticelift.sim.random.RandomStream;

/**
 * The patches of one large state, to be evolved one at a time or together. Every evolution starts
 * from that state and leaves it as it was, at the cost of what moves in it and not of the state
 * (EX-01). Serves one thread.
 */
public interface Patches {
  /**
   * Number of patches that can be evolved.
   *
   * @return K, or fewer where these stand for others that are not there
   */
  long count();

  /**
   * Chooses a patch, all with the same probability (ME-12).
   *
   * @param stream randomness
   * @return 0 to K - 1
   */
  default long draw(RandomStream stream) {
    return stream.below(count());
  }

  /**
   * Evolves one patch in its environment (ME-12).
   *
   * @param patch 0 to K - 1
   * @param duration how long; events are those of the patch
   * @param stream randomness of this evolution alone
   * @return increment of the observables of the patch, duration, and the compensator if asked for
   */
  PartialEvolution evolve(long patch, Duration duration, RandomStream stream);

  /**
   * Evolves the whole state together, whatever the environment of single patches is (EX-02, EX-03).
   *
   * @param duration how long; events are those of a patch, K times as many happen
   * @param stream randomness of this evolution alone
   * @return increments of all patches in ascending order, and of the whole
   */
  JointEvolution evolveAll(Duration duration, RandomStream stream);
}
