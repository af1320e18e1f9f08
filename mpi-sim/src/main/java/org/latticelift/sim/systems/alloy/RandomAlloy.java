package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;

final class RandomAlloy {
  private RandomAlloy() {}

  /**
   * Fills a lattice site by site; every arrangement with these counts is equally likely ({@code
   * counts}: sites per code, their sum the number of sites; not modified).
   */
  static AlloyState of(LatticeShape shape, long[] counts, RandomStream stream) {
    Lattice lattice = new Lattice(shape);
    long[] left = counts.clone();
    long remaining = lattice.sites();
    for (int x = 0; x < lattice.nx(); x++) {
      byte[] plane = lattice.plane(x);
      for (int i = 0; i < plane.length; i++) {
        long pick = stream.below(remaining--);
        byte code = 0;
        while (pick >= left[code]) {
          pick -= left[code++];
        }
        left[code]--;
        plane[i] = code;
      }
    }
    return AlloyState.scanned(lattice);
  }
}
