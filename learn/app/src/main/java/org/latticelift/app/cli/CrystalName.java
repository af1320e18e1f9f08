package org.latticelift.app.cli;

import java.util.Locale;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** The crystals that options know by name. */
enum CrystalName {
  BCC,
  FCC;

  Crystal crystal() {
    return this == BCC ? Crystal.bcc() : Crystal.fcc();
  }

  /** As the options are written. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
