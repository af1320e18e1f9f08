package org.latticelift.sim.vacancy.lattice;

/**
 * Arithmetic of 64-bit site numbers, apart from any storage so that huge lattices can be tested.
 */
public final class SiteIndex {
  private SiteIndex() {}

  /** Number of a site ({@code basis}: sites per cell); ((x ny + y) nz + z) basis + b. */
  public static long of(int x, int y, int z, int b, int ny, int nz, int basis) {
    return (((long) x * ny + y) * nz + z) * basis + b;
  }

  /** First coordinate of a site ({@code basis}: sites per cell). */
  public static int x(long site, int ny, int nz, int basis) {
    return (int) (site / ((long) ny * nz * basis));
  }

  /** Second coordinate of a site ({@code basis}: sites per cell). */
  public static int y(long site, int ny, int nz, int basis) {
    return (int) (site / ((long) nz * basis) % ny);
  }

  /** Third coordinate of a site ({@code basis}: sites per cell). */
  public static int z(long site, int nz, int basis) {
    return (int) (site / basis % nz);
  }

  /** Basis position of a site ({@code basis}: sites per cell); 0 to basis - 1. */
  public static int b(long site, int basis) {
    return (int) (site % basis);
  }
}
