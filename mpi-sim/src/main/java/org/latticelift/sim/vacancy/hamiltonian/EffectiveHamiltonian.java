package org.latticelift.sim.vacancy.hamiltonian;

import java.util.Arrays;

/**
 * An effective pair Hamiltonian in units of kT: H/kT = sum over shells and over pairs of unlike
 * kinds of J times the number of such pairs. Gauge: J is 0 for pairs of like kinds, of two
 * vacancies, and of a vacancy with the last species. Immutable.
 */
public final class EffectiveHamiltonian {
  /** Largest magnitude of a parameter, kT; beyond it nothing is exchanged any more. */
  public static final double MOST = 16;

  /** The gauge, for files and tables. */
  public static final String GAUGE =
      "J = 0 for pairs of like kinds, of two vacancies, and of a vacancy with the last species";

  /** Boltzmann constant, eV/K (AL-40). */
  public static final double BOLTZMANN = 8.617333e-5;

  private final PairKinds kinds;
  private final int shells;
  private final int[] pairs;
  private final double[] parameters;

  /**
   * A Hamiltonian.
   *
   * @param kinds of sites
   * @param shells that interact, the nearest first
   * @param parameters J in kT: shell after shell, in each the pairs of {@link
   *     PairKinds#parameters}; not modified
   */
  public EffectiveHamiltonian(PairKinds kinds, int shells, double[] parameters) {
    this.kinds = kinds;
    this.shells = shells;
    pairs = kinds.parameters();
    if (parameters.length != shells * pairs.length) {
      throw new IllegalArgumentException(
          parameters.length + " parameters for " + shells + " shells of " + pairs.length);
    }
    for (double j : parameters) {
      if (!(Math.abs(j) <= MOST)) {
        throw new IllegalArgumentException("a parameter of " + j + " kT");
      }
    }
    this.parameters = parameters.clone();
  }

  /**
   * No interaction: all arrangements are equally likely.
   *
   * @param kinds of sites
   * @param shells whose parameters are 0
   * @return the Hamiltonian of the random alloy
   */
  public static EffectiveHamiltonian none(PairKinds kinds, int shells) {
    return new EffectiveHamiltonian(kinds, shells, new double[shells * kinds.parameters().length]);
  }

  /**
   * Kinds of sites.
   *
   * @return the kinds
   */
  public PairKinds kinds() {
    return kinds;
  }

  /**
   * Shells that interact.
   *
   * @return at least 1
   */
  public int shells() {
    return shells;
  }

  /**
   * All parameters.
   *
   * @return a copy, kT: shell after shell, in each the pairs of {@link PairKinds#parameters}
   */
  public double[] parameters() {
    return parameters.clone();
  }

  /**
   * The interaction of a pair.
   *
   * @param shell 1 for the nearest neighbours
   * @param a one kind, 0 the vacancy
   * @param b the other
   * @return J in kT, 0 for pairs without a parameter
   */
  public double of(int shell, int a, int b) {
    int p = Arrays.binarySearch(pairs, kinds.pair(a, b));
    return p < 0 ? 0 : parameters[(shell - 1) * pairs.length + p];
  }

  /**
   * The energy of a state.
   *
   * @param counts its pairs, at least of the shells that interact
   * @return kT
   */
  public double energy(PairCounts counts) {
    double energy = 0;
    for (int s = 1; s <= shells; s++) {
      for (int[] pair : kinds.all()) {
        energy += of(s, pair[0], pair[1]) * counts.of(s, pair[0], pair[1]);
      }
    }
    return energy;
  }

  /**
   * The same Hamiltonian as an energy.
   *
   * @param temperature K
   * @return J in eV, in the order of {@link #parameters}
   */
  public double[] electronVolts(double temperature) {
    return Arrays.stream(parameters).map(j -> j * BOLTZMANN * temperature).toArray();
  }
}
