package org.latticelift.sim.systems.ising;

import java.util.Locale;
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

  /** From the configuration; frozen surroundings call for {@link #TOUCHED}. */
  static WallCount of(String text, String environment) {
    return text.equals("auto")
        ? environment.equals("ghost") ? TOUCHED : OWNED
        : valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** Magnetisation and walls of a patch, per site and per bond. */
  double[] observe(SpinLattice lattice, Window patch) {
    long sum = 0;
    long walls = 0;
    int side = patch.side();
    for (int index = 0; index < patch.sites(); index++) {
      int site = patch.site(lattice, index);
      int spin = lattice.spin(site);
      sum += spin;
      int above = lattice.neighbour(site, 0, -1);
      int left = lattice.neighbour(site, 1, -1);
      if (this == SEAM) {
        int row = index / side;
        int column = index % side;
        above = row > 0 ? above : patch.site(lattice, index + side * (side - 1));
        left = column > 0 ? left : patch.site(lattice, index + side - 1);
      }
      walls += spin == lattice.spin(above) ? 0 : 1;
      walls += spin == lattice.spin(left) ? 0 : 1;
    }
    double sites = patch.sites();
    return new double[] {sum / sites, walls / (2 * sites)};
  }
}
