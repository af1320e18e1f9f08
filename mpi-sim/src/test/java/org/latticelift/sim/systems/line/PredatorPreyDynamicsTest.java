package org.latticelift.sim.systems.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.SystemProvider;
import org.latticelift.sim.system.TimeScales;
import org.latticelift.sim.systems.line.EulerStep.Reaction;
import org.latticelift.sim.systems.line.PredatorPreyDynamics.Interpolation;
import org.latticelift.sim.systems.line.PredatorPreyProvider.FieldsCodec;
import org.latticelift.sim.systems.line.PredatorPreyProvider.PredatorPreySystem;

class PredatorPreyDynamicsTest {
  private static final String SIZES = "small: 20, large: 40, patch: 10";

  private static Fields large(PredatorPreySystem system, PredatorPreyDynamics dynamics) {
    RandomStream stream = PredatorPreyConfigs.stream(7);
    Fields state = dynamics.initial(system.large(), stream);
    dynamics.advance(state, Duration.time(2), stream);
    return state;
  }

  @Test
  void isFoundByNameAndNamesItsParts() {
    assertThat(SystemProvider.find(ConfigNode.parse("predator-prey", "test")))
        .isInstanceOf(PredatorPreyProvider.class);
    PredatorPreySystem system = PredatorPreyConfigs.system("", "");
    assertThat(system.conditions()).extracting("name").containsExactly("N0.02");
    assertThat(system.small().patches()).isEqualTo(1);
    assertThat(system.large().patches()).isEqualTo(5); // PP-18
    assertThat(system.start()).containsExactly(0.5, 0.5);
    assertThat(system.timeUnit()).isEqualTo("1");
  }

  @Test
  void initialStatesAreWaves() {
    PredatorPreySystem system = PredatorPreyConfigs.system("", "");
    PredatorPreyDynamics dynamics = PredatorPreyConfigs.dynamics(system);
    Fields fixed = dynamics.initial(system.large(), PredatorPreyConfigs.stream(1));
    assertThat(fixed.prey()[0]).isEqualTo(0.5 + 0.1 * Math.cos(Math.PI / 40), within(1e-12));
    assertThat(dynamics.observe(fixed)).containsExactly(new double[] {0.5, 0.5}, within(1e-12));
    Fields drawn = dynamics.initial(system.small(), PredatorPreyConfigs.stream(2));
    assertThat(dynamics.observe(drawn)[0]).isBetween(0.45, 0.55).isNotEqualTo(0.5);
    for (int i = 0; i < drawn.cells(); i++) {
      assertThat(drawn.prey()[i] + drawn.predator()[i]).isEqualTo(1, within(1e-12));
    }
  }

  @Test
  void patchesAddUpToTheWhole() {
    PredatorPreySystem system = PredatorPreyConfigs.system(SIZES, "");
    PredatorPreyDynamics dynamics = PredatorPreyConfigs.dynamics(system);
    Fields state = large(system, dynamics);
    double[] sum = new double[2];
    for (int patch = 0; patch < 4; patch++) {
      double[] part = dynamics.observePatch(state, patch);
      float[] input = dynamics.encoderInput(state, patch);
      assertThat(input).hasSize(20);
      assertThat(input[3]).isEqualTo((float) state.prey()[10 * patch + 3]);
      assertThat(input[13]).isEqualTo((float) state.predator()[10 * patch + 3]);
      sum[0] += part[0] / 4;
      sum[1] += part[1] / 4;
    }
    assertThat(sum).containsExactly(dynamics.observe(state), within(1e-14));
  }

  @Test
  void interpolatesBetweenCentresAndKeepsEndValues() {
    Fields coarse = new Fields(new double[] {1, 3, 2}, new double[] {0, 0, 4});
    Fields fine = Interpolation.enlarge(coarse, 2);
    assertThat(fine.prey()).containsExactly(1, 1.5, 2.5, 2.75, 2.25, 2); // PP-15
    assertThat(fine.predator()).containsExactly(0, 0, 0, 1, 3, 4);
  }

