package org.latticelift.sim.vacancy.hamiltonian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.LUDecomposition;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.statistics.Jackknife;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeSampler.ExchangeTables;

/**
 * Metropolis sampling of a Hamiltonian where atoms change their species at given chemical
 * potentials, so that the composition fluctuates: the semi-grand ensemble. With potentials found at
 * which the mean composition is the wanted one, fluctuations give the thermodynamic factors
 *
 * <p>Theta_ij = d(mu_i - mu_n)/dx_j / kT = inverse of N Cov(x_i, x_j), i and j all species but the
 * last, n (EX-61). A gauge of the Hamiltonian adds terms that are linear in the composition, so
 * Theta does not depend on it; that J itself does not depend on the composition is taken for
 * granted. Vacancies, which are few, are left out.
 *
 * <p>Cost: about 60 ns an attempt. Serves one thread.
 */
public final class SemiGrandSampler {
  private static final int BLOCKS = 20;
  private static final int SWEEPS = 2;

  /** Steps towards the wanted composition, the last ones with many records. */
  private static final int STEPS = 16;

  private static final int LONG_STEPS = 4;

  /** Of a potential by a step, kT. */
  private static final double LARGEST_STEP = 0.5;

  /** Added to fluctuations, so that a species that has vanished comes back. */
  private static final double LEAST = 1e-4;

  /** How far a mean composition may be from the wanted one. */
  private static final double NEAR = 0.01;

  /** A deviation of the composition beyond this is no fluctuation of one phase. */
  private static final double SEPARATE = 0.1;

  private final ExchangeLattice lattice;
  private final int[][] tables;
  private final int species;
  private final long[] counts;

  /** Over kT, of each species by its code; that of the last is 0. */
  private final double[] potential;

  /**
   * Thermodynamic factors.
   *
   * @param theta [i][j], all species but the last
   * @param shares mean composition, of all species
   * @param potential (mu_i - mu_n) / kT at which it was sampled, of all species
   * @param onePhase whether the composition was held, and fluctuated as in a single phase
   */
  public record Factors(Jackknife theta, double[] shares, double[] potential, boolean onePhase) {}

  /**
   * For the state that a lattice holds ({@code lattice}: without vacancies; changed by {@link
   * #factors}).
   */
  public SemiGrandSampler(EffectiveHamiltonian hamiltonian, ExchangeLattice lattice) {
    this.lattice = lattice;
    tables = ExchangeTables.of(hamiltonian);
    species = hamiltonian.kinds().species();
    counts = new long[species + 1];
    potential = new double[species + 1];
    for (int site = 0; site < lattice.sites(); site++) {
      counts[lattice.get(site)]++;
    }
    if (counts[0] > 0 || species < 2) {
      throw new IllegalArgumentException(counts[0] + " vacancies, " + species + " species");
    }
  }

  /**
   * Samples at a composition ({@code shares}: of all species, above 0; {@code records}: of each of
   * {@value #BLOCKS} blocks).
   */
  public Factors factors(double[] shares, int records, RandomStream stream) {
    begin(shares);
    for (int step = 0; step < STEPS; step++) {
      int each = step < STEPS - LONG_STEPS ? records / 10 : records;
      Moments moments = sample(Math.max(1, each), stream);
      double[] mean = moments.mean();
      double[][] covariance = moments.covariance();
      for (int i = 0; i < species - 1; i++) {
        covariance[i][i] += LEAST;
      }
      double[][] theta = inverse(covariance);
      for (int i = 0; i < species - 1; i++) {
        double move = 0;
        for (int j = 0; j < species - 1; j++) {
          move += theta[i][j] * (shares[j] - mean[j]);
        }
        potential[i + 1] += Math.max(-LARGEST_STEP, Math.min(LARGEST_STEP, move));
      }
    }
    List<Moments> blocks = new ArrayList<>();
    for (int block = 0; block < BLOCKS; block++) {
      blocks.add(sample(records, stream));
    }
    return factors(shares, Moments.sum(blocks), blocks);
  }

  private Factors factors(double[] shares, Moments all, List<Moments> blocks) {
    double[] mean = all.mean();
    double[][] covariance = all.covariance();
    boolean onePhase = true;
    for (int i = 0; i < species - 1; i++) {
      onePhase &= Math.abs(mean[i] - shares[i]) <= NEAR;
      onePhase &= covariance[i][i] <= SEPARATE * SEPARATE * lattice.sites();
    }
    double[] composition = Arrays.copyOf(mean, species);
    composition[species - 1] = 1 - Arrays.stream(mean).sum();
    return new Factors(
        new Jackknife(
            inverse(covariance),
            blocks.stream().map(block -> inverse(all.less(block).covariance())).toList()),
        composition,
        Arrays.copyOfRange(potential, 1, species + 1),
        onePhase);
  }

