package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.Hdf5Reader;

/** Experiments whose variants have conditions of their own, and the quantities of late values. */
class ExperimentConditionsTest {
  private static final String CONFIG =
      """
      system: ising
      conditions: {temperature: [2.27]}
      lattice: {small: 4, large: 8}
      simulate: {runs: 3, records: 10, duration: {events: 160}}
      evolve: {samples: 40}
      sde: {drift: {type: plain}, diffusion: {mode: constant_diagonal}}
      train: {epochs: 1, models: 1}
      ensemble: {trajectories: 4, records: 11, horizon: {time: 20}, keep_trajectories: true}
      direct: {runs: 4, records: 10, duration: {time: 20}}
      report: {png: false}
      experiment:
        variants:
          side-8-2.27: {}
          side-8-3: {conditions: {temperature: [3]}}
          side-16-3: {conditions: {temperature: [3]}, lattice.large: 16}
        starts: {any: {lattice.large_start: uniform}}
        quantities: [late_mean, abs_mean, susceptibility, binder, reversals, ks, wasserstein, diverged]
        fits: {size/power: {kind: power, quantity: abs_mean, at: 3}}
        figure: {density: wall_density}
      """;

  @TempDir private Path folder;

  @Tag("pipeline")
  @Test
  void everySizeAndConditionHasDirectRuns() {
    Path out = folder.resolve("run");
    Outcome outcome = TinyRun.runAll(out, CONFIG);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    Map<String, Double> values = ExperimentTable.read(out);
    for (String row : new String[] {"8-2.27", "8-3", "16-3"}) {
      for (String quantity : new String[] {"abs_mean", "susceptibility", "binder", "ks"}) {
        assertThat(values).containsKeys("truth-" + row + " " + quantity);
        assertThat(values).containsKeys("side-" + row + " " + quantity);
      }
      assertThat(values.get("side-" + row + " diverged")).isZero();
      assertThat(values).doesNotContainKey("truth-" + row + " diverged");
      requireMoments(values, out, row);
    }
    assertThat(values.get("truth-8-3 abs_mean")).isNotEqualTo(values.get("truth-8-2.27 abs_mean"));
    assertThat(out.resolve("truth")).doesNotExist();
    double expected = Math.log(values.get("side-16-3 abs_mean") / values.get("side-8-3 abs_mean"));
    String fit =
        TinyRun.lines(out.resolve("experiment-fits.csv")).stream()
            .filter(line -> line.startsWith("size/power,side,,"))
            .findFirst()
            .orElseThrow();
    assertThat(Double.parseDouble(fit.split(",")[3]))
        .isEqualTo(expected / Math.log(2), within(1e-9));
    assertThat(out.resolve("experiment-fit-size-power.svg")).content().contains("truth", "side");
    assertThat(out.resolve("experiment-density.svg")).content().contains("side-16-3", "truth-8-3");
  }

  /** Rows of several temperatures may come from one equation that was trained at all of them. */
  @Tag("pipeline")
  @Test
  void oneEquationPredictsSeveralConditions() throws IOException {
    Path out = folder.resolve("run");
    String shared =
        CONFIG
            .replace("[2.27]}", "[2.27, 3]}")
            .replace("side-8-2.27: {}", "side-8-2.27: {ensemble.conditions: {temperature: [2.27]}}")
            .replace(
                "{conditions: {temperature: [3]}}", "{ensemble.conditions: {temperature: [3]}}")
            .replaceAll("(?m)^ *side-16-3: .*\\n", "")
            .replaceAll("(?m)^ *fits: .*\\n", "");
    Outcome outcome = TinyRun.runAll(out, shared).succeeded();
    Map<String, Double> values = ExperimentTable.read(out);
    requireMoments(values, out, "8-2.27");
    requireMoments(values, out, "8-3");
    assertThat(
            Files.mismatch(
                out.resolve("side-8-3/repeat1/model.h5"),
                out.resolve("side-8-2.27/repeat1/model.h5")))
        .isEqualTo(-1);
    assertThat(values.get("side-8-3 abs_mean")).isNotEqualTo(values.get("side-8-2.27 abs_mean"));
  }

  /** A single row, of another condition than the first that was trained. */
  @Tag("pipeline")
  @Test
  void directRunsAreAtThePredictedCondition() {
    Path out = folder.resolve("run");
    String one =
        CONFIG
            .replace("[2.27]}", "[2.27, 3]}")
            .replaceAll("(?m)^ *side-.*-.*: .*\\n", "")
            .replace("variants:", "variants: {ours: {}}")
            .replace("keep_trajectories", "conditions: {temperature: [3]}, keep_trajectories")
            .replaceAll("(?m)^ *fits: .*\\n", "");
    Outcome outcome = TinyRun.runAll(out, one).succeeded();
    try (Hdf5Reader reader = Hdf5Reader.open(out.resolve("truth/any/trajectory.h5"))) {
      assertThat(reader.exists("/T3")).isTrue();
      assertThat(reader.exists("/T2.27")).isFalse();
    }
  }

