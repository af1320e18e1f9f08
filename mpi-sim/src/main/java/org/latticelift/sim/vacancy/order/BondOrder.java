package org.latticelift.sim.vacancy.order;

import java.util.List;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** One value per pair of species: a factor times the number of its bonds, plus a reference. */
abstract class BondOrder implements OrderParameter {
  private final PairCounter counter;
  private final List<String> names;
  private final double[] factor;

  /** For one shell; {@link #scale} is to be called for every pair. */
  BondOrder(OrderContext context, int shell, String prefix) {
    counter = PairCounter.of(context.crystal(), shell, context.species());
    names = PairNames.of(context.speciesNames(), prefix + PairNames.prefix(shell));
    factor = new double[names.size()];
  }

  /** Sets the factor of pair k in the order of AL-51. */
  final void scale(int k, double perBond) {
    factor[k] = perBond;
  }

  /** Neighbours of a site in the shell. */
  final double coordination() {
    return counter.coordination();
  }

  @Override
  public final List<String> names() {
    return names;
  }

  @Override
  public final int counters() {
    return counter.counters();
  }

  @Override
  public final void add(Lattice lattice, CellBox box, long[] counts, int at) {
    counter.add(lattice, box, counts, at);
  }

  @Override
  public final void jumped(JumpEvent event, long[] counts, int at) {
    counter.jumped(event, counts, at);
  }

  @Override
  public final void linear(long[] counts, int at, double patches, double[] out, int to) {
    for (int k = 0; k < factor.length; k++) {
      out[to + k] = counts[at + k] * factor[k] * patches;
    }
  }

  @Override
  public final int whenShifted(int i) {
    return 1;
  }
}
