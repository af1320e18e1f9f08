package org.latticelift.sim.systems.alloy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;

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
