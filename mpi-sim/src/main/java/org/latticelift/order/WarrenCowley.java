package org.latticelift.order;

import java.util.List;
import org.latticelift.kmc.CellBox;
import org.latticelift.kmc.JumpEvent;
import org.latticelift.lattice.Lattice;

/**
 * Warren-Cowley parameters alpha_ij = 1 - p_ij/c_j, where p_ij is the share of j among the z
 * neighbours of an i atom: n_ij/(z N_i) for i &lt; j, 2 n_ii/(z N_i) for i = j.
 */
final class WarrenCowley implements OrderParameter {
  private final PairCounter counter;
  private final List<String> names;
  private final double[] factor;

  WarrenCowley(OrderContext context, ShellOptions options) {
    int species = context.species();
    counter = new PairCounter(context.crystal(), options.shell(), species);
    names =
        PairNames.of(context.speciesNames(), "warren_cowley." + PairNames.prefix(options.shell()));
    factor = new double[names.size()];
    int k = 0;
    for (int i = 1; i <= species; i++) {
      for (int j = i; j <= species; j++) {
        double expected = counter.coordination() * context.concentration(j) * context.divisor(i);
        factor[k++] = expected == 0 ? 0 : (i == j ? -2 : -1) / expected;
      }
    }
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public String units() {
    return "1";
  }

  @Override
  public int counters() {
    return counter.counters();
  }

  @Override
  public void add(Lattice lattice, CellBox box, long[] counts, int at) {
    counter.add(lattice, box, counts, at);
  }

  @Override
  public void jumped(JumpEvent event, long[] counts, int at) {
    counter.jumped(event, counts, at);
  }

  @Override
  public void linear(long[] counts, int at, double patches, double[] out, int to) {
    for (int k = 0; k < factor.length; k++) {
      out[to + k] = counts[at + k] * factor[k] * patches;
    }
  }

  @Override
  public double reference(int i) {
    return 1;
  }
}
