package org.latticelift.sim.system;

import org.latticelift.sim.random.RandomStream;

/**
 * Patches of an {@link EncodableSystem}, which can be looked at while they are evolved.
 *
 * @param <S> state
 */
public interface EncodablePatches<S> extends Patches {
  /**
   * As {@link #evolve(long, Duration, RandomStream)}, and shows the evolved patch.
   *
   * @param patch 0 to K - 1
   * @param duration how long
   * @param stream randomness of this evolution alone
   * @param look sees the evolved patch
   * @return the same as without looking
   */
  PartialEvolution evolve(long patch, Duration duration, RandomStream stream, EvolvedPatch<S> look);

  @Override
  default PartialEvolution evolve(long patch, Duration duration, RandomStream stream) {
    return evolve(patch, duration, stream, (evolved, chosen) -> {});
  }
}