  /** After one step nothing has reached the first cell; without diffusion nothing ever does. */
  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "17, 1", "39, 1", "23, 0"})
  void divergenceIsFoundInEveryCell(int cell, double diffusion) {
    PredatorPreySystem system =
        PredatorPreyConfigs.system(
            SIZES + ", predator_diffusion: " + diffusion, "duration: {events: 1}");
    PredatorPreyDynamics dynamics = PredatorPreyConfigs.dynamics(system);
    RandomStream stream = PredatorPreyConfigs.stream(4);
    Fields calm = large(system, dynamics);
    dynamics.advance(calm.copy(), Duration.time(0.01), stream);
    Fields wild = calm.copy();
    wild.prey()[cell] = 1e200;
    requireDivergence(() -> dynamics.advance(wild.copy(), Duration.time(0.01), stream));
    for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      Fields broken = calm.copy();
      broken.predator()[cell] = value;
      requireDivergence(() -> dynamics.advance(broken, Duration.time(0.01), stream));
    }
    requireDivergence(
        () -> {
          for (int i = 0; i < 100; i++) { // until the patch is drawn
            dynamics.evolve(wild, Duration.events(1), stream);
          }
        });
  }

  private static void requireDivergence(ThrowableAssert.ThrowingCallable run) {
    assertFails(ExitCode.NUMERICAL, run, "diverged");
  }

  @Test
  void eventsAreStepsOfAPatch() {
    PredatorPreySystem system = PredatorPreyConfigs.system(SIZES, "");
    PredatorPreyDynamics dynamics = PredatorPreyConfigs.dynamics(system);
    RandomStream stream = PredatorPreyConfigs.stream(1);
    Fields state = dynamics.initial(system.large(), stream);
    assertThat(dynamics.advance(state, Duration.events(12), stream))
        .isEqualTo(new Progression(12, 0.03));
    assertThatThrownBy(() -> dynamics.advance(state, Duration.time(0.015), stream))
        .hasMessageContaining("multiple of the time of a step");
  }

  /** The small system is no patch (DI-14): its size does not change the number of patches. */
  @ParameterizedTest
  @CsvSource({"200, 200, 40, 5", "100, 200, 40, 5", "40, 40, 10, 4", "80, 160, 40, 4"})
  void patchesAreThoseThatTileTheLargeSystem(int small, int large, int patch, int patches) {
    String sizes = "small: " + small + ", large: " + large + ", patch: " + patch;
    PredatorPreySystem system = PredatorPreyConfigs.system(sizes, "");
    assertThat(system.large().patches()).isEqualTo(patches);
    PredatorPreyDynamics dynamics = PredatorPreyConfigs.dynamics(system);
    RandomStream stream = PredatorPreyConfigs.stream(1);
    Fields state = dynamics.initial(system.large(), stream);
    assertThat(dynamics.advance(state, Duration.events(3L * patches), stream))
        .isEqualTo(new Progression(3L * patches, 0.03));
  }

  /**
   * What kappa is for (ME-40): patches are independent, so increments of the whole deviate by 1 /
   * sqrt(K) of those of a patch. 4000 of each: the ratio of variances has an error of 3 %.
   */
  @Test
  void theNumberOfPatchesIsTheRatioOfVariances() {
    PredatorPreySystem system =
        PredatorPreyConfigs.system(
            "small: 40, large: 40, patch: 8", "environment: ghost, duration: {events: 1}");
    PredatorPreyDynamics dynamics = PredatorPreyConfigs.dynamics(system);
    Fields state = large(system, dynamics);
    RandomStream stream = PredatorPreyConfigs.stream(2);
    double[] before = dynamics.observe(state);
    double[] whole = new double[4000];
    double[][] part = new double[5][4000];
    int[] made = new int[5];
    for (int i = 0; i < whole.length; i++) {
      Fields moved = state.copy();
      dynamics.advance(moved, Duration.events(1), stream);
      whole[i] = dynamics.observe(moved)[0] - before[0];
      PartialEvolution one = dynamics.evolve(state, Duration.events(1), stream);
      int patch = (int) one.patch();
      part[patch][made[patch]++] = one.increment()[0];
    }
    double variance = 0;
    for (int patch = 0; patch < 5; patch++) {
      variance += variance(java.util.Arrays.copyOf(part[patch], made[patch])) / 5;
    }
    double ratio = variance / variance(whole);
    assertThat(ratio / system.large().patches()).isEqualTo(1, within(0.1));
  }

  private static double variance(double[] values) {
    double mean = java.util.Arrays.stream(values).average().orElseThrow();
    return java.util.Arrays.stream(values)
        .map(x -> (x - mean) * (x - mean))
        .average()
        .orElseThrow();
  }

  /** ME-40: mean and covariance of increments of a random patch, exact for one step. */
  @Test
  void momentsOfPartialIncrementsAreThoseOfTheIdentity() {
    PredatorPreySystem system = PredatorPreyConfigs.system(SIZES, "");
    PredatorPreyDynamics dynamics = PredatorPreyConfigs.dynamics(system);
    Fields state = large(system, dynamics);
    double[][] drift = new double[4][];
    EulerStep still = new EulerStep(new Reaction(3, 0.4, 0, 1), 0.01, 0);
    Fields moved = state.copy();
    still.step(moved, ChainSegment.whole(40), false, PredatorPreyConfigs.noise(40, 1));
    double[] mean = new double[2];
    for (int k = 0; k < 4; k++) {
      double[] after = moved.means(ChainSegment.patch(10, k));
      double[] before = state.means(ChainSegment.patch(10, k));
      drift[k] = new double[] {after[0] - before[0], after[1] - before[1]};
      mean[0] += drift[k][0] / 4;
      mean[1] += drift[k][1] / 4;
    }
    double noise = 0.02 * 0.02 * 0.01 / 10; // C_k of each observable
    int samples = 40_000;
    double[] sum = new double[2];
    double[] square = new double[2];
    for (int i = 0; i < samples; i++) {
      PartialEvolution one =
          dynamics.evolve(state, Duration.events(1), PredatorPreyConfigs.stream(5000 + i));
      for (int c = 0; c < 2; c++) {
        double centred = one.increment()[c] - mean[c];
        sum[c] += centred / samples;
        square[c] += centred * centred / samples;
      }
    }
    for (int c = 0; c < 2; c++) {
      double between = 0;
      for (double[] d : drift) {
        between += (d[c] - mean[c]) * (d[c] - mean[c]) / 4;
      }
      double variance = noise + between;
      double error = Math.sqrt(variance / samples);
      assertThat(sum[c]).isEqualTo(0, within(4 * error));
      assertThat(square[c]).isEqualTo(variance, within(4 * variance * Math.sqrt(2.0 / samples)));
    }
  }

  /** One step of any open environment is the same law, and bits differ only by their noise. */
  @ParameterizedTest
  @CsvSource({"ghost", "buffer", "whole", "periodic"})
  void evolutionLeavesTheStateAndCountsSteps(String environment) {
    PredatorPreySystem system =
        PredatorPreyConfigs.system(
            SIZES, "environment: " + environment + ", buffer_cells: 3, duration: {time: 0.05}");
    PredatorPreyDynamics dynamics = PredatorPreyConfigs.dynamics(system);
    Fields state = large(system, dynamics);
    Fields before = state.copy();
    Duration duration =
        system.lifting().evolutionDuration(system.conditions().get(0), TimeScales.ofEvents(0));
    PartialEvolution made = dynamics.evolve(state, duration, PredatorPreyConfigs.stream(3));
    assertThat(state.prey()).isEqualTo(before.prey());
    assertThat(state.predator()).isEqualTo(before.predator());
    assertThat(made.time()).isEqualTo(0.05, within(1e-12));
    assertThat(made.events()).isEqualTo(5);
    assertThat(made.before())
        .containsExactly(dynamics.observePatch(state, made.patch()), within(1e-15));
    assertThat(made.increment()[0]).isNotZero();
  }

  /** DI-12 and DI-13: per length, a step sees the square of the number of cells, noise its root. */
  @Test
  void diffusionAndNoiseMayBePerLength() {
    PredatorPreySystem cells = PredatorPreyConfigs.system(SIZES, "");
    PredatorPreySystem length =
        PredatorPreyConfigs.system(
            SIZES + ", laplacian: length, noise_by: length, predator_diffusion: 0.000625", "");
    Fields one = large(cells, PredatorPreyConfigs.dynamics(cells));
    Fields start = one.copy();
    Fields two = one.copy();
    PredatorPreyConfigs.dynamics(cells)
        .advance(one, Duration.events(4), PredatorPreyConfigs.stream(9));
    PredatorPreyConfigs.dynamics(length)
        .advance(two, Duration.events(4), PredatorPreyConfigs.stream(9));
    Fields drift = start.copy();
    new EulerStep(new Reaction(3, 0.4, 0, 1), 0.01, 0)
        .step(drift, ChainSegment.whole(40), false, PredatorPreyConfigs.noise(40, 1));
    for (int i = 0; i < 40; i++) {
      double byCell = one.predator()[i] - drift.predator()[i];
      double byLength = two.predator()[i] - drift.predator()[i];
      assertThat(byLength).isEqualTo(byCell * Math.sqrt(40), within(1e-12));
    }
  }

  @Test
  void checkpointsKeepAllBitsAndResultsThirtyTwo() {
    PredatorPreySystem system = PredatorPreyConfigs.system(SIZES, "");
    Fields state = large(system, PredatorPreyConfigs.dynamics(system));
    FieldsCodec codec = new FieldsCodec();
    assertThat(codec.restore(codec.save(state), system.large()).prey()).isEqualTo(state.prey());
    Fields stored = codec.decode(codec.encode(state), system.large());
    assertThat(stored.predator()[39]).isEqualTo((float) state.predator()[39]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "noise: [0]      | small: 100                                   | above 0",
        "noise: []       | small: 100                                   | at least one",
        "noise: [1e-2, 0.01] | small: 100                               | stands twice",
        "noise: [0.02]   | large: 150                                   | multiple of lattice.small",
        "noise: [0.02]   | patch: 30                                    | divisor of lattice.large",
        "noise: [0.02]   | laplacian: length                            | 1.25E-5",
        "noise: [0.02]   | small_start: {mean: 0.5}                     | amplitude",
        "noise: [0.02]   | 'small_start: {mean: 2, amplitude: 0}'       | 0 to 1"
      })
  void saysWhatIsWrong(String conditions, String lattice, String expected) {
    ConfigNode root =
        ConfigNode.parse(
            "conditions: {" + conditions + "}\nlattice: {" + lattice + "}\n", "test.yaml");
    assertThatThrownBy(() -> new PredatorPreyProvider().create(root))
        .isInstanceOf(org.latticelift.io.error.LatticeLiftException.class)
        .hasMessageContaining(expected);
  }
}
