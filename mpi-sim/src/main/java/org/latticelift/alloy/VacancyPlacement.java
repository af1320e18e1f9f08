package org.latticelift.alloy;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.lattice.Lattice;

/**
 * Gives every tile one vacancy at its centre (AL-65). A vacancy that already sits on a centre
 * stays, and the others go to the free centres in order, so that none is misplaced (DI-25). Only
 * the authors' preset does this (DI-38).
 */
final class VacancyPlacement {
  private VacancyPlacement() {}

  static void toTileCentres(Lattice lattice, Cells tile) {
    List<Long> free = centres(lattice, tile);
    List<Long> displaced = new ArrayList<>();
    for (long vacancy : lattice.vacancies()) {
      if (!free.remove((Long) vacancy)) {
        displaced.add(vacancy);
      }
    }
    for (int i = 0; i < Math.min(free.size(), displaced.size()); i++) {
      lattice.set(displaced.get(i), lattice.get(free.get(i)));
      lattice.set(free.get(i), Lattice.VACANCY);
    }
  }

  /** Row-major, corner sites. */
  private static List<Long> centres(Lattice lattice, Cells tile) {
    List<Long> centres = new ArrayList<>();
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