  /** As in a random alloy, where a neighbour is of a species by its share. */
  private void begin(double[] shares) {
    int shells = tables[0].length / ExchangeLattice.CODES;
    int[] around = new int[shells * ExchangeLattice.CODES];
    lattice.neighbours(0, shells, around);
    for (int i = 1; i <= species; i++) {
      int[] table = tables[species * ExchangeLattice.CODES + i];
      potential[i] = Math.log(shares[i - 1] / shares[species - 1]);
      for (int s = 0; s < shells; s++) {
        int neighbours =
            Arrays.stream(around, s * ExchangeLattice.CODES, (s + 1) * ExchangeLattice.CODES).sum();
        for (int b = 1; b <= species; b++) {
          double change = table[s * ExchangeLattice.CODES + b] / ExchangeTables.UNITS;
          potential[i] += neighbours * shares[b - 1] * change;
        }
      }
    }
  }

  private Moments sample(int records, RandomStream stream) {
    Moments moments = new Moments(species - 1, lattice.sites());
    long attempts = (long) SWEEPS * lattice.sites();
    for (int record = 0; record < records; record++) {
      attempt(attempts, stream);
      moments.add(counts);
    }
    return moments;
  }

  private void attempt(long attempts, RandomStream stream) {
    int codes = ExchangeLattice.CODES;
    int[] work = new int[codes * codes];
    for (int from = 1; from <= species; from++) {
      for (int to = 1; to <= species; to++) {
        double gain = potential[to] - potential[from];
        work[from * codes + to] = (int) Math.rint(gain * ExchangeTables.UNITS);
      }
    }
    for (long k = 0; k < attempts; k++) {
      int site = stream.below(lattice.sites());
      int from = lattice.get(site);
      int other = 1 + stream.below(species - 1);
      int to = other < from ? other : other + 1;
      int change = from * codes + to;
      int energy = lattice.sum(site, tables[change]) - work[change];
      if (energy <= 0 || energy <= ExchangeTables.UNITS * stream.fastExponential()) {
        lattice.set(site, (byte) to);
        counts[from]--;
        counts[to]++;
      }
    }
  }

  private static double[][] inverse(double[][] matrix) {
    LUDecomposition parts = new LUDecomposition(new Array2DRowRealMatrix(matrix));
    if (parts.getSolver().isNonSingular()) {
      return parts.getSolver().getInverse().getData();
    }
    double[][] unknown = new double[matrix.length][matrix.length];
    Arrays.stream(unknown).forEach(row -> Arrays.fill(row, Double.NaN));
    return unknown;
  }

  /** Sums over records of the numbers of atoms of all species but the last, and their products. */
  private static final class Moments {
    private final int sites;
    private final double[] sum;
    private final double[][] products;
    private long records;

    Moments(int kinds, int sites) {
      this.sites = sites;
      sum = new double[kinds];
      products = new double[kinds][kinds];
    }

    static Moments sum(List<Moments> parts) {
      Moments all = new Moments(parts.get(0).sum.length, parts.get(0).sites);
      parts.forEach(part -> all.add(part, 1));
      return all;
    }

    void add(long[] counts) {
      records++;
      for (int i = 0; i < sum.length; i++) {
        sum[i] += counts[i + 1];
        for (int j = 0; j < sum.length; j++) {
          products[i][j] += (double) counts[i + 1] * counts[j + 1];
        }
      }
    }

    private void add(Moments other, int times) {
      records += times * other.records;
      for (int i = 0; i < sum.length; i++) {
        sum[i] += times * other.sum[i];
        for (int j = 0; j < sum.length; j++) {
          products[i][j] += times * other.products[i][j];
        }
      }
    }

    Moments less(Moments part) {
      Moments rest = sum(List.of(this));
      rest.add(part, -1);
      return rest;
    }

    double[] mean() {
      return Arrays.stream(sum).map(s -> s / records / sites).toArray();
    }

    /** Of shares, times the number of sites. */
    double[][] covariance() {
      double[][] covariance = new double[sum.length][sum.length];
      for (int i = 0; i < sum.length; i++) {
        for (int j = 0; j < sum.length; j++) {
          covariance[i][j] = (products[i][j] - sum[i] * sum[j] / records) / (records - 1.0) / sites;
        }
      }
      return covariance;
    }
  }
}
