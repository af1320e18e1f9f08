package org.latticelift.sim.systems.spins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates;
import org.latticelift.sim.systems.spins.SpinLattice.WallCount;

class IsingDynamicsTest {
  private static final String SIZES = "small: 4, large: 16, field: 0.1";

  @Test
  void initialStatesHaveTheirMagnetisation() {
    IsingSystem system = IsingConfigs.system(SIZES + ", large_start: -0.75", "", "", "");
    IsingDynamics dynamics = IsingConfigs.dynamics(system, 0);
    RandomStream stream = Spins.stream(1);
    SpinLattice large = dynamics.initial(system.large(), stream);
    assertThat(large.meanSpin()).isEqualTo(-0.75);
    assertThat(dynamics.initial(system.large(), stream).spins()).isNotEqualTo(large.spins());
    double mean = 0;
    double square = 0;
    int states = 2000;
    for (int i = 0; i < states; i++) {
      double m = dynamics.initial(system.small(), stream).meanSpin();
      mean += m / states;
      square += m * m / states;
    }
    // m0 uniform; rounding down to whole spins lowers m by 1/16 on average
    assertThat(mean).isEqualTo(-0.0625, within(5 * 0.58 / Math.sqrt(states)));
    assertThat(square).isEqualTo(1 / 3.0, within(0.03));
  }

  @Test
  void twoPassesAreOnePassTwice() {
    String windows = "duration: {events: 16}";
    IsingDynamics one = IsingConfigs.dynamics(IsingConfigs.system(SIZES, "", windows, ""), 0);
    IsingDynamics two =
        IsingConfigs.dynamics(IsingConfigs.system(SIZES, "", windows + ", passes: 2", ""), 0);
    SpinLattice once = SpinLattice.of(Spins.random(16, 0.6, Spins.stream(2)));
    SpinLattice twice = SpinLattice.of(once.spins());
    RandomStream stream = Spins.stream(3);
    one.relax(once, true, stream);
    one.relax(once, true, stream);
    two.relax(twice, true, Spins.stream(3));
    assertThat(twice.spins()).isEqualTo(once.spins());
    one.relax(once, true, stream);
    assertThat(twice.spins()).isNotEqualTo(once.spins());
  }

  @Test
  void patchesAddUpToTheWhole() {
    IsingSystem system = IsingConfigs.system(SIZES, "", "", "");
    IsingDynamics dynamics = IsingConfigs.dynamics(system, 0);
    SpinLattice state = SpinLattice.of(Spins.random(16, 0.6, Spins.stream(2)));
    double m = 0;
    double rho = 0;
    for (int k = 0; k < 16; k++) {
      double[] patch = dynamics.observePatch(state, k);
      m += patch[0] / 16;
      rho += patch[1] / 16;
    }
    assertThat(m).isEqualTo(dynamics.observe(state)[0], within(1e-14));
    assertThat(rho).isEqualTo(dynamics.observe(state)[1], within(1e-14));
  }

  @Test
  void aSeamCountsArtificialBonds() {
    byte[] spins = new byte[256];
    for (int i = 0; i < 256; i++) {
      spins[i] = (byte) (i % 16 < 2 ? 1 : -1);
    }
    SpinLattice stripe = SpinLattice.of(spins);
    Window patch = Window.tile(stripe, 4, 0);
    // columns up up down down: walls 0 | 1-2 owned at column 2 and the seam at column 0
    assertThat(WallCount.SEAM.observe(stripe, patch)).containsExactly(0, 8 / 32.0);
    Window next = Window.tile(stripe, 4, 1);
    assertThat(WallCount.SEAM.observe(stripe, next)).containsExactly(-1, 0);
    assertThat(WallCount.OWNED.observe(stripe, next)).containsExactly(-1, 0);
    byte[] cut = new byte[16];
    patch.cut(stripe, cut);
    assertThat(WallCount.SEAM.observe(stripe, patch)[1]).isEqualTo(Spins.walls(cut) / 32.0);
  }

  @Test
  void encoderInputIsThePatch() {
    IsingDynamics dynamics = IsingConfigs.dynamics(IsingConfigs.system(SIZES, "", "", ""), 0);
    SpinLattice state = SpinLattice.of(Spins.random(16, 0.5, Spins.stream(3)));
    float[] input = dynamics.encoderInput(state, 6); // rows 4 to 7, columns 8 to 11
    assertThat(input).hasSize(16);
    assertThat(input[5]).isEqualTo(state.spin(5 * 16 + 9));
  }

  @Test
  void enlargingRepeatsSpins() {
    SpinLattice small = SpinLattice.of(Spins.random(4, 0.5, Spins.stream(4)));
    SpinLattice large = SpinLattice.of(SpinUpsampling.enlarge(small, 3));
    assertThat(large.meanSpin()).isEqualTo(small.meanSpin());
    assertThat(large.walls()).isEqualTo(3 * small.walls());
    assertThat(large.spin(7 * 12 + 11)).isEqualTo(small.spin(2 * 4 + 3));
  }

