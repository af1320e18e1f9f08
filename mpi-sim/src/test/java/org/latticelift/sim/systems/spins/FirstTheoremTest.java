package org.latticelift.sim.systems.spins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates;

/**
 * Theorem 1 (ME-39) without sampling: on a lattice of 4 x 4 spins with patches of 2 x 2 in frozen
 * surroundings, drift and covariance of partial evolutions (kappa = K) differ from those of full
 * evolutions by amounts that are linear in the duration. Expectations over 65 536 states are sums
 * over the number of events of a uniformised chain.
 */
class FirstTheoremTest {
  private static final int SIDE = 4;
  private static final int SITES = SIDE * SIDE;
  private static final int STATES = 1 << SITES;
  private static final int PATCHES = 4;
  private static final double[] TIMES = {0.01, 0.02, 0.04, 0.07, 0.1};
  private static final double NEGLIGIBLE = 1e-18;

  private final double[] rates = new double[STATES * SITES];
  private final double[] m = new double[STATES];
  private final double[] rho = new double[STATES];
  private final double[] weight = new double[STATES];
  private final int[] group = new int[STATES];
  private double fastest;

  /** Glauber rates, observables and Boltzmann weights of all states. */
  private void enumerate(double temperature) {
    GlauberRates glauber = new GlauberRates(temperature, 0);
    fastest = SITES * glauber.largest();
    byte[] spins = new byte[SITES];
    for (int state = 0; state < STATES; state++) {
      for (int site = 0; site < SITES; site++) {
        spins[site] = (byte) ((state >> site & 1) == 1 ? 1 : -1);
      }
      SpinLattice lattice = SpinLattice.of(spins);
      for (int site = 0; site < SITES; site++) {
        rates[state * SITES + site] = glauber.rates()[lattice.codes()[site]];
      }
      m[state] = lattice.meanSpin();
      rho[state] = lattice.wallDensity();
      weight[state] = StrictMath.exp(-2 * lattice.walls() / temperature);
      group[state] = (int) ((lattice.magnetisation() + SITES) * (2 * SITES + 1) + lattice.walls());
    }
  }

  /** What a function is expected to be after each of the times, if some sites may flip. */
  private double[][] expected(double[] function, int[] sites) {
    double[][] sum = new double[TIMES.length][STATES];
    double[] now = function.clone();
    double[] probability =
        IntStream.range(0, TIMES.length).mapToDouble(t -> Math.exp(-fastest * TIMES[t])).toArray();
    for (int events = 0; probability[TIMES.length - 1] > NEGLIGIBLE; events++) {
      double[] next = new double[STATES];
      for (int state = 0; state < STATES; state++) {
        double change = 0;
        for (int site : sites) {
          change += rates[state * SITES + site] * (now[state ^ 1 << site] - now[state]);
        }
        next[state] = now[state] + change / fastest;
        for (int t = 0; t < TIMES.length; t++) {
          sum[t][state] += probability[t] * now[state];
        }
      }
      for (int t = 0; t < TIMES.length; t++) {
        probability[t] *= fastest * TIMES[t] / (events + 1);
      }
      now = next;
    }
    return sum;
  }

  private static double[] product(double[] a, double[] b) {
    return IntStream.range(0, STATES).mapToDouble(i -> a[i] * b[i]).toArray();
  }

