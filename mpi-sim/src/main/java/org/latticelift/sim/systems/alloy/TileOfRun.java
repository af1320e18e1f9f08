package org.latticelift.sim.systems.alloy;

import java.util.function.DoubleFunction;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.order.OrderParameters;
import org.latticelift.sim.vacancy.order.OrderParameters.Counts;

/**
 * A snapshot that knows how its run went on.
 *
 * @param whole all sites
 * @param later all sites after a time, which is a whole number of records
 * @param longest time that its run is looked at for: early on a run changes in less than it is old
 */
record TileOfRun(Lattice whole, DoubleFunction<Lattice> later, double longest)
    implements ReadableLattice {
  @Override
  public LatticeShape shape() {
    return whole.shape();
  }

  @Override
  public long[] counts() {
    return whole.counts();
  }

  @Override
  public long vacancy(long k) {
    return whole.vacancies()[Math.toIntExact(k)];
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
