package org.latticelift.learn.design;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.output.CsvReader;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.testing.WatchedProgress;
import org.latticelift.learn.design.DesignFile.Design;
import org.latticelift.learn.design.Trials.Tried;
import org.latticelift.learn.ensemble.LinearModels;
import org.latticelift.learn.ensemble.PredictedPath;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.schedule.Schedule;

/** Searches with a linear equation, whose best protocol is known. */
class DesignStageTest {
  private static final double[] KELVIN = {1000, 2000};
  private static final double[] UNIT = {1e-2, 1e-5};
  private static final double LENGTH = 1e-3;
  private static final double COLD = 1;
  private static final double HOT = 0.2;

  @TempDir Path folder;

  private DesignConfig config(double sigma, String more) {
    SdeModel model = LinearModels.following(COLD, HOT, sigma, KELVIN, UNIT);
    Path file = folder.resolve("model.h5");
    if (!Files.exists(file)) {
      try (Hdf5Writer writer = Hdf5Writer.create(file)) {
        ModelFile.write(writer, model);
      }
    }
    String start = more.contains("initial") ? "" : ", initial: {observables: [0.5, 0]}";
    String yaml =
        "{model: '%s', observable: a, length: %s%s%s}".formatted(file, LENGTH, start, more);
    return Binder.bind(ConfigNode.parse(yaml, "test.yaml"), DesignConfig.class);
  }

  private Design design(String name, DesignConfig config, StopSignal stop, int stopAfter) {
    DesignStage stage = new DesignStage(config);
    stage.check();
    OpenMode mode = Files.exists(folder.resolve(name)) ? OpenMode.RESUME : OpenMode.NEW;
    try (RunDirectory directory = RunDirectory.open(folder.resolve(name), mode, "test")) {
      stage.run(
          new StageContext(
              directory,
              Provenance.here("seed: 1\n", 1, 1),
              1,
              1,
              WatchedProgress.stopAfter(stopAfter, stop),
              stop));
      assertThat(stage.outputs()).allMatch(directory::complete);
      assertThat(directory.results()).noneMatch(file -> file.contains("checkpoint"));
      assertThat(stage.lines(directory)).anyMatch(line -> line.startsWith("Gain over"));
      return DesignFile.read(directory.file(DesignFile.NAME));
    }
  }

  private Design design(String name, DesignConfig config) {
    return design(name, config, StopSignal.none(), Integer.MAX_VALUE);
  }

  /** tau(T), ln tau straight in 1/T. */
  private static double unit(double kelvin) {
    double weight = (1 / kelvin - 1 / KELVIN[0]) / (1 / KELVIN[1] - 1 / KELVIN[0]);
    return UNIT[0] * Math.pow(UNIT[1] / UNIT[0], weight);
  }

  private static double centre(double kelvin) {
    return COLD + (HOT - COLD) * (kelvin - KELVIN[0]) / (KELVIN[1] - KELVIN[0]);
  }

  /**
   * The best of all protocols: more now is more later, so the best condition at any time is that at
   * which y grows fastest.
   */
  private static double bound() {
    int steps = 4000;
    double y = 0;
    for (int i = 0; i < steps; i++) {
      double fastest = 0;
      for (double kelvin = KELVIN[0]; kelvin <= KELVIN[1]; kelvin += 2.5) {
        fastest = Math.max(fastest, (centre(kelvin) - y) / unit(kelvin));
      }
      y += LENGTH / steps * fastest;
    }
    return 0.5 + 2 * y;
  }

  /** The end of a straight ramp, exact within each of many short pieces. */
  private static double ramp(double from, double to) {
    int steps = 1000;
    double y = 0;
    for (int i = 0; i < steps; i++) {
      double kelvin = from + (to - from) * (i + 0.5) / steps;
      y = centre(kelvin) + (y - centre(kelvin)) * Math.exp(-LENGTH / steps / unit(kelvin));
    }
    return 0.5 + 2 * y;
  }

  @Test
  void theBestProtocolOfALinearEquationIsFound() throws IOException {
    Design design = design("best", config(0, ", trajectories: 1"));
    double bestRamp = 0;
    for (double from = KELVIN[0]; from <= KELVIN[1]; from += 20) {
      for (double to = KELVIN[0]; to <= KELVIN[1]; to += 20) {
        bestRamp = Math.max(bestRamp, ramp(from, to));
      }
    }
    // steps of Euler are 0.02 relaxations at most
    assertThat(design.ramp().end()).isCloseTo(bestRamp, within(2e-3));
    assertThat(design.found().end()).isLessThan(bound() + 2e-3);
    assertThat(design.gain()).isEqualTo(design.found().end() - design.ramp().end());
    assertThat(design.gain()).isGreaterThan(0.75 * (bound() - bestRamp));
    assertThat(design.found().value()).isSortedAccordingTo((x, y) -> Double.compare(y, x));
    assertThat(design.tried()).hasSizeBetween(250, 300);
    assertThat(design.ramps()).hasSizeBetween(60, 80);
    assertThat(CsvReader.rows(folder.resolve("best/tried.csv")))
        .hasSize(design.tried().size() + design.ramps().size());
    assertThat(CsvReader.rows(folder.resolve("best/protocol.csv")).get(5))
        .containsEntry("time_s", Double.toString(LENGTH))
        .containsEntry("temperature_K", Double.toString(design.found().value()[5]));
  }