  /**
   * Drift (2) and covariance (mm, m rho, rho rho) per unit time of every (m, rho), for each time.
   *
   * @param scale of increments: K where those of a patch are meant, all of whose changes count
   * @param kappa divides the covariance
   */
  private double[][][] law(int[] sites, double scale, double kappa) {
    double[][] z = {m, rho};
    double[][][] first = {expected(m, sites), expected(rho, sites)};
    int[][] pairs = {{0, 0}, {0, 1}, {1, 1}};
    double[][][] second = new double[pairs.length][][];
    for (int p = 0; p < pairs.length; p++) {
      second[p] = expected(product(z[pairs[p][0]], z[pairs[p][1]]), sites);
    }
    double[] total = new double[(2 * SITES + 1) * (2 * SITES + 1)];
    double[][][] law = new double[TIMES.length][total.length][5];
    for (int state = 0; state < STATES; state++) {
      total[group[state]] += weight[state];
    }
    for (int t = 0; t < TIMES.length; t++) {
      for (int state = 0; state < STATES; state++) {
        double[] at = law[t][group[state]];
        double share = weight[state] / total[group[state]];
        for (int i = 0; i < 2; i++) {
          at[i] += share * scale * (first[i][t][state] - z[i][state]);
        }
        for (int p = 0; p < pairs.length; p++) {
          int i = pairs[p][0];
          int j = pairs[p][1];
          double moment =
              second[p][t][state]
                  - z[i][state] * first[j][t][state]
                  - z[j][state] * first[i][t][state]
                  + z[i][state] * z[j][state];
          at[2 + p] += share * scale * scale * moment;
        }
      }
      for (double[] at : law[t]) {
        for (int p = 0; p < pairs.length; p++) {
          at[2 + p] -= at[pairs[p][0]] * at[pairs[p][1]];
          at[2 + p] /= kappa * TIMES[t];
        }
        at[0] /= TIMES[t];
        at[1] /= TIMES[t];
      }
    }
    return law;
  }

  /** Root mean square over states of the differences of some components. */
  private double distance(double[][] a, double[][] b, int from, int to) {
    double sum = 0;
    double norm = 0;
    for (int state = 0; state < STATES; state++) {
      for (int i = from; i < to; i++) {
        double difference = a[group[state]][i] - b[group[state]][i];
        sum += weight[state] * difference * difference;
      }
      norm += weight[state];
    }
    return Math.sqrt(sum / norm);
  }

  /**
   * The exponent s of a law A t^s exp(c t), whose last factor is the next order, by least squares:
   * what is left of ln(distance) and of ln t when lines in t are taken off.
   */
  private static double slope(double[] distances) {
    double[] x = Arrays.stream(TIMES).map(Math::log).toArray();
    double[] y = Arrays.stream(distances).map(Math::log).toArray();
    double[] left = withoutLine(x);
    double[] right = withoutLine(y);
    double product = 0;
    double square = 0;
    for (int t = 0; t < x.length; t++) {
      product += left[t] * right[t];
      square += left[t] * left[t];
    }
    return product / square;
  }

  private static double[] withoutLine(double[] y) {
    int n = y.length;
    double time = Arrays.stream(TIMES).average().orElseThrow();
    double mean = Arrays.stream(y).average().orElseThrow();
    double product = 0;
    double square = 0;
    for (int t = 0; t < n; t++) {
      product += (TIMES[t] - time) * (y[t] - mean);
      square += (TIMES[t] - time) * (TIMES[t] - time);
    }
    double line = product / square;
    return IntStream.range(0, n).mapToDouble(t -> y[t] - mean - line * (TIMES[t] - time)).toArray();
  }

  @Test
  void driftAndCovarianceOfPatchesDifferByTermsLinearInTime() {
    enumerate(2.5);
    double[][][] full = law(IntStream.range(0, SITES).toArray(), 1, 1);
    SpinLattice any = new SpinLattice(SIDE);
    Window patch = Window.tile(any, 2, 0);
    int[] inside = IntStream.range(0, patch.sites()).map(i -> patch.site(any, i)).toArray();
    double[][][] partial = law(inside, PATCHES, PATCHES);
    double[] drift = new double[TIMES.length];
    double[] covariance = new double[TIMES.length];
    for (int t = 0; t < TIMES.length; t++) {
      drift[t] = distance(full[t], partial[t], 0, 2);
      covariance[t] = distance(full[t], partial[t], 2, 5);
    }
    assertThat(slope(drift)).isEqualTo(1, within(0.02));
    assertThat(slope(covariance)).isEqualTo(1, within(0.02));
  }
}
