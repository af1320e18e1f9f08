package org.latticelift.learn.kernel;

import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;

/** Which entries of the diffusion matrix are not zero by construction. */
public enum SigmaShape {
  /** All, stored row-major. */
  FULL,
  /** Those with column at most row, stored row by row. */
  LOWER,
  /** The diagonal, stored alone. */
  DIAGONAL;

  static SigmaShape of(DiffusionSpec spec) {
    if (!spec.mode().full()) {
      return DIAGONAL;
    }
    return spec.lower() ? LOWER : FULL;
  }

  /** First column of a row ({@code i}: row). */
  public int first(int i) {
    return this == DIAGONAL ? i : 0;
  }

  /** One past the last column of a row ({@code i}: row). */
  public int end(int i, int d) {
    return this == FULL ? d : i + 1;
  }

  /** Where an entry is stored ({@code i}: row); its position from the first stored entry. */
  public int at(int i, int j, int d) {
    return switch (this) {
      case FULL -> i * d + j;
      case LOWER -> i * (i + 1) / 2 + j;
      case DIAGONAL -> i;
    };
  }

  /** Number of stored entries. */
  public int entries(int d) {
    return at(d - 1, d - 1, d) + 1;
  }
}
