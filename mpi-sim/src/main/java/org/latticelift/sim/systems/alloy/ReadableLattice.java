package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;

/** A lattice of which all sites are there. */
interface ReadableLattice extends LatticeView, CellReader {
  @Override
  LatticeShape shape();

  @Override
  default CellReader around(long site) {
    return this;
  }

  @Override
  default Lattice whole() {
    Lattice whole = new Lattice(shape());
    read(0, 0, 0, whole);
    return whole;
  }
}
