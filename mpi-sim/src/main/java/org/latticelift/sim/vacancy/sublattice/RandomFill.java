package org.latticelift.sim.vacancy.sublattice;

import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.random.Permutation;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.sublattice.SublatticeRun.InitialLattice;

/**
 * A random alloy of exact composition, filled by every rank for itself: a permutation of all sites
 * decides, so that nothing is drawn for sites of others and nothing is sent.
 */
final class RandomFill implements InitialLattice {
  private final long[] end;
  private final Permutation permutation;

  /**
   * Plans the fill.
   *
   * @param counts sites of the whole lattice per code, index 0 vacancies
   */
  RandomFill(long[] counts, Permutation permutation) {
    this.permutation = permutation;
    end = new long[counts.length];
    long sum = 0;
    for (int code = 0; code < counts.length; code++) {
      sum += counts[code];
      end[code] = sum;
    }
    if (sum != permutation.size()) {
      throw new IllegalArgumentException(sum + " codes for " + permutation.size() + " sites");
    }
  }

  /** Code of a site of the whole lattice. */
  byte code(long site) {
    long place = permutation.of(site);
    byte code = 0;
    while (place >= end[code]) {
      code++;
    }
    return code;
  }

  @Override
  public void fill(Communicator ranks, Domain domain, Lattice lattice) {
    int basis = lattice.crystal().basisCount();
    long rows = domain.blocks().ny();
    for (int x = 0; x < lattice.nx(); x++) {
      byte[] plane = lattice.plane(x);
      int at = 0;
      for (int y = 0; y < lattice.ny(); y++) {
        long row = domain.global(x, 0) * rows + domain.global(y, 1);
        for (int z = 0; z < lattice.nz(); z++) {
          long cell = row * domain.blocks().nz() + domain.global(z, 2);
          for (int b = 0; b < basis; b++) {
            plane[at++] = code(cell * basis + b);
          }
        }
      }
    }
  }
}
