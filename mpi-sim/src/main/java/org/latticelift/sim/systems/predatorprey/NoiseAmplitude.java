package org.latticelift.sim.systems.predatorprey;

/** What the amplitude of the noise belongs to (DI-13). */
enum NoiseAmplitude {
  /** To a cell, however long. */
  CELL,
  /** To a length: it is divided by the root of that of a cell. */
  LENGTH;

  /** What the diffusion of a field is (DI-12). */
  enum Laplacian {
    /** The second difference of cells. */
    CELLS,
    /** That divided by the square of the length of a cell. */
    LENGTH
  }
}
