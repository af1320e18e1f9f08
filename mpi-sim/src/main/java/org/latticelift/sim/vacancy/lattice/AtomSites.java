package org.latticelift.sim.vacancy.lattice;

import java.util.List;
import org.latticelift.io.atoms.AtomFrame;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.crystal.Crystal;

/**
 * Finds the lattice sites of atoms from their positions, for a cell along the axes of the crystal.
 *
 * @param crystal of the atoms
 * @param nx cells along the first vector of the frame
 * @param ny cells along the second
 * @param nz cells along the third
 * @param tolerance largest distance from a site, in cells along each axis
 * @param file for messages
 */
public record AtomSites(Crystal crystal, int nx, int ny, int nz, double tolerance, String file) {
  /**
   * The site that an atom is snapped to.
   *
   * @param atom number of the atom, from 0
   * @return its index, in the order of {@link Lattice#index}
   * @throws LatticeLiftException (65) if it is too far from every site
   */
  public long site(AtomFrame frame, int atom) {
    double[] f = fractional(frame.cell(), frame.position(), 3 * atom);
    int[] n = {nx, ny, nz};
    List<List<Double>> basis = crystal.spec().basis();
    for (int b = 0; b < basis.size(); b++) {
      int[] cell = new int[3];
      boolean here = true;
      for (int axis = 0; axis < 3 && here; axis++) {
        double inCells = f[axis] * n[axis] - basis.get(b).get(axis);
        cell[axis] = Math.floorMod(Math.round(inCells), n[axis]);
        here = Math.abs(inCells - Math.rint(inCells)) < tolerance;
      }
      if (here) {
        return index(cell[0], cell[1], cell[2], b);
      }
    }
    throw LatticeLiftException.badData(
        "atom "
            + (atom + 1)
            + " is on no site of a "
            + crystal.name()
            + " lattice of "
            + n[0]
            + " x "
            + n[1]
            + " x "
            + n[2]
            + " cells",
        file,
        "positions within " + tolerance + " cells of a site",
        "Check the positions and the size of the lattice (lattice.small, lattice.large), or allow"
            + " more (tolerance)");
  }

  /** Number of sites. */
  public long sites() {
    return (long) nx * ny * nz * crystal.basisCount();
  }

  private long index(int x, int y, int z, int b) {
    return (((long) x * ny + y) * nz + z) * crystal.basisCount() + b;
  }

  /** The site at a place as seen from another, around the periodic cell. */
  public long beside(long site, int dx, int dy, int dz, int basis) {
    long cell = site / crystal.basisCount();
    int z = Math.floorMod(cell % nz + dz, nz);
    int y = Math.floorMod(cell / nz % ny + dy, ny);
    int x = Math.floorMod(cell / nz / ny + dx, nx);
    return index(x, y, z, basis);
  }

  /** Solves position = f * cell for the row vectors of the cell (Cramer's rule). */
  private static double[] fractional(double[] cell, double[] position, int at) {
    double[] a = {cell[0], cell[1], cell[2]};
    double[] b = {cell[3], cell[4], cell[5]};
    double[] c = {cell[6], cell[7], cell[8]};
    double[] p = {position[at], position[at + 1], position[at + 2]};
    double volume = triple(a, b, c);
    return new double[] {
      triple(p, b, c) / volume, triple(a, p, c) / volume, triple(a, b, p) / volume
    };
  }

  private static double triple(double[] a, double[] b, double[] c) {
    return a[0] * (b[1] * c[2] - b[2] * c[1])
        - a[1] * (b[0] * c[2] - b[2] * c[0])
        + a[2] * (b[0] * c[1] - b[1] * c[0]);
  }
}