  /** From the records of the direct runs, which are all there is of them. */
  private static void requireMoments(Map<String, Double> values, Path out, String row) {
    double temperature = Double.parseDouble(row.substring(row.indexOf('-') + 1));
    int side = Integer.parseInt(row.substring(0, row.indexOf('-')));
    double[] sums = new double[4];
    String group = temperature == 3 ? "/T3/" : "/T2.27/";
    Path file = out.resolve("truth-" + row + "/any/trajectory.h5");
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      for (int run = 0; run < 4; run++) {
        double[] observables = reader.doubles(group + "run" + run + "/observables");
        double[] m = new double[observables.length / 2];
        Arrays.setAll(m, i -> observables[2 * i]);
        for (int i = m.length / 2; i < m.length; i++) {
          sums[0]++;
          sums[1] += Math.abs(m[i]);
          sums[2] += Math.pow(m[i], 2);
          sums[3] += Math.pow(m[i], 4);
        }
      }
    }
    double abs = sums[1] / sums[0];
    double square = sums[2] / sums[0];
    double sites = (double) side * side;
    assertThat(values.get("truth-" + row + " abs_mean")).isEqualTo(abs, within(1e-9));
    assertThat(values.get("truth-" + row + " susceptibility"))
        .isEqualTo(sites / temperature * (square - abs * abs), within(1e-9));
    assertThat(values.get("truth-" + row + " binder"))
        .isEqualTo(1 - sums[3] / sums[0] / (3 * square * square), within(1e-9));
  }

  /** Nothing is left of a prediction whose noise is without bounds. */
  @Tag("pipeline")
  @Test
  void predictionsMayDivergeAsAWhole() {
    Path out = folder.resolve("run");
    String one = CONFIG.replaceAll("(?m)^ *side-.*-3: .*\\n", "").replace("at: 3", "at: 2.27");
    Outcome outcome =
        TinyRun.runAll(
                out,
                one,
                "--set=ensemble.on_divergence=drop",
                "--set=ensemble.step=1000",
                "--set=ensemble.horizon={time: 1e7}",
                "--set=direct.duration={time: 1e3}",
                "--set=ensemble.diffusion_factor=1000")
            .succeeded();
    assertThat(TinyRun.lines(out.resolve("experiment.csv")))
        .anyMatch(line -> line.startsWith("side-8-2.27,diverged,,1.0,"))
        .anyMatch(line -> line.startsWith("side-8-2.27,ks,,,"));
  }

  @Test
  void susceptibilitiesNeedATemperature() {
    String chain =
        TinyRun.CHAIN
            + """
            experiment:
              variants: {ours: {}}
              starts: {any: {lattice.large_start: 0.5}}
              quantities: [susceptibility]
            """;
    Outcome outcome = TinyRun.runAll(folder.resolve("chain"), chain);
    assertThat(outcome.code()).isEqualTo(65);
    assertThat(outcome.err()).contains("susceptibility", "force");
  }

  /** Predictions start as direct runs do, unless a start or a variant says where. */
  @Test
  void theInitialStateOfAPredictionMayBeGiven() throws IOException {
    String starts =
        """
        experiment:
          variants: {plain: {}, own: {ensemble.initial: {observables: [0.5, 0.3]}}}
          starts:
            zero: {lattice.large_start: 0}
            given: {lattice.large_start: 0, ensemble.initial: {observables: [0.25, 0.2]}}
          quantities: [late_mean]
        """;
    Path out = folder.resolve("run");
    String config = CONFIG.substring(0, CONFIG.indexOf("experiment:")) + starts;
    assertThat(TinyRun.runAll(out, config).code()).isZero();
    assertThat(first(out, "plain", "zero")).containsExactly(0f, 0.5f);
    assertThat(first(out, "plain", "given")).containsExactly(0.25f, 0.2f);
    assertThat(first(out, "own", "zero")).containsExactly(0.5f, 0.3f);
    assertThat(first(out, "own", "given")).containsExactly(0.25f, 0.2f);
  }

  private static float[] first(Path out, String variant, String start) {
    try (Hdf5Reader reader =
        Hdf5Reader.open(out.resolve(variant + "/repeat1/ensemble-" + start + ".h5"))) {
      return Arrays.copyOf(reader.floats("/T2.27/trajectory"), 2);
    }
  }
}
