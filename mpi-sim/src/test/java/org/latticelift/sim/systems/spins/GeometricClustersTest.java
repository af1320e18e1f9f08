package org.latticelift.sim.systems.spins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.systems.spins.IsingSetup.WolffClusters;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates;

class GeometricClustersTest {
  private static final int SITES = ExactIsing.SIDE * ExactIsing.SIDE;
  private static final double DRAWS_PER_STATE = 20;

  /**
   * States of the 4 x 4 lattice with given magnetisation have the weights exp(-2 walls/T): chi
   * squared of all states that are expected five times at least, within four of its deviations.
   */
  @Tag("law")
  @ParameterizedTest
  @CsvSource({"4, 0.3", "4, 0.6", "7, 0.3", "8, 0.44"})
  void statesHaveTheirWeights(int up, double beta) {
    Map<Integer, Double> weight = new HashMap<>();
    for (int state = 0; state < 1 << SITES; state++) {
      if (Integer.bitCount(state) == up) {
        weight.put(state, Math.exp(-2 * beta * Spins.walls(spins(state))));
      }
    }
    double all = weight.values().stream().mapToDouble(w -> w).sum();
    int draws = (int) (DRAWS_PER_STATE * weight.size());
    byte[] state = spins((1 << up) - 1);
    GeometricClusters clusters = new GeometricClusters(SpinLattice.of(state).neighbours());
    RandomStream stream = Spins.stream(21);
    Map<Integer, Integer> count = new HashMap<>();
    for (int i = 0; i < draws; i++) {
      long before = Spins.walls(state);
      long made = clusters.exchange(state, 30, beta, stream);
      assertThat(Spins.walls(state) - before).isEqualTo(made);
      count.merge(bits(state), 1, Integer::sum);
    }
    double chi = 0;
    int classes = 0;
    for (Map.Entry<Integer, Double> entry : weight.entrySet()) {
      double expected = draws * entry.getValue() / all;
      if (expected >= 5) {
        double times = count.getOrDefault(entry.getKey(), 0);
        chi += (times - expected) * (times - expected) / expected;
        classes++;
      }
    }
    assertThat(classes).isGreaterThan(100);
    assertThat(chi).isEqualTo(classes - 1, within(4 * Math.sqrt(2.0 * classes)));
  }

  /**
   * The longest waves of equilibrium states just above the critical temperature have nothing to do
   * with those before; 50 exchanges of every spin leave 0.86 of them, 60 states tell it to 0.07.
   * Their strength stays what it is in equilibrium.
   */
  @Test
  void longWavesAreForgotten() {
    double temperature = 2.27;
    WolffClusters wolff = new WolffClusters(new GlauberRates(temperature, 0));
    RandomStream stream = Spins.stream(15);
    SpinLattice state = SpinLattice.of(StartMagnetisation.ANY.spins(64, stream));
    wolff.equilibrate(state, stream);
    GeometricClusters clusters = new GeometricClusters(state.neighbours());
    double both = 0;
    double before = 0;
    double after = 0;
    for (int i = 0; i < 60; i++) {
      wolff.flip(state, 100, stream);
      double[] was = waves(state);
      byte[] spins = state.spins();
      clusters.equilibrate(spins, 1 / temperature, 20, stream);
      state.set(spins);
      double[] is = waves(state);
      for (int k = 0; k < 4; k++) {
        both += was[k] * is[k];
        before += was[k] * was[k];
        after += is[k] * is[k];
      }
    }
    assertThat(both / before).isEqualTo(0, within(0.28));
    assertThat(after / before).isBetween(0.6, 1.6);
  }

  /** Fourier components of the longest wave along both axes. */
  private static double[] waves(SpinLattice state) {
    double[] waves = new double[4];
    for (int site = 0; site < state.sites(); site++) {
      double row = 2 * Math.PI * (site / state.side()) / state.side();
      double column = 2 * Math.PI * (site % state.side()) / state.side();
      waves[0] += state.spin(site) * Math.cos(row);
      waves[1] += state.spin(site) * Math.sin(row);
      waves[2] += state.spin(site) * Math.cos(column);
      waves[3] += state.spin(site) * Math.sin(column);
    }
    return waves;
  }

  /** Nothing can be exchanged. */
  @Test
  void statesWithoutChoiceStay() {
    byte[] all = new SpinLattice(8).spins();
    byte[] state = all.clone();
    new GeometricClusters(new SpinLattice(8).neighbours()).equilibrate(state, 0.44, 20, null);
    assertThat(state).isEqualTo(all);
  }

  private static byte[] spins(int state) {
    byte[] spins = new byte[SITES];
    for (int i = 0; i < SITES; i++) {
      spins[i] = (byte) ((state >> i & 1) == 1 ? 1 : -1);
    }
    return spins;
  }

  private static int bits(byte[] spins) {
    int bits = 0;
    for (int i = 0; i < SITES; i++) {
      bits |= spins[i] > 0 ? 1 << i : 0;
    }
    return bits;
  }
}
