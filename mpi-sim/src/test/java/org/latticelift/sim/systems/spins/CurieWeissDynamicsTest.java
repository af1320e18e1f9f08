package org.latticelift.sim.systems.spins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.SystemProvider;
import org.latticelift.sim.system.TimeScales;
import org.latticelift.sim.systems.spins.CurieWeissProvider.CurieWeissDynamics;
import org.latticelift.sim.systems.spins.CurieWeissProvider.CurieWeissSystem;
import org.latticelift.sim.systems.spins.MeanFieldRun.MeanFieldRates;
import org.latticelift.sim.systems.spins.MeanFieldRun.MeanFieldSpins;

class CurieWeissDynamicsTest {
  private static final String SIZES = "small: 4, large: 16, field: 0.1";

  /** A 16 by 16 lattice whose quarter patches differ. */
  private static MeanFieldSpins state(long seed) {
    RandomStream stream = CurieWeissConfigs.stream(seed);
    byte[] spins = new byte[256];
    for (int i = 0; i < 256; i++) {
      spins[i] = (byte) (stream.uniform() < (i % 16 < 8 ? 0.9 : 0.3) ? 1 : -1);
    }
    return MeanFieldSpins.of(spins);
  }

  @Test
  void patchesAddUpToTheWhole() {
    CurieWeissDynamics dynamics =
        CurieWeissConfigs.dynamics(CurieWeissConfigs.system(SIZES, "", "", ""), 0);
    MeanFieldSpins state = state(1);
    double sum = 0;
    for (int k = 0; k < 16; k++) {
      sum += dynamics.observePatch(state, k)[0] / 16;
    }
    assertThat(sum).isEqualTo(dynamics.observe(state)[0], within(1e-14));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ghost", "periodic", "whole"})
  void partialEvolutionLeavesTheStateAsItWas(String environment) {
    CurieWeissSystem system =
        CurieWeissConfigs.system(SIZES, "", "", "environment: " + environment);
    CurieWeissDynamics dynamics = CurieWeissConfigs.dynamics(system, 0);
    MeanFieldSpins state = state(2);
    int[] order = state.order();
    RandomStream stream = CurieWeissConfigs.stream(3);
    for (int i = 0; i < 50; i++) {
      PartialEvolution one = dynamics.evolve(state, Duration.events(16), stream);
      assertThat(state.order()).isEqualTo(order);
      assertThat(one.before()).isEqualTo(dynamics.observePatch(state, one.patch()));
      assertThat(one.events()).isEqualTo(environment.equals("whole") ? 256 : 16);
      assertThat(one.time()).isPositive();
    }
  }

  /**
   * Increments of patches that feel the whole, for a short time, against the exact moments of the
   * full evolution (ME-40): equal mean, and K times the covariance plus what patches differ by.
   * Errors of five deviations.
   */
  @Test
  void incrementsOfPatchesHaveTheMomentsOfTheWhole() {
    CurieWeissDynamics dynamics =
        CurieWeissConfigs.dynamics(CurieWeissConfigs.system(SIZES, "", "", ""), 0);
    MeanFieldSpins state = state(4);
    double time = 0.02;
    MeanFieldRates rates = new MeanFieldRates(256, 1.1, 0.1);
    double up = rates.up(state.ups());
    double down = rates.down(state.ups());
    double mean = 0;
    double covariance = 0;
    double between = 0;
    double[] drift = new double[16];
    for (int k = 0; k < 16; k++) {
      double m = dynamics.observePatch(state, k)[0];
      double gain = 16 * (1 - m) / 2 * down;
      double loss = 16 * (1 + m) / 2 * up;
      drift[k] = time * (gain - loss) / 8;
      mean += drift[k] / 16;
      covariance += time * (gain + loss) / 64 / 16;
    }
    for (double d : drift) {
      between += (d - mean) * (d - mean) / 16;
    }
    double[] whole = ExactMoments.increment(256, state.ups(), time);
    assertThat(mean).isEqualTo(whole[0], within(0.02 * Math.abs(whole[0]))); // O(dt)
    assertThat(covariance / 16).isEqualTo(whole[1], within(0.03 * whole[1]));

    int samples = 200_000;
    RandomStream stream = CurieWeissConfigs.stream(5);
    double sum = 0;
    double square = 0;
    double fourth = 0;
    for (int i = 0; i < samples; i++) {
      double x = dynamics.evolve(state, Duration.time(time), stream).increment()[0] - mean;
      sum += x / samples;
      square += x * x / samples;
      fourth += x * x * x * x / samples;
    }
    double expected = covariance + between;
    assertThat(sum).isEqualTo(0, within(5 * Math.sqrt(square / samples) + 0.02 * Math.abs(mean)));
    assertThat(square)
        .isEqualTo(
            expected,
            within(5 * Math.sqrt((fourth - square * square) / samples) + 0.03 * expected));
  }

  /** Moments of the change of m from the master equation. */
  private static final class ExactMoments {
    static double[] increment(int n, int ups, double time) {
      ExactCurieWeiss exact = new ExactCurieWeiss(n, 1.1, 0.1);
      double[] law = exact.after(ups, time);
      return new double[] {exact.mean(law) - exact.magnetisation(ups), exact.variance(law)};
    }
  }

  @Test
  void isolatedPatchesFeelEachOtherOnly() {
    double ghost = drift("ghost");
    double isolated = drift("periodic");
    // all up in a lattice that is down: alone the patch stays, with the others it turns
    assertThat(ghost).isLessThan(isolated - 0.1);
  }

  private static double drift(String environment) {
    CurieWeissSystem system =
        CurieWeissConfigs.system(SIZES, "", "", "environment: " + environment);
    CurieWeissDynamics dynamics = CurieWeissConfigs.dynamics(system, 0);
    byte[] spins = new byte[256];
    for (int i = 0; i < 256; i++) {
      spins[i] = (byte) (i / 16 < 4 && i % 16 < 4 ? 1 : -1);
    }
    MeanFieldSpins state = MeanFieldSpins.of(spins);
    RandomStream stream = CurieWeissConfigs.stream(6);
    double sum = 0;
    int count = 0;
    while (count < 300) {
      PartialEvolution one = dynamics.evolve(state, Duration.time(0.5), stream);
      if (one.patch() == 0) {
        sum += one.increment()[0];
        count++;
      }
    }
    return sum / count;
  }

  @Test
  void upsamplingEnlargesAndRelaxes() {
    MeanFieldSpins small = MeanFieldSpins.of(CurieWeissConfigs.crowd(4, 9).spins());
    CurieWeissSystem plain = CurieWeissConfigs.system(SIZES, "", "windows: none", "");
    MeanFieldSpins repeated = upsample(plain, small);
    assertThat(repeated.spins()).isEqualTo(SpinUpsampling.enlarge(small, 4));
    for (String coupling : new String[] {"whole", "isolated"}) {
      CurieWeissSystem relaxed =
          CurieWeissConfigs.system(SIZES, "", "duration: {events: 16}, coupling: " + coupling, "");
      assertThat(upsample(relaxed, small).spins()).isNotEqualTo(repeated.spins());
    }
    CurieWeissSystem random =
        CurieWeissConfigs.system(SIZES, "random_share: 1", "windows: none", "");
    assertThat(upsample(random, small).spins()).isNotEqualTo(repeated.spins());
  }

  private static MeanFieldSpins upsample(CurieWeissSystem system, MeanFieldSpins small) {
    return CurieWeissConfigs.dynamics(system, 0)
        .upsample(
            SnapshotPool.of(1, 1, (run, record) -> small),
            system.large(),
            CurieWeissConfigs.stream(1),
            CurieWeissConfigs.stream(2));
  }

  /** Windows that feel the whole relax towards its field, so nothing drifts in equilibrium. */
  @Test
  void coupledRelaxationKeepsTheEquilibrium() {
    CurieWeissSystem system =
        CurieWeissConfigs.system("small: 8, large: 16, field: 0.1", "", "duration: {time: 2}", "");
    CurieWeissDynamics dynamics = CurieWeissConfigs.dynamics(system, 0);
    ExactCurieWeiss exact = new ExactCurieWeiss(256, 1.1, 0.1);
    double[] law = exact.stationary();
    RandomStream stream = CurieWeissConfigs.stream(8);
    MeanFieldSpins state = dynamics.initial(system.large(), stream);
    dynamics.advance(state, Duration.time(100), stream);
    double sum = 0;
    int rounds = 3000;
    for (int i = 0; i < rounds; i++) {
      dynamics.relax(state, true, stream);
      sum += state.meanSpin() / rounds;
    }
    // rounds are nearly independent: each flips every spin several times
    double error = 5 * Math.sqrt(exact.variance(law) * 3 / rounds);
    assertThat(sum).isEqualTo(exact.mean(law), within(error));
  }

  @Test
  void providerAndPreset() {
    CurieWeissProvider provider = new CurieWeissProvider();
    assertThat(SystemProvider.find(ConfigNode.parse("curie-weiss", "test")))
        .isInstanceOf(CurieWeissProvider.class);
    ConfigNode root =
        ConfigNode.parse("conditions: {temperature: [1.1]}", "test")
            .over(ConfigNode.parse(provider.preset("authors"), "preset"));
    var system = LatticeSystem.liftable(provider.create(root));
    system.lifting().checkLifting();
    assertThat(
            system
                .lifting()
                .evolutionDuration(system.conditions().get(0), TimeScales.ofEvents(0.1)))
        .isEqualTo(Duration.events(256)); // CW-12
    assertThat(provider.resolve(root).get("relax").get("coupling").text()).isEqualTo("isolated");
    assertThat(system.timeUnit()).isEqualTo("1");
    assertThat(system.large().patches()).isEqualTo(16);
    assertThat(CurieWeissConfigs.system("large_start: -0.5", "", "", "").start())
        .containsExactly(-0.5);
    assertThatThrownBy(() -> provider.preset("author")).hasMessageContaining("authors");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "small: 10, large: 64   | multiple of lattice.small",
        "small: 1               | 2",
        "large_start: 1.5       | -1 to 1",
        "dynamics: sweeps       | dynamics"
      })
  void saysWhatIsWrong(String lattice, String expected) {
    assertFails(() -> CurieWeissConfigs.system(lattice, "", "", ""), expected);
  }

  @Test
  void simulatedStatesAreThoseOfRuns() {
    String sizes = "small: 4, large: 16, small_start: 0.5, large_start: -0.5";
    CurieWeissSystem start =
        CurieWeissConfigs.system(sizes, "states: simulated, time: 1e-9", "", "");
    RandomStream stream = CurieWeissConfigs.stream(60);
    MeanFieldSpins small = CurieWeissConfigs.crowd(4, 3);
    assertThat(
            CurieWeissConfigs.dynamics(start, 0)
                .upsample(
                    SnapshotPool.of(1, 1, (run, record) -> small), start.large(), stream, stream)
                .meanSpin())
        .isEqualTo(0.5);
    CurieWeissSystem later = CurieWeissConfigs.system(sizes, "states: simulated", "", "");
    assertThat(
            CurieWeissConfigs.dynamics(later, 0)
                .upsample(
                    SnapshotPool.of(1, 1, (run, record) -> small), later.large(), stream, stream)
                .meanSpin())
        .isNotEqualTo(0.5);
    assertThat(later.caveats()).singleElement().asString().contains("simulated");
    CurieWeissSystem none = CurieWeissConfigs.system(sizes, "states: equilibrium", "", "");
    assertFails(none::checkLifting, "upsample.states");
  }
}
