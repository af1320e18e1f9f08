package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.lattice.SiteIndex;

/**
 * Where patches lie, which have the size of the small system.
 *
 * @param cells of a patch
 * @param basis sites of a cell
 */
record PatchGeometry(Cells cells, int basis) {
  /** The patch around a site (AL-71). */
  CellBox around(LatticeShape state, long site) {
    return CellBox.around(state, site, cells.nx(), cells.ny(), cells.nz());
  }

  /** The tile that a site is in. */
  CellBox tileOf(LatticeShape state, long site) {
    return new CellBox(
        tileStart(SiteIndex.x(site, state.ny(), state.nz(), basis), cells.nx()),
        tileStart(SiteIndex.y(site, state.ny(), state.nz(), basis), cells.ny()),
        tileStart(SiteIndex.z(site, state.nz(), basis), cells.nz()),
        cells.nx(),
        cells.ny(),
        cells.nz());
  }

  private static int tileStart(int cell, int length) {
    return cell / length * length;
  }

  /** The k-th tile in row-major order. */
  CellBox tile(LatticeShape state, long patch) {
    int ty = state.ny() / cells.ny();
    int tz = state.nz() / cells.nz();
    int x = (int) (patch / ((long) ty * tz));
    int y = (int) (patch / tz % ty);
    int z = (int) (patch % tz);
    return new CellBox(
        x * cells.nx(), y * cells.ny(), z * cells.nz(), cells.nx(), cells.ny(), cells.nz());
  }

  /** Sites of a box. */
  long sites(CellBox box) {
    return box.cells() * basis;
  }
}
