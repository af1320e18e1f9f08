package org.latticelift.sim.systems.line;

import org.latticelift.sim.system.Lifting.Environment;

/**
 * How the patches of a line evolve (ME-13, ME-16, DI-03).
 *
 * @param patch sites of a patch
 * @param environment surroundings of an evolving patch
 * @param buffer sites on each side that move with it, where the environment is a buffer
 * @param steps of its evolution
 */
public record LineEvolution(int patch, Environment environment, int buffer, TimeSteps steps) {
  /** The sites of a patch ({@code number}: 0 to K - 1). */
  ChainSegment segment(long number) {
    return ChainSegment.patch(patch, number);
  }

  ChainSegment moving(ChainSegment part, int sites) {
    return switch (environment) {
      case WHOLE -> ChainSegment.whole(sites);
      case BUFFER -> part.widened(buffer, sites);
      case GHOST, PERIODIC -> part;
    };
  }
}
