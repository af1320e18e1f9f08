package org.latticelift.sim.systems.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.SystemProvider;
import org.latticelift.sim.system.TimeScales;
import org.latticelift.sim.systems.line.ChainProvider.ChainCodec;
import org.latticelift.sim.systems.line.ChainProvider.ChainDynamics;
import org.latticelift.sim.systems.line.ChainProvider.ChainSystem;
import org.latticelift.sim.systems.line.ChainSetup.Chain;
import org.latticelift.sim.systems.line.ChainSetup.ChainStep;

class ChainTest {
  private static final ChainStep STEP = new ChainStep(1, 1, 8, 1, 0.01);

  private static ChainSystem system(String lattice, String upsample, String relax, String evolve) {
    String yaml =
        "conditions: {force: [8]}\nlattice: {%s}\nupsample: {%s}\nrelax: {%s}\nevolve: {%s}\n";
    return (ChainSystem)
        new ChainProvider()
            .create(
                ConfigNode.parse(
                    String.format(yaml, lattice, upsample, relax, evolve), "test.yaml"));
  }

  private static ChainDynamics dynamics(ChainSystem system) {
    return (ChainDynamics) system.dynamics(system.conditions().get(0), 0);
  }

  private static RandomStream stream(long seed) {
    return new Streams(seed).stream(Purpose.CHECK, 78);
  }

  private static Chain random(int particles, long seed) {
    RandomStream stream = stream(seed);
    double[] x = new double[particles];
    for (int i = 0; i < particles; i++) {
      x[i] = stream.normal();
    }
    return new Chain(x);
  }

  private static double[] normals(int particles, long seed) {
    return random(particles, seed).displacement();
  }

  /** Appendix E: with shared noise a patch takes the step of the whole, bit for bit. */
  @Test
  void aPartialStepIsTheFullStepOfThePatch() {
    double[] noise = normals(128, 1);
    Chain whole = random(128, 2);
    STEP.move(whole.displacement(), ChainSegment.whole(128), noise);
    for (int k = 0; k < 8; k++) {
      Chain partial = random(128, 2);
      STEP.move(partial.displacement(), ChainSegment.patch(16, k), noise);
      for (int i = 0; i < 128; i++) {
        double expected = i / 16 == k ? whole.displacement()[i] : random(128, 2).displacement()[i];
        assertThat(partial.displacement()[i]).isEqualTo(expected);
      }
    }
  }

  /** Springs cancel in the sum, at free ends too: the mean moves by its own law (LC-02). */
  @Test
  void theMeanHasAClosedLaw() {
    double[] noise = normals(128, 3);
    Chain chain = random(128, 4);
    ChainSegment all = ChainSegment.whole(128);
    double before = all.mean(chain.displacement());
    STEP.move(chain.displacement(), all, noise);
    double expected = before + (-before + 8 / 128.0) * 0.01 + 0.1 * all.mean(noise);
    assertThat(all.mean(chain.displacement())).isEqualTo(expected, within(1e-14));
  }

