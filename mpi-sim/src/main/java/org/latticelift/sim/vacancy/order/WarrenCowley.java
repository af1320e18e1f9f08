package org.latticelift.sim.vacancy.order;

import java.util.Optional;

/**
 * Warren-Cowley parameters alpha_ij = 1 - p_ij/c_j, where p_ij is the share of j among the z
 * neighbours of an i atom: n_ij/(z N_i) for i &lt; j, 2 n_ii/(z N_i) for i = j.
 */
final class WarrenCowley extends BondOrder {

  WarrenCowley(OrderContext context, ShellOrderConfig options) {
    super(context, options.shell(), "warren_cowley.", Optional.empty());
    int species = context.species();
    int k = 0;
    for (int i = 1; i <= species; i++) {
      for (int j = i; j <= species; j++) {
        double expected = coordination() * context.concentration(j) * context.divisor(i);
        scale(k++, expected == 0 ? 0 : (i == j ? -2 : -1) / expected);
      }
    }
  }

  @Override
  public double reference(int i) {
    return 1;
  }
}
