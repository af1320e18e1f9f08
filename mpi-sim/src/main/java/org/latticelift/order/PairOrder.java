package org.latticelift.order;

import java.util.List;
import org.latticelift.kmc.CellBox;
import org.latticelift.kmc.JumpEvent;
import org.latticelift.lattice.Lattice;

/**
 * Non-proportional pair order (AL-50, AL-51): delta_ij = n_ij/N_i - z c_j for i &lt; j and delta_ii
 * = 2 n_ii/N_i - z c_i, with N_i the atoms of the whole lattice; on a patch N_i/K (DI-55).
 */
final class PairOrder implements OrderParameter {
  private final PairCounter counter;
  private final List<String> names;
  private final double[] factor;
  private final double[] reference;

  PairOrder(OrderContext context, PairOptions options) {
    int species = context.species();
    counter = new PairCounter(context.crystal(), options.shell(), species);
    names = PairNames.of(context.speciesNames(), PairNames.prefix(options.shell()));
    factor = new double[names.size()];
    reference = new double[names.size()];
    int k = 0;
    for (int i = 1; i <= species; i++) {
      for (int j = i; j <= species; j++) {
        boolean composition = options.reference() == Reference.COMPOSITION;
        double share = composition ? context.concentration(j) : 1.0 / species;
        factor[k] = (i == j ? 2 : 1) / context.divisor(i);
        reference[k++] = -counter.coordination() * share;
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
    return reference[i];
  }
}
