package org.latticelift.sim.systems.ising;

import org.latticelift.sim.systems.spin.Window;

/** Which bonds count as those of a patch (DI-04). */
enum WallCount {
  /** Every site owns the bonds to the rows above and to the left: patches add up to the whole. */
  OWNED,
  /**
   * As owned; an increment is the change of all bonds, owned or not, that the patch's flips cause.
   */
  TOUCHED,
  /** The bonds of the cut-out patch closed on itself (IS-31). */
  SEAM;

  /** Is shown bonds as pairs of sites of the lattice. */
  @FunctionalInterface
  interface BondVisitor {
    /** The first site is in the patch. */
    void bond(int site, int other);
  }

  /** Magnetisation and walls of a patch, per site and per bond. */
  double[] observe(SpinLattice lattice, Window patch) {
    int n = lattice.side();
    int side = patch.side();
    int row = Math.floorMod(patch.row() + (this == SEAM ? side : 0) - 1, n) * n;
    int first = Math.floorMod(patch.column(), n);
    int beforeFirst = Math.floorMod(patch.column() + (this == SEAM ? side : 0) - 1, n);
    long sum = 0;
    long walls = 0;
    for (int i = 0; i < side; i++) {
      int above = row;
      row = Math.floorMod(patch.row() + i, n) * n;
      int left = lattice.spin(row + beforeFirst);
      int column = first;
      for (int j = 0; j < side; j++) {
        int spin = lattice.spin(row + column);
        sum += spin;
        walls += spin == lattice.spin(above + column) ? 0 : 1;
        walls += spin == left ? 0 : 1;
        left = spin;
        column = column + 1 == n ? 0 : column + 1;
      }
    }
    double sites = patch.sites();
    return new double[] {sum / sites, walls / (2 * sites)};
  }

  private int above(SpinLattice lattice, Window patch, int index) {
    int side = patch.side();
    return this == SEAM && index < side
        ? patch.site(lattice, index + side * (side - 1))
        : lattice.neighbour(patch.site(lattice, index), 0, -1);
  }

  private int left(SpinLattice lattice, Window patch, int index) {
    int side = patch.side();
    return this == SEAM && index % side == 0
        ? patch.site(lattice, index + side - 1)
        : lattice.neighbour(patch.site(lattice, index), 1, -1);
  }

  /** Shows every bond once whose walls are in the increments of a patch. */
  void bonds(SpinLattice lattice, Window patch, BondVisitor visitor) {
    int side = patch.side();
    for (int index = 0; index < patch.sites(); index++) {
      int site = patch.site(lattice, index);
      visitor.bond(site, above(lattice, patch, index));
      visitor.bond(site, left(lattice, patch, index));
      if (this == TOUCHED && side < lattice.side()) {
        if (index >= side * (side - 1)) {
          visitor.bond(site, lattice.neighbour(site, 0, 1));
        }
        if (index % side == side - 1) {
          visitor.bond(site, lattice.neighbour(site, 1, 1));
        }
      }
    }
  }
}
