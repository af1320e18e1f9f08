package org.latticelift.sim.systems.alloy;

import java.util.List;
import org.latticelift.io.atoms.AtomFrame;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** Finds the lattice site of an atom from its position. */
final class AtomSites {
  private AtomSites() {}

  /** The site that an atom is snapped to: within the tolerance, along each vector of the cell. */
  static long site(AtomFrame frame, int atom, Lattice lattice, StartConfig config) {
    double[] f = fractional(frame.cell(), frame.position(), 3 * atom);
    int[] n = {lattice.nx(), lattice.ny(), lattice.nz()};
    List<List<Double>> basis = lattice.crystal().spec().basis();
    for (int b = 0; b < basis.size(); b++) {
      int[] cell = new int[3];
      boolean here = true;
      for (int axis = 0; axis < 3 && here; axis++) {
        double inCells = f[axis] * n[axis] - basis.get(b).get(axis);
        cell[axis] = Math.floorMod(Math.round(inCells), n[axis]);
        here = Math.abs(inCells - Math.rint(inCells)) < config.tolerance();
      }
      if (here) {
        return lattice.index(cell[0], cell[1], cell[2], b);
      }
    }
    throw LatticeLiftException.badData(
        "atom "
            + (atom + 1)
            + " is on no site of a "
            + lattice.crystal().name()
            + " lattice of "
            + n[0]
            + " x "
            + n[1]
            + " x "
            + n[2]
            + " cells",
        config.file().path().toString(),
        "positions within " + config.tolerance() + " cells of a site",
        "Check the positions and lattice.small or lattice.large, or set lattice.start.tolerance");
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
