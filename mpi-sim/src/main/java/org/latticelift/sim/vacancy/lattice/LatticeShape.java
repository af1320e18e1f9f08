package org.latticelift.sim.vacancy.lattice;

import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.crystal.Crystal;

/**
 * What lattices of one crystal and size share: the size itself and the tables with which
 * environments are read. Building the tables costs up to a tenth of a millisecond, more than
 * filling a small lattice; who makes many lattices of one shape makes the shape once. Immutable.
 */
public final class LatticeShape {
  private final Crystal crystal;
  private final int nx;
  private final int ny;
  private final int nz;
  private final EnvironmentGather[] gathers;

  /**
   * A shape.
   *
   * @param crystal the crystal
   * @param nx cells along the first axis
   * @param ny cells along the second axis
   * @param nz cells along the third axis
   * @throws LatticeLiftException if an axis is so short that an environment would meet itself
   */
  public LatticeShape(Crystal crystal, int nx, int ny, int nz) {
    requireRoom(crystal, nx, ny, nz);
    this.crystal = crystal;
    this.nx = nx;
    this.ny = ny;
    this.nz = nz;
    this.gathers = EnvironmentGather.of(crystal, ny, nz);
  }

  private static void requireRoom(Crystal crystal, int nx, int ny, int nz) {
    int fewest = Lattice.fewestCells(crystal);
    if (Math.min(nx, Math.min(ny, nz)) < fewest) {
      throw LatticeLiftException.badData(
          "a lattice of " + nx + " x " + ny + " x " + nz + " cells is too small",
          "lattice",
          "at least " + fewest + " cells per axis, or an environment meets itself",
          "Enlarge the lattice");
    }
    if ((long) ny * nz * crystal.basisCount() > Integer.MAX_VALUE - 16) {
      throw LatticeLiftException.badData(
          "a plane of " + ny + " x " + nz + " cells has too many sites",
          "lattice",
          "up to 2^31 - 17 sites per plane",
          "Make the first axis the longest");
    }
  }

  /**
   * The crystal.
   *
   * @return not null
   */
  public Crystal crystal() {
    return crystal;
  }

  /**
   * Cells along the first axis.
   *
   * @return positive
   */
  public int nx() {
    return nx;
  }

  /**
   * Cells along the second axis.
   *
   * @return positive
   */
  public int ny() {
    return ny;
  }

  /**
   * Cells along the third axis.
   *
   * @return positive
   */
  public int nz() {
    return nz;
  }

  /**
   * Number of sites.
   *
   * @return nx ny nz times the sites of a cell
   */
  public long sites() {
    return (long) nx * ny * nz * crystal.basisCount();
  }

  EnvironmentGather[] gathers() {
    return gathers;
  }
}
