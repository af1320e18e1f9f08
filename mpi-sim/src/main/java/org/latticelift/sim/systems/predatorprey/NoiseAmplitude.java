package org.latticelift.sim.systems.predatorprey;

/** What the amplitude of the noise belongs to (DI-13). */
enum NoiseAmplitude {
  /** To a cell, however long. */
  CELL,
  /** To a length: it is divided by the root of that of a cell. */
  LENGTH
}
