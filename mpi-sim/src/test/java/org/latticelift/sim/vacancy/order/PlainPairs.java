package org.latticelift.sim.vacancy.order;

import org.latticelift.sim.vacancy.crystal.SiteOffset;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** Plain twin of the pair counter: every bond seen from both ends, one neighbour at a time. */
final class PlainPairs {
  private PlainPairs() {}

  static long[] count(Lattice lattice, int shell, int species) {
    long[][] ordered = new long[16][16];
    int bases = lattice.crystal().basisCount();
    for (long site = 0; site < lattice.sites(); site++) {
      for (SiteOffset offset : lattice.crystal().shell((int) (site % bases), shell)) {
        ordered[lattice.get(site)][lattice.get(lattice.neighbour(site, offset))]++;
      }
    }
    long[] pairs = new long[species * (species + 1) / 2];
    int k = 0;
    for (int i = 1; i <= species; i++) {
      for (int j = i; j <= species; j++) {
        pairs[k++] = i == j ? ordered[i][i] / 2 : ordered[i][j];
      }
    }
    return pairs;
  }
}
