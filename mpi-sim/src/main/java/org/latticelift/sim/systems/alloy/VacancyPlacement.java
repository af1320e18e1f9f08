package org.latticelift.sim.systems.alloy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Gives every tile one vacancy at its centre (AL-65). A vacancy that already sits on a centre
 * stays, and the others go to the free centres in order, so that none is misplaced (DI-25). Only
 * the authors' preset does this (DI-38).
 */
final class VacancyPlacement {
  private VacancyPlacement() {}

  static void toTileCentres(Lattice lattice, Cells tile) {
    Set<Long> free = centres(lattice, tile);
    List<Long> displaced = new ArrayList<>();
    for (long vacancy : lattice.vacancies()) {
      if (!free.remove(vacancy)) {
        displaced.add(vacancy);
      }
    }
    Iterator<Long> centres = free.iterator();
    for (int i = 0; i < displaced.size() && centres.hasNext(); i++) {
      long centre = centres.next();
      lattice.set(displaced.get(i), lattice.get(centre));
      lattice.set(centre, Lattice.VACANCY);
    }
  }

  /** Row-major, corner sites. */
  private static Set<Long> centres(Lattice lattice, Cells tile) {
    Set<Long> centres = new LinkedHashSet<>();
    for (int x = tile.nx() / 2; x < lattice.nx(); x += tile.nx()) {
      for (int y = tile.ny() / 2; y < lattice.ny(); y += tile.ny()) {
        for (int z = tile.nz() / 2; z < lattice.nz(); z += tile.nz()) {
          centres.add(lattice.index(x, y, z, 0));
        }
      }
    }
    return centres;
  }
}