  /** Nothing is faster downwards than the hottest, from above it. */
  @Test
  void theSmallestIsAtTheLimitAndAPrescribedValueIsMet() {
    String few = ", trajectories: 1, knots: 3, evaluations: 60, ramp_evaluations: 40";
    DesignConfig down =
        config(
            0,
            few + ", goal: smallest, lowest: 1200, highest: 1900, initial: {observables: [5, -9]}");
    Design smallest = design("down", down);
    assertThat(smallest.found().value()).containsOnly(1900.0);
    assertThat(smallest.gain()).isBetween(0.0, 1e-6);
    Design near = design("near", config(0, few + ", goal: 1.7"));
    assertThat(near.found().end()).isCloseTo(1.7, within(1e-3));
    assertThat(near.gainHalfWidth()).isNaN();
  }

  /** Ends that are given stay, and a search between is as good as the same search of a free one. */
  @Test
  void endsThatAreGivenStay() {
    String few = ", trajectories: 1, evaluations: 150, ramp_evaluations: 60";
    Design both = design("both", config(0, few + ", first: 1900, last: 1000"));
    assertThat(both.ramps()).hasSize(1);
    assertThat(both.ramp().value()).containsExactly(1900, 1000);
    assertThat(both.ramp().end()).isCloseTo(ramp(1900, 1000), within(2e-3));
    assertThat(both.tried())
        .hasSizeGreaterThan(100)
        .allMatch(tried -> tried.knots().length == 6)
        .allMatch(tried -> tried.knots()[0] == 1900 && tried.knots()[5] == 1000);
    assertThat(both.found().end()).isBetween(both.ramp().end() + 0.05, bound());
    Design hot = design("hot", config(0, few + ", first: 1900"));
    double bestRamp = 0;
    for (double to = KELVIN[0]; to <= KELVIN[1]; to += 5) {
      bestRamp = Math.max(bestRamp, ramp(1900, to));
    }
    assertThat(hot.ramps()).hasSizeGreaterThan(40).allMatch(tried -> tried.knots()[0] == 1900);
    assertThat(hot.ramp().end()).isCloseTo(bestRamp, within(2e-3));
    assertThat(hot.tried()).allMatch(tried -> tried.knots()[0] == 1900);
    Design cold = design("cold", config(0, few + ", last: 1000"));
    assertThat(cold.ramps()).allMatch(tried -> tried.knots()[1] == 1000);
    assertThat(cold.found().value()[5]).isEqualTo(1000);
  }

  private static final String NOISY =
      ", trajectories: 10, knots: 3, evaluations: 30, ramp_evaluations: 40, step: 0.1";

  @Test
  void equalSeedsTryTheSameAndOthersDoNot() {
    Design one = design("one", config(0.3, NOISY));
    Design again = design("again", config(0.3, NOISY));
    Design other = design("other", config(0.3, NOISY + ", seed: 2"));
    same(again, one);
    assertThat(other.tried().get(5).knots()).isNotEqualTo(one.tried().get(5).knots());
    assertThat(other.ramps().get(0).end()).isNotEqualTo(one.ramps().get(0).end());
  }

  /** Proposals that begin at different temperatures have the same noise: that of the highest. */
  @Test
  void proposalsShareTheirNoise() {
    DesignConfig config = config(0.3, NOISY);
    Tried tried = design("noise", config).ramps().get(3);
    assertThat(tried.knots()).containsExactly(1000, 1750);
    long noise = new Streams(1).stream(Purpose.DESIGN, 0).below(Long.MAX_VALUE);
    PredictedPath path =
        config
            .trials()
            .of(LinearModels.following(COLD, HOT, 0.3, KELVIN, UNIT), noise)
            .along(
                Schedule.through(new double[] {0, LENGTH}, tried.knots()),
                2000,
                1,
                StopSignal.none());
    assertThat(tried.end()).isEqualTo(path.mean()[2]);
  }

  /** Stopped within the ramps and within the protocols, and continued. */
  @ParameterizedTest
  @CsvSource({"9", "31", "50"})
  void aStoppedSearchGoesOnWhereItWas(int after) {
    Design whole = design("whole", config(0.3, NOISY));
    StopSignal stop = StopSignal.none();
    assertFails(ExitCode.STOPPED, () -> design("stopped", config(0.3, NOISY), stop, after));
    same(design("stopped", config(0.3, NOISY)), whole);
  }

  private static void same(Design made, Design expected) {
    assertThat(made.tried()).usingRecursiveComparison().isEqualTo(expected.tried());
    assertThat(made.ramps()).usingRecursiveComparison().isEqualTo(expected.ramps());
    assertThat(made.found().value()).isEqualTo(expected.found().value());
    assertThat(made.gain()).isEqualTo(expected.gain());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "lowest: 900; not trained at 900",
        "highest: 2500; not trained at 2500",
        "lowest: 1500, highest: 1400; below the highest",
        "lowest: .nan; finite",
        "highest: .inf; finite",
        "goal: .nan; finite",
        "goal: most; largest, smallest",
        "knots: 1; knots",
        "first: 900; 1000.0 to 2000.0",
        "last: 1950, highest: 1900; 1000.0 to 1900.0",
        "first: 1900, last: 1000, knots: 2; 3 or more",
        "evaluations: 3; evaluations",
        "ramp_evaluations: 25; ramp_evaluations",
        "vacancies: {formation_eV: 3}; does not know the vacancies"
      })
  void badRequestsAreRefused(String more, String part) {
    assertFails(ExitCode.BAD_DATA, () -> new DesignStage(config(0, ", " + more)).check(), part);
  }
}
