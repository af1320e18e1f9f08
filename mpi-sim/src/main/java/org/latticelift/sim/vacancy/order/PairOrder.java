package org.latticelift.sim.vacancy.order;

/**
 * Non-proportional pair order (AL-50, AL-51): delta_ij = n_ij/N_i - z c_j for i &lt; j and delta_ii
 * = 2 n_ii/N_i - z c_i, with N_i the atoms of the whole lattice; on a patch N_i/K (DI-55).
 */
final class PairOrder extends BondOrder {
  private final double[] reference;

  PairOrder(OrderContext context, PairOrderConfig options) {
    super(context, options.shell(), "", options.pairs());
    int species = context.species();
    reference = new double[counters()];
    int k = 0;
    for (int i = 1; i <= species; i++) {
      for (int j = i; j <= species; j++) {
        boolean composition = options.reference() == Reference.COMPOSITION;
        double share = composition ? context.concentration(j) : 1.0 / species;
        scale(k, (i == j ? 2 : 1) / context.divisor(i));
        reference[k++] = -coordination() * share;
      }
    }
  }

  @Override
  public double reference(int i) {
    return reference[pair(i)];
  }
}
