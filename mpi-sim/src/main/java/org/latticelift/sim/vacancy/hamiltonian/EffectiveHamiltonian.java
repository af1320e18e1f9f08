package org.latticelift.sim.vacancy.hamiltonian;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.lattice.Lattice;

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
   * A Hamiltonian ({@code shells}: that interact, the nearest first; {@code parameters}: J in kT:
   * shell after shell, in each the pairs of {@link PairKinds#parameters}; not modified).
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
   * No interaction: all arrangements are equally likely ({@code shells}: whose parameters are 0).
   */
  public static EffectiveHamiltonian none(PairKinds kinds, int shells) {
    return new EffectiveHamiltonian(kinds, shells, new double[shells * kinds.parameters().length]);
  }

  /** Kinds of sites. */
  public PairKinds kinds() {
    return kinds;
  }

  /** Shells that interact, at least 1. */
  public int shells() {
    return shells;
  }

  /**
   * All parameters; a copy, kT: shell after shell, in each the pairs of {@link
   * PairKinds#parameters}.
   */
  public double[] parameters() {
    return parameters.clone();
  }

  /**
   * The interaction of a pair ({@code shell}: 1 for the nearest neighbours; {@code a}: one kind, 0
   * the vacancy); J in kT, 0 for pairs without a parameter.
   */
  public double of(int shell, int a, int b) {
    int p = Arrays.binarySearch(pairs, kinds.pair(a, b));
    return p < 0 ? 0 : parameters[(shell - 1) * pairs.length + p];
  }

  /** The energy of a state ({@code counts}: its pairs, at least of the shells that interact). */
  public double energy(PairCounts counts) {
    double energy = 0;
    for (int s = 1; s <= shells; s++) {
      for (int[] pair : kinds.all()) {
        energy += of(s, pair[0], pair[1]) * counts.of(s, pair[0], pair[1]);
      }
    }
    return energy;
  }

  /** The same Hamiltonian as an energy; J in eV, in the order of {@link #parameters}. */
  public double[] electronVolts(double temperature) {
    return Arrays.stream(parameters).map(j -> j * BOLTZMANN * temperature).toArray();
  }

  /**
   * A Hamiltonian fitted to the records of one stage of a relaxation. Arrays are not copied and not
   * to be modified.
   *
   * @param firstRecord first record of the stage
   * @param lastRecord last record of it
   * @param states number of small states that the wanted numbers are means of
   * @param hamiltonian what was fitted
   * @param wanted mean pairs per site of the records, of all shells of the crystal: shell after
   *     shell, in each the pairs by {@link PairKinds#pair}
   * @param sampled the same of the fitted ensemble
   * @param wantedTriangles mean triangles per site of the records, in the order of {@link
   *     Triangles#perSite}
   * @param sampledTriangles the same of the fitted ensemble
   * @param covariance of the pairs with parameters times the number of sites, in the ensemble
   * @param misfit see {@link HamiltonianFit.Result}
   */
  public record FittedStage(
      int firstRecord,
      int lastRecord,
      long states,
      EffectiveHamiltonian hamiltonian,
      double[] wanted,
      double[] sampled,
      double[] wantedTriangles,
      double[] sampledTriangles,
      double[][] covariance,
      double misfit) {
    /**
     * Mean pairs per site of the fitted ensemble that have parameters, in the order of {@link
     * EffectiveHamiltonian#parameters}.
     */
    public double[] fitted() {
      return IntStream.of(EnsembleAverages.fitted(hamiltonian.kinds(), hamiltonian.shells()))
          .mapToDouble(k -> sampled[k])
          .toArray();
    }
  }

  /**
   * Averages over states of one size: all pairs of all shells of the crystal, those with parameters
   * with their covariance, and triangles. Mutable.
   */
  public static final class EnsembleAverages {
    private final PairCounts.Counter counter;
    private final Triangles triangles;
    private final int[] fitted;
    private long sites;
    private int states;
    private final double[] pairs;
    private final double[] trianglesPerSite;
    private final double[] sum;
    private final double[][] products;

    /** The first state: moments are taken about it. */
    private double[] origin;

    /** Nothing yet. */
    public EnsembleAverages(Crystal crystal, PairKinds kinds, int shells) {
      int all = crystal.environment(0).shellCount();
      counter = new PairCounts.Counter(crystal, kinds, all);
      triangles = new Triangles(crystal, kinds.species());
      fitted = fitted(kinds, shells);
      pairs = new double[all * kinds.pairs()];
      trianglesPerSite = new double[triangles.types()];
      sum = new double[fitted.length];
      products = new double[fitted.length][fitted.length];
    }

    /** Where the pairs with parameters are among all. */
    static int[] fitted(PairKinds kinds, int shells) {
      return IntStream.range(0, shells)
          .flatMap(s -> IntStream.of(kinds.parameters()).map(p -> s * kinds.pairs() + p))
          .toArray();
    }

    /**
     * Takes in a state ({@code lattice}: as large as the others; not modified; {@code
     * withTriangles}: whether triangles are counted, of all states or of none).
     */
    public void add(Lattice lattice, boolean withTriangles) {
      sites = lattice.sites();
      states++;
      long[] counts = counter.count(lattice).array();
      for (int k = 0; k < pairs.length; k++) {
        pairs[k] += (double) counts[k] / sites;
      }
      double[] one = IntStream.of(fitted).mapToDouble(k -> (double) counts[k] / sites).toArray();
      origin = origin == null ? one.clone() : origin;
      for (int i = 0; i < one.length; i++) {
        one[i] -= origin[i];
        sum[i] += one[i];
        for (int j = 0; j <= i; j++) {
          products[i][j] += one[i] * one[j];
        }
      }
      if (withTriangles) {
        double[] three = triangles.perSite(lattice);
        for (int t = 0; t < three.length; t++) {
          trianglesPerSite[t] += three[t];
        }
      }
    }

    /** Number of states, at least 0. */
    public int states() {
      return states;
    }

    /** Sites of a state; 0 before the first. */
    public long sites() {
      return sites;
    }

    /**
     * Means of all pairs, per site: shell after shell, in each the pairs by {@link PairKinds#pair}.
     */
    public double[] pairs() {
      return mean(pairs);
    }

    /**
     * Means of the pairs that have parameters, per site, in the order of {@link
     * EffectiveHamiltonian#parameters}.
     */
    public double[] fitted() {
      return IntStream.of(fitted).mapToDouble(k -> pairs[k] / states).toArray();
    }

    /** Means of triangles, per site, in the order of {@link Triangles#perSite}. */
    public double[] triangles() {
      return mean(trianglesPerSite);
    }

    private double[] mean(double[] sums) {
      return java.util.Arrays.stream(sums).map(s -> s / states).toArray();
    }

    /**
     * The number of sites times the covariance of the pairs that have parameters; symmetric, in the
     * order of {@link EffectiveHamiltonian#parameters}.
     */
    public double[][] covariance() {
      double[][] covariance = new double[sum.length][sum.length];
      for (int i = 0; i < sum.length; i++) {
        for (int j = 0; j <= i; j++) {
          double centred = products[i][j] - sum[i] * sum[j] / states;
          covariance[i][j] = sites * centred / Math.max(1, states - 1);
          covariance[j][i] = covariance[i][j];
        }
      }
      return covariance;
    }
  }
}