  @Test
  void upsamplingEnlargesAndRelaxesLevelByLevel() {
    SpinLattice small = SpinLattice.of(Spins.random(4, 0.5, Spins.stream(5)));
    IsingSystem plain = IsingConfigs.system(SIZES, "", "windows: none", "");
    SpinLattice repeated =
        IsingConfigs.dynamics(plain, 0)
            .upsample(
                SnapshotPool.of(1, 1, (run, record) -> small),
                plain.large(),
                Spins.stream(1),
                Spins.stream(2));
    assertThat(repeated.spins()).isEqualTo(SpinUpsampling.enlarge(small, 4));
    IsingSystem relaxed = IsingConfigs.system(SIZES, "", "duration: {events: 16}", "");
    SpinLattice state =
        IsingConfigs.dynamics(relaxed, 0)
            .upsample(
                SnapshotPool.of(1, 1, (run, record) -> small),
                relaxed.large(),
                Spins.stream(1),
                Spins.stream(2));
    assertThat(state.side()).isEqualTo(16);
    assertThat(state.spins()).isNotEqualTo(repeated.spins());
    SpinLatticeTest.requireConsistent(state);
    assertThat(small.spins()).isEqualTo(Spins.random(4, 0.5, Spins.stream(5)));
  }

  @Test
  void aShareOfTheLargeStatesIsRandom() {
    SpinLattice up = SpinLattice.of(Spins.random(4, 1, Spins.stream(1)));
    IsingSystem system = IsingConfigs.system(SIZES, "random_share: 0.25", "windows: none", "");
    IsingDynamics dynamics = IsingConfigs.dynamics(system, 0);
    int random = 0;
    int states = 2000;
    RandomStream stream = Spins.stream(6);
    for (int i = 0; i < states; i++) {
      SpinLattice state =
          dynamics.upsample(
              SnapshotPool.of(1, 1, (run, record) -> up), system.large(), stream, stream);
      random += state.walls() > 0 ? 1 : 0;
    }
    assertThat(random / (double) states).isEqualTo(0.25, within(5 * 0.434 / Math.sqrt(states)));
  }

