package org.latticelift.alloy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.latticelift.crystal.Crystal;
import org.latticelift.lattice.Lattice;
import org.latticelift.lattice.LatticeShape;

/** The lattice shapes of a run, each made once: small, large and the levels between. */
final class Shapes {
  private final Crystal crystal;
  private final Map<Cells, LatticeShape> made = new ConcurrentHashMap<>();

  Shapes(Crystal crystal) {
    this.crystal = crystal;
  }

  LatticeShape of(Cells cells) {
    return made.computeIfAbsent(cells, c -> new LatticeShape(crystal, c.nx(), c.ny(), c.nz()));
  }

  /** A lattice full of vacancies. */
  Lattice lattice(Cells cells) {
    return new Lattice(of(cells));
  }
}
