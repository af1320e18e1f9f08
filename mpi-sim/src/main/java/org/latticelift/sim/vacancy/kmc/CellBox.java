package org.latticelift.sim.vacancy.kmc;

import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.lattice.SiteIndex;

/**
 * A box of whole cells in a periodic lattice; it may cross the border.
 *
 * @param x first cell along the first axis, 0 to cells of the lattice - 1
 * @param y first cell along the second axis
 * @param z first cell along the third axis
 * @param nx cells along the first axis, 1 to cells of the lattice
 * @param ny cells along the second axis
 * @param nz cells along the third axis
 */
public record CellBox(int x, int y, int z, int nx, int ny, int nz) {
  /** The whole lattice ({@code lattice}: not modified). */
  public static CellBox all(Lattice lattice) {
    return new CellBox(0, 0, 0, lattice.nx(), lattice.ny(), lattice.nz());
  }

  /**
   * The cube of cells around the cell of a site: as many in front as behind, one less behind if the
   * number is even (AL-71), at most the whole lattice ({@code lattice}: not modified; {@code
   * cells}: cells per axis).
   */
  public static CellBox around(Lattice lattice, long site, int cells) {
    return around(lattice.shape(), site, cells, cells, cells);
  }

  /** The box of cells around the cell of a site; the box, at most the whole lattice. */
  public static CellBox around(LatticeShape lattice, long site, int nx, int ny, int nz) {
    int basis = lattice.crystal().basisCount();
    return axes(
        lattice,
        SiteIndex.x(site, lattice.ny(), lattice.nz(), basis) - nx / 2,
        SiteIndex.y(site, lattice.ny(), lattice.nz(), basis) - ny / 2,
        SiteIndex.z(site, lattice.nz(), basis) - nz / 2,
        new int[] {nx, ny, nz});
  }

  /**
   * The box with a margin on all six sides, at most the whole lattice ({@code width}: cells added
   * per side).
   */
  public CellBox grown(LatticeShape lattice, int width) {
    int[] size = {nx + 2 * width, ny + 2 * width, nz + 2 * width};
    return axes(lattice, x - width, y - width, z - width, size);
  }

  private static CellBox axes(LatticeShape lattice, int x, int y, int z, int[] size) {
    return new CellBox(
        Math.floorMod(x, lattice.nx()),
        Math.floorMod(y, lattice.ny()),
        Math.floorMod(z, lattice.nz()),
        Math.min(size[0], lattice.nx()),
        Math.min(size[1], lattice.ny()),
        Math.min(size[2], lattice.nz()));
  }

  /** The sites of the box as a region ({@code lattice}: gives the periods; not kept). */
  public Region region(Lattice lattice) {
    return region(lattice.shape());
  }

  /** The sites of the box as a region ({@code lattice}: gives the periods; not kept). */
  public Region region(LatticeShape lattice) {
    int px = lattice.nx();
    int py = lattice.ny();
    int pz = lattice.nz();
    return (cx, cy, cz, b) ->
        within(cx - x, nx, px) && within(cy - y, ny, py) && within(cz - z, nz, pz);
  }

  private static boolean within(int distance, int size, int period) {
    return (distance < 0 ? distance + period : distance) < size;
  }

  /** Number of cells. */
  public long cells() {
    return (long) nx * ny * nz;
  }
}
