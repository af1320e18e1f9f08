package org.latticelift.sim.systems.curieweiss;

/** What the spins of a window that is relaxed feel (DI-43). */
enum WindowCoupling {
  /** The mean field of the whole lattice. */
  WHOLE,
  /** Only each other. */
  ISOLATED
}
