package org.latticelift.sim.vacancy.crystal;

/** Crystals that configurations can name. */
public enum KnownCrystal {
  /** Body-centred cubic. */
  BCC,
  /** Face-centred cubic. */
  FCC;

  /**
   * Its geometry.
   *
   * @return always the same object
   */
  public Crystal crystal() {
    return switch (this) {
      case BCC -> Crystal.bcc();
      case FCC -> Crystal.fcc();
    };
  }
}
