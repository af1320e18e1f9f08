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

  /**
   * Rows of a tile that make a step.
   *
   * @param d latent dimension
   * @param shape which entries of sigma are there
   * @param z first of d rows of the state
   * @param drift first of d rows of mu
   * @param sigma first row of sigma
   * @param noise first of d rows of the increments of the Wiener process
   * @param kept first of 3 d rows that keep what a step of several drifts has begun with
   */
  public record StepTerms(
      int d, SigmaShape shape, int z, int drift, int sigma, int noise, int kept) {}

  /**
   * Rows of a tile that make the Onsager drift.
   *
   * @param d latent dimension
   * @param dissipation c_d (ME-57)
   * @param a first of d times d rows of the matrix A, row-major
   * @param gradient first of d rows of g = grad V
   * @param work d rows for L^T g
   * @param drift first of d rows, which hold f before and mu after
   */
  public record OnsagerTerms(int d, float dissipation, int a, int gradient, int work, int drift) {}
}
