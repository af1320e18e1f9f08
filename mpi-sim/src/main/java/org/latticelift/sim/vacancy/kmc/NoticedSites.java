package org.latticelift.sim.vacancy.kmc;

import java.util.LinkedHashSet;
import java.util.Set;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * The sites around a site at which vacancies notice each other: those of its environment, where
 * codes decide rates; if possible hops are observed, those of the environments of the targets of
 * its hops, too, where codes decide what hops change. Both are symmetric: if one of two sites
 * notices the other, then the other notices it.
 */
final class NoticedSites {
  private final Lattice lattice;

  /** Cells along an axis, at most. */
  private final int reach;

  /** Places of a difference along an axis: all of a small lattice. */
  private final int nx;

  private final int ny;
  private final int nz;
  private final int basis;

  /** By basis position of the centre, difference in cells from -reach on, and basis position. */
  private final boolean[] noticed;

  /** Differences and basis positions by that of the centre. */
  private final int[][][] sites;

  /** One offset in cells to a basis position. */
  private record Offset(int x, int y, int z, int b) {}

  /**
   * @param lattice gives the periods
   * @param hops whether environments of the targets of hops count
   */
  NoticedSites(Lattice lattice, HopGeometry geometry, boolean hops) {
    this.lattice = lattice;
    basis = lattice.crystal().basisCount();
    reach = geometry.reach * (hops ? 2 : 1);
    nx = Math.min(lattice.nx(), 2 * reach + 1);
    ny = Math.min(lattice.ny(), 2 * reach + 1);
    nz = Math.min(lattice.nz(), 2 * reach + 1);
    noticed = new boolean[basis * nx * ny * nz * basis];
    sites = new int[basis][][];
    for (int b = 0; b < basis; b++) {
      Set<Offset> offsets = new LinkedHashSet<>();
      offsets.add(new Offset(0, 0, 0, b));
      add(offsets, geometry, new Offset(0, 0, 0, b));
      for (int d = 0; hops && d < geometry.hops; d++) {
        add(offsets, geometry, at(geometry, new Offset(0, 0, 0, b), geometry.target[b][d]));
      }
      for (Offset o : offsets) {
        noticed[index(b, o.x, o.y, o.z, o.b)] = true;
      }
      sites[b] = offsets.stream().map(o -> new int[] {o.x, o.y, o.z, o.b}).toArray(int[][]::new);
    }
  }

  private static void add(Set<Offset> offsets, HopGeometry geometry, Offset from) {
    for (int j = 0; j < geometry.sites; j++) {
      offsets.add(at(geometry, from, j));
    }
  }

  private static Offset at(HopGeometry g, Offset from, int j) {
    int b = from.b;
    return new Offset(from.x + g.dx[b][j], from.y + g.dy[b][j], from.z + g.dz[b][j], g.basis[b][j]);
  }

  /** Where a difference stands; -1 if it is too far. */
  private int index(int from, int dx, int dy, int dz, int to) {
    int i = place(dx, lattice.nx());
    int j = place(dy, lattice.ny());
    int k = place(dz, lattice.nz());
    return i < nx && j < ny && k < nz ? (((from * nx + i) * ny + j) * nz + k) * basis + to : -1;
  }

  private int place(int difference, int period) {
    int i = difference + reach;
    return i >= 0 && i < period ? i : Math.floorMod(i, period);
  }

  /** Whether a site notices another one that is so many cells away, periodic. */
  boolean contain(int from, int dx, int dy, int dz, int to) {
    int at = index(from, dx, dy, dz, to);
    return at >= 0 && noticed[at];
  }

  /** Whether an active vacancy other than this one is at one of the sites. */
  boolean meet(ActiveVacancies vacancies, int v) {
    for (int[] o : sites[vacancies.b[v]]) {
      int x = Math.floorMod(vacancies.x[v] + o[0], lattice.nx());
      int y = Math.floorMod(vacancies.y[v] + o[1], lattice.ny());
      int z = Math.floorMod(vacancies.z[v] + o[2], lattice.nz());
      if (lattice.get(x, y, z, o[3]) == Lattice.VACANCY) {
        int w = vacancies.index.get(lattice.index(x, y, z, o[3]));
        if (w >= 0 && w != v) {
          return true;
        }
      }
    }
    return false;
  }

  int reach() {
    return reach;
  }
}
