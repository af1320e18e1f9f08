package org.latticelift.sim.vacancy.lattice;

import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.crystal.Crystal;

/**
 * The half-spacing grid of BCC (AL-04): codes -1 no site, 0 vacancy, 1 up species; sites where all
 * three coordinates are even (corner) or all odd (centre).
 */
public final class HalfGrid {
  private static final byte NO_SITE = -1;

  private HalfGrid() {}

  /**
   * Converts a grid.
   *
   * @param grid codes, side x side x side, last axis fastest; not modified
   * @param side even number of half-grid points per axis
   * @param where what to name in an error
   * @throws LatticeLiftException for a code that does not belong where it is
   */
  public static Lattice toLattice(byte[] grid, int side, String where) {
    int cells = side / 2;
    Lattice lattice = new Lattice(Crystal.bcc(), cells, cells, cells);
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        for (int k = 0; k < side; k++) {
          byte code = grid[(i * side + j) * side + k];
          boolean site = (i & 1) == (j & 1) && (j & 1) == (k & 1);
          if (site ? code < 0 || code > 15 : code != NO_SITE) {
            throw LatticeLiftException.badData(
                "code " + code + " at [" + i + "," + j + "," + k + "]",
                where,
                site ? "0 (vacancy) to 15 on a site" : "-1 where there is no site",
                "Check the grid");
          }
          if (site) {
            lattice.set(i / 2, j / 2, k / 2, i & 1, code);
          }
        }
      }
    }
    return lattice;
  }
}
