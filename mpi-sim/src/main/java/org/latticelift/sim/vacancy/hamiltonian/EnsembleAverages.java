package org.latticelift.sim.vacancy.hamiltonian;

import java.util.stream.IntStream;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Averages over states of one size: all pairs of all shells of the crystal, those with parameters
 * with their covariance, and triangles. Mutable.
 */
public final class EnsembleAverages {
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

  /**
   * Nothing yet.
   *
   * @param crystal of the states
   * @param kinds what is told apart
   * @param shells of the Hamiltonian
   */
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
   * Takes in a state.
   *
   * @param lattice as large as the others; not modified
   * @param withTriangles whether triangles are counted, of all states or of none
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

  /**
   * Number of states.
   *
   * @return at least 0
   */
  public int states() {
    return states;
  }

  /**
   * Sites of a state.
   *
   * @return 0 before the first
   */
  public long sites() {
    return sites;
  }

  /**
   * Means of all pairs.
   *
   * @return per site: shell after shell, in each the pairs by {@link PairKinds#pair}
   */
  public double[] pairs() {
    return mean(pairs);
  }

  /**
   * Means of the pairs that have parameters.
   *
   * @return per site, in the order of {@link EffectiveHamiltonian#parameters}
   */
  public double[] fitted() {
    return IntStream.of(fitted).mapToDouble(k -> pairs[k] / states).toArray();
  }

  /**
   * Means of triangles.
   *
   * @return per site, in the order of {@link Triangles#perSite}
   */
  public double[] triangles() {
    return mean(trianglesPerSite);
  }

  private double[] mean(double[] sums) {
    return java.util.Arrays.stream(sums).map(s -> s / states).toArray();
  }

  /**
   * The number of sites times the covariance of the pairs that have parameters.
   *
   * @return symmetric, in the order of {@link EffectiveHamiltonian#parameters}
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
