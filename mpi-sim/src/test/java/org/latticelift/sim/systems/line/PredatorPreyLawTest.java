package org.latticelift.sim.systems.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.systems.line.PredatorPreyProvider.PredatorPreySystem;

/** Ensembles against the numbers of PP-60 and PP-61. */
class PredatorPreyLawTest {
  private static final double ROUNDING = 5e-5;

  /** Runs whose means the reference values are. */
  private static final int REFERENCE_RUNS = 50;

  /** Sums over runs of both observables. */
  private static final class Moments {
    private final double[] sum = new double[2];
    private final double[] square = new double[2];
    private int count;

    void add(double[] z) {
      for (int i = 0; i < 2; i++) {
        sum[i] += z[i];
        square[i] += z[i] * z[i];
      }
      count++;
    }

    double mean(int i) {
      return sum[i] / count;
    }

    double deviation(int i) {
      return Math.sqrt((square[i] / count - mean(i) * mean(i)) * count / (count - 1));
    }

    /** Within five standard errors of both ensembles. */
    void requireMean(int i, double expected) {
      double error = deviation(i) * Math.sqrt(1.0 / count + 1.0 / REFERENCE_RUNS);
      assertThat(mean(i))
          .as("mean %d, error %g", i, error)
          .isEqualTo(expected, within(5 * error + ROUNDING));
    }
  }

  private static Moments[] ensemble(String start, int runs, double... times) {
    PredatorPreySystem system = PredatorPreyConfigs.system("large_start: {" + start + "}", "");
    PredatorPreyDynamics dynamics = PredatorPreyConfigs.dynamics(system);
    Moments[] moments = new Moments[times.length];
    for (int t = 0; t < times.length; t++) {
      moments[t] = new Moments();
    }
    for (int run = 0; run < runs; run++) {
      RandomStream stream = PredatorPreyConfigs.stream(100 + run);
      Fields state = dynamics.initial(system.large(), stream);
      double now = 0;
      for (int t = 0; t < times.length; t++) {
        dynamics.advance(state, Duration.time(times[t] - now), stream);
        now = times[t];
        moments[t].add(dynamics.observe(state));
      }
    }
    return moments;
  }

  /** PP-60 until t = 5, few runs; standard deviations of so few runs are good to a quarter. */
  @Test
  void meansAndDeviationsAreThoseOfTheReference() {
    Moments[] found = ensemble("mean: 0.5, amplitude: 0.1", 24, 1, 3, 5);
    double[][] expected = {{.4676, .6469}, {.3673, .6915}, {.3777, .5599}};
    for (int t = 0; t < 3; t++) {
      found[t].requireMean(0, expected[t][0]);
      found[t].requireMean(1, expected[t][1]);
    }
    assertThat(found[0].deviation(0)).isEqualTo(.0011, within(5e-4));
    assertThat(found[2].deviation(0)).isEqualTo(.0015, within(7e-4));
    assertThat(found[2].deviation(1)).isEqualTo(.003, within(1.4e-3));
  }

  /** All of PP-60 with as many runs as the reference; deviations of 50 runs are good to a tenth. */
  @Tag("law")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mean: 0.45, amplitude: 0.05"
            + " | .4343 .3823 .3875 .4091 .3981 .4021 .3989 .4000"
            + " | .6279 .6496 .5778 .5781 .6139 .5963 .5982 .5985",
        "mean: 0.50, amplitude: 0.10"
            + " | .4676 .3673 .3777 .4177 .3970 .4043 .3982 .3999"
            + " | .6469 .6915 .5599 .5598 .6262 .5931 .5977 .5975",
        "mean: 0.55, amplitude: 0.15"
            + " | .5024 .3547 .3682 .4239 .3968 .4056 .3975 .4000"
            + " | .6540 .7318 .5450 .5429 .6368 .5891 .5977 .5977"
      })
  void wholeTrajectoriesAreThoseOfTheReference(String start, String prey, String predator) {
    double[] times = {1, 3, 5, 7, 10, 15, 20, 29.99};
    Moments[] found = ensemble(start, REFERENCE_RUNS, times);
    String[] u = prey.split(" ");
    String[] v = predator.split(" ");
    for (int t = 0; t < times.length; t++) {
      found[t].requireMean(0, Double.parseDouble(u[t]));
      found[t].requireMean(1, Double.parseDouble(v[t]));
    }
    assertThat(found[0].deviation(0)).isEqualTo(.0011, within(.0005));
    assertThat(found[7].deviation(0)).isBetween(.0012, .0028);
    assertThat(found[7].deviation(1)).isBetween(.0028, .0055);
  }

  /** PP-61: all snapshots of 50 runs of the small system; errors from the scatter of runs. */
  @Test
  void trainingSnapshotsScatterAsInTheReference() {
    PredatorPreySystem system = PredatorPreyConfigs.system("", "");
    PredatorPreyDynamics dynamics = PredatorPreyConfigs.dynamics(system);
    Extent small = system.small();
    Moments all = new Moments();
    Moments perRun = new Moments();
    double smallest = 1;
    for (int run = 0; run < REFERENCE_RUNS; run++) {
      RandomStream stream = PredatorPreyConfigs.stream(1000 + run);
      Fields state = dynamics.initial(small, stream);
      Moments one = new Moments();
      for (int record = 0; record < 300; record++) {
        double[] z = dynamics.observe(state);
        all.add(z);
        one.add(new double[] {(z[0] - .402) * (z[0] - .402), (z[1] - .604) * (z[1] - .604)});
        smallest = Math.min(smallest, java.util.Arrays.stream(state.prey()).min().orElseThrow());
        dynamics.advance(state, Duration.time(0.1), stream);
      }
      perRun.add(new double[] {one.mean(0), one.mean(1)});
    }
    double[] expected = {0.0235, 0.0390};
    double[] means = {0.402, 0.604};
    for (int i = 0; i < 2; i++) {
      double error = perRun.deviation(i) / (2 * expected[i]) * Math.sqrt(2.0 / REFERENCE_RUNS);
      assertThat(all.deviation(i)).isEqualTo(expected[i], within(4 * error + ROUNDING));
      assertThat(error).isLessThan(0.1 * expected[i]);
      assertThat(all.mean(i)).isEqualTo(means[i], within(1.5e-3));
    }
    assertThat(smallest).isGreaterThan(0.2); // PP-08
  }
}
