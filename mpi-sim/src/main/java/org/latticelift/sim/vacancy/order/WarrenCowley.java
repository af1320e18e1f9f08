package org.latticelift.sim.vacancy.order;

import java.util.Arrays;
import java.util.Optional;

/**
 * Warren-Cowley parameters alpha_ij = 1 - p_ij/x_j, where p_ij is the share of j among the atoms
 * beside an atom i, and x_j its share among all atoms: n_ij/M_i for i &lt; j, 2 n_ii/M_i for i = j,
 * with M_i the atoms beside atoms i. Where values are to be linear in the counts, M_i is that of
 * vacancies at random, z N_i (A - 1)/(S - 1) of A atoms on S sites; that is exact for all species
 * together as long as no two vacancies are neighbours.
 */
final class WarrenCowley extends BondOrder {
  private final int species;

  /** Of the atoms. */
  private final double[] share;

  WarrenCowley(OrderContext context, ShellOrderConfig options) {
    super(context, options.shell(), "warren_cowley.", Optional.empty());
    species = context.species();
    share = new double[species];
    Arrays.setAll(share, i -> context.concentration(i + 1));
    int k = 0;
    for (int i = 1; i <= species; i++) {
      for (int j = i; j <= species; j++) {
        double beside = coordination() * context.divisor(i) * context.besideAtoms();
        double expected = beside * context.concentration(j);
        scale(k++, expected == 0 ? 0 : (i == j ? -2 : -1) / expected);
      }
    }
  }

  @Override
  public void exact(long[] counts, int at, double[] out, int to) {
    int k = 0;
    for (int i = 0; i < species; i++) {
      long beside = beside(i, counts, at);
      for (int j = i; j < species; j++) {
        double part = (i == j ? 2.0 : 1.0) * counts[at + k] / Math.max(1, beside);
        out[to + k++] = beside == 0 || share[j] == 0 ? 0 : 1 - part / share[j];
      }
    }
  }

  /** Atoms beside atoms of a species; its own pairs count at both ends. */
  private long beside(int i, long[] counts, int at) {
    long sum = 0;
    int k = 0;
    for (int a = 0; a < species; a++) {
      for (int b = a; b < species; b++, k++) {
        sum += (a == i ? counts[at + k] : 0) + (b == i ? counts[at + k] : 0);
      }
    }
    return sum;
  }

  @Override
  public double reference(int i) {
    return 1;
  }
}
