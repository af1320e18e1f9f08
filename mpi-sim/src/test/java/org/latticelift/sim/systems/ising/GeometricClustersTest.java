package org.latticelift.sim.systems.ising;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.systems.spin.StartMagnetisation;

class GeometricClustersTest {
  private static final int SITES = ExactIsing.SIDE * ExactIsing.SIDE;
  private static final double DRAWS_PER_STATE = 20;

  /**
   * States of the 4 x 4 lattice with given magnetisation have the weights exp(-2 walls/T): chi
   * squared of all states that are expected five times at least, within four of its deviations.
   */
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
   * From a stripe, far from equilibrium, to as many walls as runs of single flips have. The mean of
   * 60 states is known to 2 % of the walls.
   */
  @Test
  void theTemperatureOfTheWallsIsFound() {
    int side = 32;
    SpinLattice glauber = SpinLattice.of(StartMagnetisation.ANY.spins(side, Spins.stream(22)));
    IsingDynamics dynamics =
        IsingConfigs.dynamics(
            IsingConfigs.system(2.5, "small: 8, large: 32", "", "", "environment: ghost"), 0);
    dynamics.advance(glauber, Duration.time(200), Spins.stream(23));
    byte[] stripe = new byte[side * side];
    long up = (glauber.sites() + glauber.magnetisation()) / 2;
    for (int i = 0; i < stripe.length; i++) {
      stripe[i] = (byte) (i < up ? 1 : -1);
    }
    GeometricClusters clusters = new GeometricClusters(glauber.neighbours());
    RandomStream stream = Spins.stream(24);
    double sum = 0;
    double square = 0;
    int states = 60;
    for (int i = 0; i < states; i++) {
      byte[] state = stripe.clone();
      long excess = SpinLattice.of(state).walls() - glauber.walls();
      long left = clusters.equilibrate(state, excess, 0.3, stream);
      SpinLattice made = SpinLattice.of(state);
      assertThat(made.walls() - glauber.walls()).isEqualTo(left);
      assertThat(made.magnetisation()).isEqualTo(glauber.magnetisation());
      sum += left / (double) states;
      square += (double) left * left / states;
    }
    double error = Math.sqrt((square - sum * sum) / states);
    assertThat(error).isLessThan(0.02 * glauber.walls());
    assertThat(sum).isEqualTo(0, within(4 * error));
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
