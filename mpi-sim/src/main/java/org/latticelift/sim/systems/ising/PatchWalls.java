package org.latticelift.sim.systems.ising;

import org.latticelift.sim.system.Environment;

/** How walls of a patch are counted, as configured (DI-04). */
enum PatchWalls {
  /** Touched bonds where surroundings are frozen, else owned ones. */
  AUTO,
  /** {@link WallCount#OWNED}. */
  OWNED,
  /** {@link WallCount#TOUCHED}. */
  TOUCHED,
  /** {@link WallCount#SEAM}. */
  SEAM;

  WallCount in(Environment environment) {
    return switch (this) {
      case AUTO -> environment == Environment.GHOST ? WallCount.TOUCHED : WallCount.OWNED;
      case OWNED -> WallCount.OWNED;
      case TOUCHED -> WallCount.TOUCHED;
      case SEAM -> WallCount.SEAM;
    };
  }
}
