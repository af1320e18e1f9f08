package org.latticelift.sim.systems.ising;

/** The dynamics of whole runs (DI-10). */
enum RunDynamics {
  /** Glauber dynamics in continuous time. */
  CONTINUOUS,
  /** Heat-bath sweeps, one per unit of time (PT-03). */
  SWEEPS
}
