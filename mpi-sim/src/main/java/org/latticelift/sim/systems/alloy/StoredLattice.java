package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.order.OrderParameters;
import org.latticelift.sim.vacancy.order.OrderParameters.Counts;

/**
 * A lattice that is stored as a whole.
 *
 * @param whole all sites
 * @param vacancies in selection order
 */
record StoredLattice(Lattice whole, long[] vacancies) implements ReadableLattice {
  @Override
  public LatticeShape shape() {
    return whole.shape();
  }

  @Override
  public long[] counts() {
    return whole.counts();
  }

  @Override
  public long vacancyCount() {
    return vacancies.length;
  }

  @Override
  public long vacancy(long k) {
    return vacancies[Math.toIntExact(k)];
  }

  @Override
  public void read(int x, int y, int z, Lattice to, CellBox box) {
    PeriodicCopy.copy(whole, x, y, z, to, box);
  }

  @Override
  public void count(OrderParameters order, Counts counts) {
    order.recount(whole, counts);
  }
}
