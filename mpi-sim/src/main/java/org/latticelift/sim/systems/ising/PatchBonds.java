package org.latticelift.sim.systems.ising;

import java.util.Arrays;
import org.latticelift.sim.systems.spin.Window;

/**
 * The bonds of a patch within what is cut out with it. They are the same wherever the patch is in
 * its lattice, so they are found once for many patches and states. Not modified.
 */
final class PatchBonds {
  private static final int MOST = SiteClass.NEIGHBOURS;

  private final Shape shape;
  private final int sites;
  private final boolean[] inside;
  private final int[] partner;
  private final byte[] bonds;
  private final boolean[] distant;
  private final int[] neighbours;

  /** Row and column within the cut of the spins around it that bonds lead to. */
  private int[] around = new int[0];

  /** All that the bonds depend on. */
  private record Shape(int lattice, int cut, int row, int column, int patch, WallCount count) {
    static Shape of(SpinLattice lattice, Window patch, WallCount count, Window cut) {
      int n = lattice.side();
      return new Shape(
          n,
          cut.side(),
          Math.floorMod(patch.row() - cut.row(), n),
          Math.floorMod(patch.column() - cut.column(), n),
          patch.side(),
          count);
    }
  }

  /**
   * @param lattice with the patch
   * @param patch whose observables are meant
   * @param count which bonds are the patch's
   * @param cut the part of the lattice that evolves, frozen rings included
   * @param region that part
   */
  PatchBonds(SpinLattice lattice, Window patch, WallCount count, Window cut, SpinLattice region) {
    shape = Shape.of(lattice, patch, count, cut);
    sites = region.sites();
    inside = new boolean[sites];
    partner = new int[MOST * sites];
    bonds = new byte[sites];
    distant = new boolean[sites];
    neighbours = region.neighbours();
    for (int index = 0; index < patch.sites(); index++) {
      inside[cut.index(lattice, patch.site(lattice, index))] = true;
    }
    count.bonds(lattice, patch, (site, other) -> add(lattice, cut, site, other));
    for (int site = 0; site < sites; site++) {
      for (int k = first(site); k < end(site); k++) {
        distant[site] |= partner[k] < sites && !adjacent(site, partner[k]);
      }
    }
  }

  /** Whether these are also the bonds of another patch. */
  boolean fit(SpinLattice lattice, Window patch, WallCount count, Window cut) {
    return shape.equals(Shape.of(lattice, patch, count, cut));
  }

  private void add(SpinLattice lattice, Window cut, int site, int other) {
    int own = cut.index(lattice, site);
    int end = cut.index(lattice, other);
    if (end < 0) {
      end = surrounding(lattice, cut, other);
    } else {
      join(end, own);
    }
    join(own, end);
  }

  private int surrounding(SpinLattice lattice, Window cut, int site) {
    int n = lattice.side();
    int at = around.length;
    around = Arrays.copyOf(around, at + 2);
    around[at] = Math.floorMod(site / n - cut.row(), n);
    around[at + 1] = Math.floorMod(site % n - cut.column(), n);
    return sites + at / 2;
  }

  private void join(int site, int end) {
    partner[MOST * site + bonds[site]++] = end;
  }

  private boolean adjacent(int a, int b) {
    for (int k = 0; k < MOST; k++) {
      if (neighbour(a, k) == b) {
        return true;
      }
    }
    return false;
  }

  /** The spins of the region, then those around it that bonds lead to. */
  byte[] spins(SpinLattice lattice, Window cut, SpinLattice region) {
    byte[] spins = Arrays.copyOf(region.spins(), sites + around.length / 2);
    int n = lattice.side();
    for (int k = 0; k < around.length; k += 2) {
      int row = Math.floorMod(cut.row() + around[k], n);
      int column = Math.floorMod(cut.column() + around[k + 1], n);
      spins[sites + k / 2] = (byte) lattice.spin(row * n + column);
    }
    return spins;
  }

  /** Sites of the region. */
  int sites() {
    return sites;
  }

  /** Whether a site of the region is in the patch. */
  boolean inside(int site) {
    return inside[site];
  }

  /** Whether a bond of a site leads to a site of the region that is no neighbour there. */
  boolean distant(int site) {
    return distant[site];
  }

  /** A neighbour of a site in the region, 0 to 3. */
  int neighbour(int site, int k) {
    return neighbours[MOST * site + k];
  }

  /** Number of the first bond of a site. */
  int first(int site) {
    return MOST * site;
  }

  /** Number after the last bond of a site. */
  int end(int site) {
    return MOST * site + bonds[site];
  }

  /** The other end of a bond, as index of {@link #spins}. */
  int partner(int bond) {
    return partner[bond];
  }
}