  /**
   * ME-40 with exact moments: over patches the mean increments average to the drift of the whole,
   * and the covariance of a randomly chosen patch is K times that of the whole plus what the means
   * differ by. Errors of five deviations.
   */
  @Test
  void incrementsOfPatchesHaveTheMomentsOfTheWhole() {
    ChainSystem system = system("", "", "", "");
    ChainDynamics dynamics = dynamics(system);
    Chain state = random(128, 5);
    double mean = dynamics.observe(state)[0];
    double drift = 0.01 * (-mean + 8 / 128.0);
    double between = 0;
    double average = 0;
    for (int k = 0; k < 8; k++) {
      Chain moved = new Chain(state.displacement().clone());
      STEP.move(moved.displacement(), ChainSegment.patch(16, k), new double[128]);
      double m = dynamics.observePatch(moved, k)[0] - dynamics.observePatch(state, k)[0];
      average += m / 8;
      between += (m - drift) * (m - drift) / 8;
    }
    assertThat(average).isEqualTo(drift, within(1e-14));
    double expected = 0.01 / 16 + between;
    int samples = 100_000;
    double sum = 0;
    double square = 0;
    RandomStream stream = stream(6);
    for (int i = 0; i < samples; i++) {
      PartialEvolution one = dynamics.evolve(state, Duration.events(1), stream);
      sum += one.increment()[0] / samples;
      square += Math.pow(one.increment()[0] - drift, 2) / samples;
    }
    assertThat(sum).isEqualTo(drift, within(5 * Math.sqrt(expected / samples)));
    assertThat(square).isEqualTo(expected, within(5 * expected * Math.sqrt(2.0 / samples)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ghost", "buffer", "whole"})
  void partialEvolutionLeavesTheStateAsItWas(String environment) {
    ChainSystem system = system("", "", "", "duration: {events: 5}, environment: " + environment);
    ChainDynamics dynamics = dynamics(system);
    Chain state = random(128, 7);
    double[] before = state.displacement().clone();
    Duration duration =
        system.lifting().evolutionDuration(system.conditions().get(0), TimeScales.ofEvents(0));
    PartialEvolution one = dynamics.evolve(state, duration, stream(8));
    assertThat(state.displacement()).isEqualTo(before);
    assertThat(one.events()).isEqualTo(5);
    assertThat(one.time()).isEqualTo(0.05, within(1e-15));
    assertThat(one.before()).isEqualTo(dynamics.observePatch(state, one.patch()));
  }

  /** The stationary mean is F/(n gamma) with deviation sigma/sqrt(2 gamma n); five errors. */
  @Test
  void longRunsHaveTheStationaryLaw() {
    ChainSystem system = system("small: 16, large: 16", "", "", "");
    ChainDynamics dynamics = dynamics(system);
    RandomStream stream = stream(9);
    Chain state = dynamics.initial(system.small(), stream);
    dynamics.advance(state, Duration.time(10), stream);
    int records = 4000;
    double sum = 0;
    double square = 0;
    for (int i = 0; i < records; i++) {
      dynamics.advance(state, Duration.time(1), stream);
      double x = dynamics.observe(state)[0];
      sum += x / records;
      square += (x - 0.5) * (x - 0.5) / records;
    }
    double variance = 1 / 32.0;
    // correlation exp(-1) per record: 2.16 records for an independent one
    assertThat(sum).isEqualTo(0.5, within(5 * Math.sqrt(2.2 * variance / records)));
    assertThat(square).isEqualTo(variance, within(5 * variance * Math.sqrt(2 * 2.2 / records)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 64, 127})
  void divergenceIsFoundInEveryParticle(int particle) {
    ChainSystem system = system("", "", "", "");
    ChainDynamics dynamics = dynamics(system);
    for (double value : new double[] {Double.MAX_VALUE, Double.NaN}) {
      Chain state = random(128, 12);
      state.displacement()[particle] = value;
      assertFails(
          ExitCode.NUMERICAL, () -> dynamics.advance(state, Duration.time(0.01), stream(13)));
    }
  }

  @Test
  void largeStatesAreEnlargedOrSimulated() {
    Chain small = random(16, 10);
    ChainSystem repeated = system("", "", "windows: none", "");
    Chain large =
        dynamics(repeated)
            .upsample(
                SnapshotPool.of(1, 1, (run, record) -> small),
                repeated.large(),
                stream(1),
                stream(2));
    assertThat(large.particles()).isEqualTo(128);
    assertThat(large.displacement()[127]).isEqualTo(small.displacement()[15]);
    ChainSystem relaxed = system("", "", "", "");
    Chain moved =
        dynamics(relaxed)
            .upsample(
                SnapshotPool.of(1, 1, (run, record) -> small),
                relaxed.large(),
                stream(1),
                stream(2));
    assertThat(moved.displacement()).isNotEqualTo(large.displacement());
    ChainSystem simulated = system("large_start: 0.5", "states: simulated, time: 0.01", "", "");
    Chain fresh =
        dynamics(simulated)
            .upsample(
                SnapshotPool.of(1, 1, (run, record) -> small),
                simulated.large(),
                stream(1),
                stream(2));
    assertThat(fresh.displacement()).containsOnly(0.5); // after no step
  }

  @Test
  void statesAreStoredAsTheyAre() {
    ChainSystem system = system("", "", "", "");
    Chain state = random(16, 11);
    ChainCodec codec = new ChainCodec();
    assertThat(codec.restore(codec.save(state), system.small()).displacement())
        .isEqualTo(state.displacement());
    state.displacement()[3] = Double.NaN;
    assertThatThrownBy(() -> codec.decode(codec.encode(state), system.small()))
        .hasMessageContaining("NaN");
  }

  @Test
  void providerNamesConditions() {
    assertThat(SystemProvider.find(ConfigNode.parse("linear-chain", "test")))
        .isInstanceOf(ChainProvider.class);
    ChainSystem system = system("", "", "", "");
    assertThat(system.conditions()).extracting("name").containsExactly("F8");
    assertThat(system.large().patches()).isEqualTo(8);
    assertThat(system.start()).containsExactly(0);
    ConfigNode root = ConfigNode.parse("conditions: {force: [8]}", "test");
    ConfigNode lattice = new ChainProvider().resolve(root).get("lattice");
    assertThat(lattice.get("small_start").text()).isEqualTo("uniform");
    assertThat(lattice.get("large_start").number()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "small: 10              |                          | multiple of lattice.small",
        "step: 0.5              |                          | stable",
        "spring: -1             |                          | 0",
        "small_start: middle    |                          | number",
        "step: 0.01             | duration: {time: 0.015}  | multiple of the time of a step"
      })
  void saysWhatIsWrong(String lattice, String evolve, String expected) {
    String keys = evolve == null ? "" : evolve;
    assertFails(() -> system(lattice, "", "", keys), expected);
  }
}