  /** Random spins are relaxed for a while, walls fewer from pass to pass (IS-75). */
  @Test
  void randomStatesAreOnTheWayFromRandomSpins() {
    double[] walls = new double[2];
    for (int most = 0; most < 2; most++) {
      String passes = "random_passes: " + 8 * most;
      IsingSystem system = IsingConfigs.system(SIZES, "random_share: 1", passes, "");
      IsingDynamics dynamics = IsingConfigs.dynamics(system, 6.2 / 16); // IS-09, of 16 sites
      SpinLattice unused = SpinLattice.of(Spins.random(4, 1, Spins.stream(1)));
      for (int i = 0; i < 200; i++) {
        SpinLattice state =
            dynamics.upsample(
                SnapshotPool.of(1, 1, (run, record) -> unused),
                system.large(),
                Spins.stream(i),
                Spins.stream(900 + i));
        SpinLatticeTest.requireConsistent(state);
        walls[most] += state.wallDensity() / 200;
      }
    }
    assertThat(walls[0]).isEqualTo(1 / 3.0, within(0.03)); // mean of (1 - m^2)/2
    assertThat(walls[1]).isBetween(0.15, 0.25);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "environment: periodic",
        "environment: periodic, patch_observable: seam",
        "environment: ghost",
        "environment: ghost, patch_observable: owned",
        "environment: buffer, buffer_sites: 2",
        "environment: buffer, buffer_sites: 9",
        "environment: whole"
      })
  void partialEvolutionLeavesTheStateAsItWas(String evolve) {
    IsingSystem system = IsingConfigs.system(SIZES, "", "", evolve);
    IsingDynamics dynamics = IsingConfigs.dynamics(system, 0);
    SpinLattice state = SpinLattice.of(Spins.random(16, 0.5, Spins.stream(7)));
    byte[] codes = state.codes().clone();
    RandomStream stream = Spins.stream(8);
    double moved = 0;
    for (int i = 0; i < 40; i++) {
      PartialEvolution one = dynamics.evolve(state, Duration.events(16), stream);
      assertThat(state.codes()).isEqualTo(codes);
      SpinLatticeTest.requireConsistent(state);
      assertThat(one.time()).isPositive();
      assertThat(one.patch()).isBetween(0L, 15L);
      moved += Math.abs(one.increment()[0]) + Math.abs(one.increment()[1]);
      int sites =
          evolve.contains("whole") || evolve.contains("9") ? 256 : evolve.contains("2") ? 64 : 16;
      assertThat(one.events()).isEqualTo(sites);
    }
    assertThat(moved).isPositive();
  }

  @Test
  void onlyTheRegionChanges() {
    GlauberRates rates = new GlauberRates(2.5, 0);
    WindowDynamics windows = new WindowDynamics(rates, StopSignal.none());
    Window corner = new Window(-2, 13, 5); // wraps around both ends
    List<Integer> allowed = new ArrayList<>();
    for (int i = 0; i < 49; i++) {
      allowed.add(corner.grown(1).site(new SpinLattice(16), i));
    }
    SpinLattice state = SpinLattice.of(Spins.random(16, 0.5, Spins.stream(9)));
    byte[] before = state.spins();
    boolean[] seen = new boolean[256];
    RandomStream stream = Spins.stream(10);
    for (int i = 0; i < 50; i++) {
      windows.open(state, corner, 1, Duration.time(2), stream);
      mark(seen, before, state);
      windows.undo(state);
      assertThat(state.spins()).isEqualTo(before);
    }
    for (int site = 0; site < 256; site++) {
      assertThat(seen[site]).as("site %d", site).isEqualTo(allowed.contains(site));
    }
    windows.closed(state, corner, Duration.events(40), stream);
    for (int site = 0; site < 256; site++) {
      if (!allowed.contains(site)) {
        assertThat(state.spin(site)).isEqualTo(before[site]);
      }
    }
    SpinLatticeTest.requireConsistent(state);
  }

  private static void mark(boolean[] seen, byte[] before, SpinLattice state) {
    for (int site = 0; site < before.length; site++) {
      seen[site] |= state.spin(site) != before[site];
    }
  }

  /**
   * For short times, the increments of patches in frozen surroundings average to that of the whole
   * (ME-38), when all bonds that flips change are counted; with owned bonds only, half of the
   * change at borders is missed. Five standard deviations.
   */
  @Test
  void shortIncrementsOfPatchesAverageToTheDrift() {
    double time = 0.02;
    SpinLattice state = SpinLattice.of(Spins.random(16, 0.8, Spins.stream(11)));
    double[] drift = drift(state, new GlauberRates(2.5, 0.1));
    double[] touched = mean(state, "environment: ghost", time, 40_000);
    assertThat(touched[0]).isEqualTo(drift[0], within(5 * touched[2]));
    assertThat(touched[1]).isEqualTo(drift[1], within(5 * touched[3] + 0.02 * Math.abs(drift[1])));
    double[] whole = mean(state, "environment: whole", time, 10_000);
    assertThat(whole[1]).isEqualTo(drift[1], within(5 * whole[3] + 0.02 * Math.abs(drift[1])));
    double[] owned = mean(state, "environment: ghost, patch_observable: owned", time, 80_000);
    assertThat(Math.abs(owned[1] - drift[1])).isGreaterThan(5 * owned[3]);
  }

  /** Rates of change of m and rho, from all sites. */
  private static double[] drift(SpinLattice state, GlauberRates rates) {
    double[] drift = new double[2];
    int n = state.sites();
    for (int site = 0; site < n; site++) {
      double rate = rates.rates()[state.codes()[site]];
      double m = state.meanSpin();
      double rho = state.wallDensity();
      state.flip(site);
      drift[0] += rate * (state.meanSpin() - m);
      drift[1] += rate * (state.wallDensity() - rho);
      state.flip(site);
    }
    return drift;
  }

  /** Mean increments over time, and their errors. */
  private static double[] mean(SpinLattice state, String evolve, double time, int samples) {
    IsingDynamics dynamics = IsingConfigs.dynamics(IsingConfigs.system(SIZES, "", "", evolve), 0);
    RandomStream stream = Spins.stream(12);
    double[] sum = new double[2];
    double[] square = new double[2];
    for (int i = 0; i < samples; i++) {
      double[] increment = dynamics.evolve(state, Duration.time(time), stream).increment();
      for (int c = 0; c < 2; c++) {
        double rate = increment[c] / time;
        sum[c] += rate / samples;
        square[c] += rate * rate / samples;
      }
    }
    return new double[] {
      sum[0],
      sum[1],
      Math.sqrt((square[0] - sum[0] * sum[0]) / samples),
      Math.sqrt((square[1] - sum[1] * sum[1]) / samples)
    };
  }

  /** Sweeps have the equilibrium of continuous time (DI-10); five standard deviations. */
  @Test
  void sweepsReachTheSameEquilibrium() {
    IsingSystem system =
        IsingConfigs.system(SIZES + ", dynamics: sweeps, small_start: 0.5", "", "", "");
    IsingDynamics dynamics = IsingConfigs.dynamics(system, 0);
    ExactIsing exact = new ExactIsing(2.5, 0.1);
    RandomStream stream = Spins.stream(13);
    SpinLattice state = dynamics.initial(system.small(), stream);
    BlockAverage average = new BlockAverage(2);
    for (int block = 0; block < 50; block++) {
      double[] sum = new double[2];
      for (int i = 0; i < 1500; i++) {
        var made = dynamics.advance(state, Duration.time(1), stream);
        assertThat(made.time()).isEqualTo(1);
        sum[0] += state.meanSpin() / 1500;
        sum[1] += state.wallDensity() / 1500;
      }
      average.add(sum);
    }
    average.require("m", 0, exact.meanSpin, 0);
    average.require("rho", 1, exact.walls, 0);
    assertThat(dynamics.advance(state, Duration.events(30), stream).events())
        .isGreaterThanOrEqualTo(30);
  }
}
