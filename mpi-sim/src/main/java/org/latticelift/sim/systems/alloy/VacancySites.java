package org.latticelift.sim.systems.alloy;

/** Where the vacancies of an upsampled lattice end up (DI-38). */
public enum VacancySites {
  /** Where tiles brought them. */
  KEEP,
  /** At the centres of tiles (AL-65). */
  TILE_CENTRES
}
