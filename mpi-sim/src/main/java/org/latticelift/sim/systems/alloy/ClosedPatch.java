package org.latticelift.sim.systems.alloy;

/** Where a patch lies that is closed onto itself. */
public enum ClosedPatch {
  /** Around its vacancy (AL-72): what it is closed onto is no neighbour of it. */
  VACANCY,
  /** The tile that holds its vacancy: closed, it is the small state that it was made of. */
  TILE,
  /** The tile, which goes on as the run did that it was a snapshot of; nothing is evolved. */
  RUN
}
