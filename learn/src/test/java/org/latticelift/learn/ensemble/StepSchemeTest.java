package org.latticelift.learn.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.schedule.Schedule;
import org.latticelift.sim.schedule.ScheduleSpec;

/** Both schemes against what they do to a linear equation, and to the trained one that ships. */
class StepSchemeTest {
  private static final double RATE = 1.5;
  private static final double SIGMA = 0.4;
  private static final double H = 0.4;
  private static final double X = RATE * H;
  private static final int WALKERS = 4800;
  private static final int BLOCK = 48;

  private static List<Walkers> walkers(double start) {
    SdeModel model =
        LinearModels.one(RATE, 0, SIGMA, new double[] {1000, 2000}, new double[] {1, 1});
    Program program = new JavaKernel().program(model.architecture(), model.models().get(0), 1500);
    Streams streams = new Streams(17);
    Walkers[] all = new Walkers[WALKERS / BLOCK];
    for (int b = 0; b < all.length; b++) {
      long first = (long) b * BLOCK;
      all[b] = program.walkers(BLOCK, t -> streams.stream(Purpose.CHECK, first + t));
      all[b].start(new double[] {start});
    }
    return Arrays.asList(all);
  }

  private static double stretched(StepScheme scheme) {
    return scheme == StepScheme.EULER ? 1 - X : 1 - X + X * X / 2 - X * X * X / 6;
  }

  /** Share of the noise of a step that is left at its end. */
  private static double share(StepScheme scheme) {
    return scheme == StepScheme.EULER ? 1 : 1 - X / 2 + X * X / 6;
  }

  @ParameterizedTest
  @CsvSource({"EULER", "RUNGE_KUTTA"})
  void aLinearStepIsThePolynomialOfTheScheme(StepScheme scheme) {
    Walkers walker = walkers(2).get(0);
    walker.advance(1, H, 0, scheme);
    assertThat((double) walker.get(0, 0)).isCloseTo(2 * stretched(scheme), within(1e-6));
    walker.advance(2, H, 0, scheme);
    assertThat((double) walker.get(0, 5))
        .isCloseTo(2 * Math.pow(stretched(scheme), 3), within(2e-6));
  }

  /** The variance after one step and the stationary one: for a step of 0.6 relaxation times. */
  @ParameterizedTest
  @CsvSource({"EULER", "RUNGE_KUTTA"})
  void noiseHasTheVarianceOfTheScheme(StepScheme scheme) {
    List<Walkers> all = walkers(0);
    double one = SIGMA * SIGMA * H * share(scheme) * share(scheme);
    all.forEach(each -> each.advance(1, H, 1, scheme));
    double bar = 4 * Math.sqrt(2.0 / WALKERS);
    assertThat(variance(all)).isCloseTo(one, within(one * bar));
    all.forEach(each -> each.advance(40, H, 1, scheme));
    double late = one / (1 - stretched(scheme) * stretched(scheme));
    assertThat(variance(all)).isCloseTo(late, within(late * bar));
    double exact = SIGMA * SIGMA / (2 * RATE);
    double off = scheme == StepScheme.EULER ? 1 / (1 - X / 2) - 1 : -X * X / 12;
    assertThat(late / exact - 1).isCloseTo(off, within(0.02));
  }

  private static double variance(List<Walkers> all) {
    double square = 0;
    for (Walkers each : all) {
      for (int t = 0; t < each.count(); t++) {
        square += (double) each.get(0, t) * each.get(0, t);
      }
    }
    return square / WALKERS;
  }

  /**
   * The shipped alloy along heat treatments without noise, at the defaults of {@code predict} and
   * with fine steps and pieces: means differ by at most 0.015 soon after a start far from
   * equilibrium at 1000 K, where their way is 1.5 long, and by 0.001 at the end; Euler-Maruyama is
   * farther off with steps ten times shorter.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{anneal: {at: 1000, time_s: 0.2}}",
        "[{anneal: {at: 3000, time_s: 1e-6}}, {anneal: {at: 1200, time_s: 1e-3}}]",
        "[{anneal: {at: 2000, time_s: 5e-6}}, {quench: {to: 1000, time_s: 1e-4}}]",
        "{cycle: {low: 1500, high: 2200, time_s: 2e-5, count: 2}}"
      })
  void longStepsOfThreeDriftsFollowTheTrainedEquation(String yaml) {
    SdeModel model = ModelFile.read(Path.of("..", "configs", "trained", "alloy-compact.h5"));
    Schedule schedule =
        ScheduleSpec.fromConfig(ConfigNode.parse(yaml, "test")).schedule("temperature_K", "s");
    double change = PathPrediction.change(model.scaling().condition());
    double[] fine = mean(model, schedule, "runge_kutta", 0.01, change / 8);
    double[] coarse = mean(model, schedule, "runge_kutta", 0.2, change);
    double[] euler = mean(model, schedule, "euler", 0.02, change);
    assertThat(largest(fine, coarse, 0)).isLessThan(0.015);
    assertThat(largest(fine, coarse, fine.length - 6)).isLessThan(0.001);
    assertThat(rms(fine, coarse)).isLessThan(0.0025).isLessThan(1.2 * rms(fine, euler));
  }

  private static double[] mean(
      SdeModel model, Schedule schedule, String scheme, double step, double change) {
    EnsembleConfig config =
        LinearModels.config(
            "{trajectories: 1, records: 21, diffusion_factor: 0, scheme: %s, step: %s}"
                .formatted(scheme, step));
    return new PathPrediction(model, config, change, 1)
        .along(schedule, 1, StopSignal.none())
        .mean();
  }

  private static double largest(double[] a, double[] b, int from) {
    double largest = 0;
    for (int i = from; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  private static double rms(double[] a, double[] b) {
    double square = 0;
    for (int i = 0; i < a.length; i++) {
      square += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(square / a.length);
  }
}
