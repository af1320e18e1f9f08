package org.latticelift.sim.systems.ising;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.OneSnapshot;
import org.latticelift.sim.systems.spin.StartMagnetisation;

/** A wrong count of walls never returns to those wanted, so tests end by a limit of time. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MicrocanonicalExchangeTest {
  private static final int SITES = ExactIsing.SIDE * ExactIsing.SIDE;
  private static final int DRAWS_PER_STATE = 20;

  /**
   * All states of the 4 x 4 lattice with the magnetisation and the walls of the first are drawn
   * equally often: chi squared of so many classes within four of its standard deviations.
   */
  @ParameterizedTest
  @CsvSource({"4, 12", "6, 16", "8, 16", "8, 20"})
  void allStatesAreEquallyLikely(int up, int walls) {
    Map<Integer, Integer> count = new HashMap<>();
    for (int state = 0; state < 1 << SITES; state++) {
      if (Integer.bitCount(state) == up && Spins.walls(spins(state)) == walls) {
        count.put(state, 0);
      }
    }
    int first = count.keySet().stream().min(Integer::compare).orElseThrow();
    SpinLattice state = SpinLattice.of(spins(first));
    MicrocanonicalExchange exchange = new MicrocanonicalExchange(state);
    RandomStream stream = Spins.stream(11);
    for (int i = 0; i < DRAWS_PER_STATE * count.size(); i++) {
      state.set(spins(first));
      exchange.mix(state, 40 * SITES, 0.44, stream);
      count.merge(bits(state), 1, Integer::sum);
    }
    double chi = 0;
    for (int times : count.values()) {
      chi += Math.pow(times - DRAWS_PER_STATE, 2) / DRAWS_PER_STATE;
    }
    int classes = count.size();
    assertThat(classes).isGreaterThan(100);
    assertThat(chi).isEqualTo(classes - 1, within(4 * Math.sqrt(2.0 * classes)));
  }

  /** Nearly all states of this magnetisation have fewer walls than these spins of a chess board. */
  @Test
  void moreWallsThanRandomSpinsHaveAreKept() {
    byte[] spins = new byte[32 * 32];
    for (int i = 0; i < spins.length; i++) {
      spins[i] = (byte) ((i + i / 32) % 2 == 0 ? 1 : -1);
    }
    for (int i = 0; i < spins.length; i += 9) {
      spins[i] = 1;
    }
    SpinLattice state = SpinLattice.of(spins);
    long walls = state.walls();
    assertThat(walls).isGreaterThan(1400);
    new MicrocanonicalExchange(state).mix(state, 100L * spins.length, 0.44, Spins.stream(14));
    assertThat(state.walls()).isEqualTo(walls);
    assertThat(state.spins()).isNotEqualTo(spins);
  }

  /**
   * The longest waves of equilibrium states just above the critical temperature have nothing to do
   * with those before; exchanges of single spins leave 0.86 of them, 60 states tell it to 0.07.
   * Their strength stays what it is in equilibrium.
   */
  @Test
  void longWavesAreForgotten() {
    double temperature = 2.27;
    WolffClusters wolff = new WolffClusters(new GlauberRates(temperature, 0));
    RandomStream stream = Spins.stream(15);
    SpinLattice state = SpinLattice.of(StartMagnetisation.ANY.spins(64, stream));
    wolff.equilibrate(state, stream);
    MicrocanonicalExchange exchange = new MicrocanonicalExchange(state);
    double both = 0;
    double before = 0;
    double after = 0;
    for (int i = 0; i < 60; i++) {
      wolff.flip(state, 100, stream);
      double[] was = waves(state);
      exchange.mix(state, 10L * state.sites(), 1 / temperature, stream);
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
    SpinLattice all = new SpinLattice(8);
    new MicrocanonicalExchange(all).mix(all, 100, 0.44, Spins.stream(12));
    assertThat(all.meanSpin()).isEqualTo(-1);
    assertThat(all.walls()).isZero();
  }

  /** A large state has magnetisation and wall density of its small one, and no other memory. */
  @Test
  void largeStatesKeepWhatIsGiven() {
    IsingSystem system =
        IsingConfigs.system(2.5, "small: 8, large: 32", "states: maxent", "", "environment: ghost");
    IsingDynamics dynamics = IsingConfigs.dynamics(system, 0);
    RandomStream stream = Spins.stream(13);
    SpinLattice small = SpinLattice.of(StartMagnetisation.ANY.spins(8, stream));
    dynamics.advance(small, Duration.time(30), stream);
    SpinLattice large = dynamics.upsample(new OneSnapshot<>(small), system.large(), stream, stream);
    SpinLatticeTest.requireConsistent(large);
    assertThat(large.side()).isEqualTo(32);
    assertThat(large.meanSpin()).isEqualTo(small.meanSpin());
    assertThat(large.wallDensity()).isEqualTo(small.wallDensity());
    double same = 0;
    double ofTheWhole = large.meanSpin() * large.meanSpin();
    for (int site = 0; site < large.sites(); site++) {
      same += large.spin(site) * large.spin((site + 8) % large.sites()) / (double) large.sites();
    }
    // Copies would correlate fully at the distance of a copy; four standard errors of free spins.
    assertThat(same).isEqualTo(ofTheWhole, within(4.0 / 32));
    assertThat(system.caveats()).isEmpty();
  }

  private static byte[] spins(int state) {
    byte[] spins = new byte[SITES];
    for (int i = 0; i < SITES; i++) {
      spins[i] = (byte) ((state >> i & 1) == 1 ? 1 : -1);
    }
    return spins;
  }

  private static int bits(SpinLattice state) {
    int bits = 0;
    for (int i = 0; i < SITES; i++) {
      bits |= state.spin(i) > 0 ? 1 << i : 0;
    }
    return bits;
  }
}
