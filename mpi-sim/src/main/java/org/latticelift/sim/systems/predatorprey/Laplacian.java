package org.latticelift.sim.systems.predatorprey;

/** What the diffusion of a field is (DI-12). */
enum Laplacian {
  /** The second difference of cells. */
  CELLS,
  /** That divided by the square of the length of a cell. */
  LENGTH
}
