package org.latticelift.learn.sde;

import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;

/** Which entries of the diffusion matrix are not zero by construction. */
public enum SigmaShape {
  /** All, stored row-major. */
  FULL,
  /** Those with column at most row, stored as for the full matrix. */
  LOWER,
  /** The diagonal, stored alone. */
  DIAGONAL;

  static SigmaShape of(DiffusionSpec spec) {
    if (!spec.mode().full()) {
      return DIAGONAL;
    }
    return spec.lower() ? LOWER : FULL;
  }

  /**
   * First column of a row.
   *
   * @param i row
   */
  public int first(int i) {
    return this == DIAGONAL ? i : 0;
  }

  /**
   * One past the last column of a row.
   *
   * @param i row
   */
  public int end(int i, int d) {
    return this == FULL ? d : i + 1;
  }

  /**
   * Where an entry is stored.
   *
   * @param i row
   * @return its position from the first stored entry
   */
  public int at(int i, int j, int d) {
    return this == DIAGONAL ? i : i * d + j;
  }
}
