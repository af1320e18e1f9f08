package org.latticelift.sim.systems.spins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.systems.spins.IsingSetup.WolffClusters;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates;

class WolffClustersTest {
  private static final double TEMPERATURE = 2.3;

  /** Four standard errors of independent states; all started from random spins. */
  @Test
  void statesHaveTheExactAverages() {
    WolffClusters clusters = new WolffClusters(new GlauberRates(TEMPERATURE, 0));
    ExactIsing exact = new ExactIsing(TEMPERATURE, 0);
    RandomStream stream = Spins.stream(41);
    int states = 6_000;
    double[] sum = new double[3];
    double[] square = new double[3];
    for (int i = 0; i < states; i++) {
      SpinLattice state = SpinLattice.of(StartMagnetisation.ANY.spins(ExactIsing.SIDE, stream));
      clusters.equilibrate(state, stream);
      SpinLatticeTest.requireConsistent(state);
      double m = state.meanSpin();
      double[] values = {m, m * m, state.wallDensity()};
      for (int k = 0; k < 3; k++) {
        sum[k] += values[k] / states;
        square[k] += values[k] * values[k] / states;
      }
    }
    double[] expected = {0, exact.squareSpin, exact.walls};
    for (int k = 0; k < 3; k++) {
      double error = Math.sqrt((square[k] - sum[k] * sum[k]) / states);
      assertThat(sum[k]).isEqualTo(expected[k], within(4 * error));
    }
  }

  /** Walls and |m| of 16 x 16 spins, where nothing is enumerated; four standard errors. */
  @Test
  void equilibriumIsThatOfSingleFlips() {
    IsingSystem system =
        IsingConfigs.system(
            2.5, "small: 8, large: 16", "states: equilibrium", "", "environment: ghost");
    IsingDynamics dynamics = IsingConfigs.dynamics(system, 0);
    SpinLattice unused = new SpinLattice(8);
    RandomStream stream = Spins.stream(42);
    int samples = 800;
    double[][] values = new double[4][samples];
    SpinLattice glauber = dynamics.initial(system.large(), stream);
    dynamics.advance(glauber, Duration.time(400), stream);
    for (int i = 0; i < samples; i++) {
      SpinLattice cluster =
          dynamics.upsample(
              SnapshotPool.of(1, 1, (run, record) -> unused), system.large(), stream, stream);
      dynamics.advance(glauber, Duration.time(60), stream);
      values[0][i] = Math.abs(cluster.meanSpin());
      values[1][i] = Math.abs(glauber.meanSpin());
      values[2][i] = cluster.wallDensity();
      values[3][i] = glauber.wallDensity();
    }
    for (int k = 0; k < 4; k += 2) {
      double error = Math.hypot(error(values[k]), error(values[k + 1]));
      assertThat(mean(values[k])).isEqualTo(mean(values[k + 1]), within(4 * error));
      assertThat(error).isLessThan(0.02);
    }
    assertThat(system.caveats()).singleElement().asString().contains("equilibrium");
  }

  private static double mean(double[] values) {
    return java.util.Arrays.stream(values).average().orElseThrow();
  }

  private static double error(double[] values) {
    double mean = mean(values);
    double square = java.util.Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(square) / values.length;
  }

  @Test
  void aFieldIsRefused() {
    IsingSystem system =
        IsingConfigs.system("small: 8, large: 16, field: 0.1", "states: equilibrium", "", "");
    assertFails(system.lifting()::checkLifting, "upsample.states");
  }

  /** As many walls as runs have at half of the time, on average, and the start of small runs. */
  @Test
  void simulatedStatesAreThoseOfRuns() {
    IsingSystem system =
        IsingConfigs.system(
            2.5,
            "small: 8, large: 16, small_start: 0.5, large_start: -0.5",
            "states: simulated, time: 1e-9",
            "",
            "");
    IsingDynamics dynamics = IsingConfigs.dynamics(system, 0);
    SpinLattice unused = new SpinLattice(8);
    RandomStream stream = Spins.stream(43);
    SpinLattice start =
        dynamics.upsample(
            SnapshotPool.of(1, 1, (run, record) -> unused), system.large(), stream, stream);
    assertThat(start.meanSpin()).isEqualTo(0.5);
    IsingSystem longer =
        IsingConfigs.system(
            2.5, "small: 8, large: 16, small_start: 0.5", "states: simulated, time: 8", "", "");
    IsingDynamics runs = IsingConfigs.dynamics(longer, 0);
    double walls = 0;
    double twin = 0;
    for (int i = 0; i < 400; i++) {
      SpinLattice state =
          runs.upsample(
              SnapshotPool.of(1, 1, (run, record) -> unused), longer.large(), stream, stream);
      walls += state.wallDensity() / 400;
      SpinLattice run = SpinLattice.of(start.spins());
      dynamics.advance(run, Duration.time(8 * (i + 0.5) / 400), stream);
      twin += run.wallDensity() / 400;
    }
    assertThat(walls).isEqualTo(twin, within(0.012));
    assertThat(longer.caveats()).singleElement().asString().contains("simulated");
    assertThat(IsingConfigs.system("small: 8, large: 16", "", "", "").caveats()).isEmpty();
  }

  /** Runs in pieces are runs in one piece, and their late averages the exact ones. */
  @Test
  void directRunsFlipClusters() {
    String yaml =
        "conditions: {temperature: [2.3]}\nlattice: {small: 4, large: 4, field: %s}\nupsample: {}\n"
            + "relax: {}\nevolve: {}\ndirect: {dynamics: %s}\n";
    IsingSystem system = direct(yaml.formatted("0", "wolff"));
    Dynamics<SpinLattice> dynamics =
        system.options().direct().orElseThrow().at(system.conditions().get(0), StopSignal.none());
    RandomStream stream = Spins.stream(44);
    SpinLattice state = dynamics.initial(system.large(), stream);
    ExactIsing exact = new ExactIsing(TEMPERATURE, 0);
    BlockAverage average = new BlockAverage(2);
    for (int block = 0; block < 40; block++) {
      double[] sum = new double[2];
      for (int i = 0; i < 500; i++) {
        Progression made = dynamics.advance(state, Duration.time(3), stream);
        assertThat(made.events()).isEqualTo(3);
        sum[0] += state.meanSpin() * state.meanSpin() / 500;
        sum[1] += state.wallDensity() / 500;
      }
      average.add(sum);
    }
    average.require("m^2", 0, exact.squareSpin, 0);
    average.require("rho", 1, exact.walls, 0);
    assertThat(system.caveats()).singleElement().asString().contains("wolff");
    assertThat(
            system
                .dynamics(system.conditions().get(0), 0)
                .advance(state, Duration.events(7), stream)
                .time())
        .isNotEqualTo(7.0);
    assertThatThrownBy(() -> direct(yaml.formatted("0", "metropolis")))
        .hasMessageContaining("direct.dynamics");
    IsingSystem field = direct(yaml.formatted("0.1", "wolff"));
    assertThatThrownBy(() -> field.checkRuns(field.large()))
        .hasMessageContaining("direct.dynamics");
  }

  private static IsingSystem direct(String yaml) {
    return (IsingSystem) new IsingProvider().create(ConfigNode.parse(yaml, "test.yaml"));
  }
}
