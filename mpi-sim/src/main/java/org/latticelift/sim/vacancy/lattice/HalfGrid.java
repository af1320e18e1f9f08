package org.latticelift.sim.vacancy.lattice;

import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.crystal.Crystal;

/**
 * The half-spacing grid of a cubic crystal (AL-04): codes -1 no site, 0 vacancy, 1 up species. The
 * basis position of a point follows from which of its coordinates are odd: none or all three in
 * BCC, none or two of them in FCC.
 */
public final class HalfGrid {
  private static final byte NO_SITE = -1;

  private HalfGrid() {}

  /** The basis position of a point, or -1 where there is no site. */
  public static int basis(Crystal crystal, int i, int j, int k) {
    for (int b = 0; b < crystal.basisCount(); b++) {
      List<Double> at = crystal.spec().basis().get(b);
      if ((i & 1) == (int) (2 * at.get(0))
          && (j & 1) == (int) (2 * at.get(1))
          && (k & 1) == (int) (2 * at.get(2))) {
        return b;
      }
    }
    return -1;
  }

  /** Converts a grid of BCC. */
  public static Lattice toLattice(byte[] grid, int side, String where) {
    return toLattice(Crystal.bcc(), grid, side, where);
  }

  /**
   * Converts a grid.
   *
   * @param grid codes, side x side x side, last axis fastest; not modified
   * @param side even number of half-grid points per axis
   * @param where what to name in an error
   * @throws LatticeLiftException for a code that does not belong where it is
   */
  public static Lattice toLattice(Crystal crystal, byte[] grid, int side, String where) {
    int cells = side / 2;
    Lattice lattice = new Lattice(crystal, cells, cells, cells);
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < side; j++) {
        for (int k = 0; k < side; k++) {
          byte code = grid[(i * side + j) * side + k];
          int basis = basis(crystal, i, j, k);
          boolean site = basis >= 0;
          if (site ? code < 0 || code > 15 : code != NO_SITE) {
            throw LatticeLiftException.badData(
                "code " + code + " at [" + i + "," + j + "," + k + "]",
                where,
                site ? "0 (vacancy) to 15 on a site" : "-1 where there is no site",
                "Check the grid");
          }
          if (site) {
            lattice.set(i / 2, j / 2, k / 2, basis, code);
          }
        }
      }
    }
    return lattice;
  }
}
