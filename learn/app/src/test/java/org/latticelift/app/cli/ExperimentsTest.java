package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.Hdf5Reader;

/** Configurations with a section {@code experiment}. */
class ExperimentsTest {
  private static final String CONFIG =
      """
      system: curie-weiss
      conditions: {temperature: [1.1]}
      lattice: {small: 4, large: 8, field: 0.1}
      simulate: {runs: 3, records: 10, duration: {events: 160}}
      evolve: {samples: 60, patches: 1, compensator: off}
      sde: {drift: {type: plain}, diffusion: {mode: constant_diagonal}}
      train: {epochs: 2, models: 1}
      ensemble: {trajectories: 4, records: 11, horizon: {time: 20}, keep_trajectories: true}
      direct: {runs: 3, records: 10, duration: {time: 20}}
      report: {png: false}
      experiment:
        sizes: {quick: {evolve.samples: 40}, full: {evolve.samples: 80}}
        variants:
          ours-4: {lattice.small: 4}
          baseline-4: {lattice.small: 4, train.kappa: 1, train.pairs: naive}
          ours-8: {lattice.small: 8}
          baseline-8: {lattice.small: 8, train.kappa: 1, train.pairs: naive}
        starts: {low: {lattice.large_start: -0.5}, high: {lattice.large_start: 0.5}}
        quantities: [error, error_latents, late_mean, late_std, peak, diffusion, slope, bias]
        reference: {error: {ours-4: 0.01, baseline-4: 0.02}}
        ratio: {quantities: [error], of: baseline, to: ours}
        contrast: {quantity: error, variant: ours-4, against: [baseline-4]}
        figure: {quantity: error}
      """;

  @TempDir private Path folder;

  /** Found before anything is simulated. */
  @Test
  void whatIsMeasuredMustBeKept() throws Exception {
    Path config = TinyRun.write(folder.resolve("small.yaml"), CONFIG);
    Path out = folder.resolve("out");
    Outcome outcome =
        TinyRun.run(
            "run",
            config.toString(),
            "--out",
            out.toString(),
            "--set",
            "ensemble.keep_trajectories=false");
    assertThat(outcome.code()).isEqualTo(65);
    assertThat(outcome.err()).contains("ensemble.keep_trajectories").hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  @Tag("pipeline")
  @Test
  void variantsMakeOneTableAndOneFigure() throws Exception {
    Path config = TinyRun.write(folder.resolve("small.yaml"), CONFIG);
    Path out = folder.resolve("out");
    Outcome outcome = TinyRun.succeed(config, out, "--quiet");
    assertThat(outcome.out())
        .contains("error, baseline-4 over ours-4", "(reference 2.000)", "experiment.csv");
    Map<String, Double> values = ExperimentTable.read(out);
    assertThat(values).hasSize(3 + 4 * 8).containsKey("truth late_mean");
    assertThat(values.get("baseline-8 error")).isEqualTo(values.get("ours-8 error")); // ME-20
    assertThat(Files.readString(out.resolve("experiment.svg"))).contains("ours", "baseline");
    assertThat(outcome.out()).contains("error, ours-4 minus baseline-4", "1 repeats and 2 initial");
    List<String> cells = Files.readAllLines(out.resolve("experiment-cells.csv"));
    assertThat(cells).anyMatch(line -> line.startsWith("ours-4,error_latents,1,high,"));
    double mean =
        cells.stream()
            .filter(line -> line.startsWith("ours-4,error,"))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)))
            .average()
            .orElseThrow();
    assertThat(mean).isEqualTo(values.get("ours-4 error"), within(1e-12));
    assertThat(out.resolve("ours-4/repeat1/snapshots.h5")).exists();
    assertThat(out.resolve("baseline-4/repeat1/snapshots.h5")).doesNotExist(); // shared pairs
    assertThat(out.resolve("truth/low/trajectory.h5")).exists();

    byte[] csv = TinyRun.bytes(out.resolve("experiment.csv"));
    Outcome again = TinyRun.succeed(config, out, "--resume");
    assertThat(again.out())
        .contains("simulate: complete", "full: 6 runs")
        .doesNotContain("done in");
    assertThat(TinyRun.bytes(out.resolve("experiment.csv"))).isEqualTo(csv);
    assertThat(TinyRun.succeed(config, folder.resolve("none"), "--dry-run").out())
        .contains("quick: 6 runs", "Nothing was done");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  /** The rules of reports: short runs, short predictions and a training without an end. */
  @Tag("pipeline")
  @Test
  void doubtfulNumbersAreMarked() {
    String enough =
        CONFIG
            .replaceFirst(
                "simulate: .*", "simulate: {runs: 40, records: 20, duration: {events: 640}}")
            .replaceFirst("evolve: .*", "evolve: {samples: 3000, patches: 1}")
            .replaceFirst("train: .*", "train: {epochs: 60, models: 1, batch: 256}")
            .replaceFirst("direct: .*", "direct: {runs: 16, records: 100, duration: {time: 400}}")
            .replaceFirst(
                "ensemble: .*",
                "ensemble: {trajectories: 40, records: 101, horizon: {time: 400},"
                    + " keep_trajectories: true}")
            .replaceFirst("(?s)sizes: .*starts", "variants: {trained: {}}\n  starts")
            .replaceFirst("(?s)quantities: .*", "quantities: [error, late_mean]\n");
    Path config = TinyRun.write(folder.resolve("enough.yaml"), enough);
    Path out = folder.resolve("enough");
    assertThat(TinyRun.succeed(config, out, "--quiet").out()).doesNotContain("doubtful (");
    assertThat(TinyRun.lines(out.resolve("experiment.csv"))).allMatch(l -> l.matches(".*(,|l)$"));
    Path few = folder.resolve("few");
    Outcome doubtful =
        TinyRun.succeed(
            config,
            few,
            "--quiet",
            "--set",
            "experiment.variants={trained: {}, short: {train.epochs: 1, train.learning_rate: 1e-5}}",
            "--set",
            "direct.duration={time: 12}",
            "--set",
            "ensemble.horizon={time: 12}",
            "--set",
            "ensemble.step=0.05",
            "--set",
            "experiment.figure={quantity: late_mean}");
    List<String> csv = TinyRun.lines(few.resolve("experiment.csv"));
    assertThat(csv).anyMatch(line -> line.matches("truth,late_mean,[^,]*,[^,]+,,,start.*"));
    assertThat(csv).anyMatch(line -> line.matches("trained,late_mean,[^,]*,[^,]+,,,start"));
    assertThat(csv).anyMatch(line -> line.matches("trained,error,.*[0-9],"));
    assertThat(csv).anyMatch(line -> line.matches("short,error,.*,training noise"));
    assertThat(doubtful.out())
        .contains(
            "direct runs from low cover only 2.", "Lengthen direct.duration at T1.1 from 12 to")
        .contains("Lengthen ensemble.horizon from {time: 12} to {time: 24}", "train longer");
    try (Hdf5Reader reader = Hdf5Reader.open(few.resolve("experiment.h5"))) {
      assertThat(reader.bytes("/doubtful", 0, 6)).containsExactly(0, 1, 0, 1, 1, 1);
    }
  }

  @Test
  void repeatsCurvesAndMistakes() throws Exception {
    Path config = TinyRun.write(folder.resolve("small.yaml"), CONFIG);
    Path out = folder.resolve("out");
    TinyRun.succeed(
        config,
        out,
        "--quiet",
        "--set",
        "experiment.variants={ours-4: {lattice.small: 4}, baseline-4: {lattice.small: 4}}",
        "--set",
        "experiment.reference={}",
        "--set",
        "experiment.figure={start: low}",
        "--set",
        "experiment.repeats=2");
    assertThat(out.resolve("ours-4/repeat2/model.h5")).exists();
    assertThat(Files.readString(out.resolve("experiment.svg"))).contains("truth");
    for (String mistake :
        List.of("experiment.size=huge", "experiment.reference={error: {x: 1}}", "experiment.a=1")) {
      Outcome outcome =
          TinyRun.run("run", config.toString(), "--out", folder + "/no", "--set", mistake);
      assertThat(outcome.code()).as(mistake).isEqualTo(65);
      assertThat(outcome.err()).contains("experiment");
    }
  }

  /** Predictions of a closed system start from the encoded initial states of the direct runs. */
  @Tag("pipeline")
  @Test
  void closuresStartWhereDirectRunsDo() {
    String ising =
        CONFIG
            .replace("system: curie-weiss", "system: ising\nclosure: {dim: 1, epochs: 1}")
            .replace("temperature: [1.1]", "temperature: [2.5]")
            .replace(
                "[error, error_latents, late_mean, late_std, peak, diffusion, slope, bias]",
                "[error, error_latents, late_mean.all, peak]")
            .replace("figure: {quantity: error}", "figure: {quantity: late_mean.all}")
            .replace("contrast: {quantity: error, variant: ours-4, against: [baseline-4]}", "");
    Path config = TinyRun.write(folder.resolve("ising.yaml"), ising);
    Path out = folder.resolve("out");
    TinyRun.succeed(
        config,
        out,
        "--quiet",
        "--set",
        "experiment.variants={ours-8: {lattice.small: 8, lattice.large: 16}}",
        "--set",
        "experiment.reference={}",
        "--set",
        "lattice.large=16");
    assertThat(ExperimentTable.read(out))
        .containsOnlyKeys(
            "ours-8 error",
            "ours-8 error_latents",
            "ours-8 late_mean.magnetisation",
            "ours-8 late_mean.wall_density",
            "ours-8 peak",
            "truth late_mean.magnetisation",
            "truth late_mean.wall_density",
            "truth peak");
    assertThat(out.resolve("experiment-magnetisation.svg"))
        .content()
        .contains("equilibrium mean of");
    assertThat(out.resolve("experiment-wall_density.svg"))
        .content()
        .contains("equilibrium mean of wall_density");
    requireFileOfTheTable(out);
    assertThat(out.resolve("truth/ours-8/repeat1/low/trajectory.h5")).exists(); // with closures
    Path truth = out.resolve("truth/ours-8/repeat1/low/trajectory.h5");
    try (Hdf5Reader direct = Hdf5Reader.open(truth)) { // what a start leaves alone stays
      assertThat(direct.text("/provenance/configuration"))
          .contains("field: 0.1", "small: 8", "large: 16", "large_start: -0.5");
    }
    Path variant = out.resolve("ours-8/repeat1");
    try (Hdf5Reader low = Hdf5Reader.open(variant.resolve("ensemble-low.h5"));
        Hdf5Reader high = Hdf5Reader.open(variant.resolve("ensemble-high.h5"))) {
      assertThat(low.dims("/T2.5/mean")).containsExactly(11, 3);
      assertThat(low.doubles("/T2.5/mean")[2]).isNotEqualTo(high.doubles("/T2.5/mean")[2]);
    }
  }

  /** {@code experiment.h5} holds the numbers of {@code experiment.csv}. */
  private static void requireFileOfTheTable(Path out) {
    Map<String, Double> values = ExperimentTable.read(out);
    try (Hdf5Reader file = Hdf5Reader.open(out.resolve("experiment.h5"))) {
      List<String> variants = file.textListAttribute("/", "variant_names");
      List<String> quantities = file.textListAttribute("/", "quantity_names");
      double[] flat = file.doubles("/value");
      assertThat(file.dims("/upper95")).containsExactly(variants.size(), quantities.size());
      for (int i = 0; i < flat.length; i++) {
        String key =
            variants.get(i / quantities.size()) + " " + quantities.get(i % quantities.size());
        assertThat(flat[i]).as(key).isEqualTo(values.getOrDefault(key, Double.NaN));
      }
    }
  }

  @Tag("pipeline")
  @Test
  void moreClosuresStopHelpingSomewhere() {
    Path config = TinyRun.write(folder.resolve("small.yaml"), CONFIG);
    Outcome outcome =
        TinyRun.succeed(
            config, folder.resolve("out"), "--quiet", "--set", "experiment.enough=error");
    Map<String, Double> values = ExperimentTable.read(folder.resolve("out"));
    assertThat(values).containsKey("ours-8 error");
    assertThat(outcome.out()).containsPattern("error [0-9.e-]+ with (ours|baseline)-[48](:|,)");
    Outcome wrong =
        TinyRun.run(
            "run",
            "" + config,
            "--out",
            folder + "/out",
            "--resume",
            "--set",
            "experiment.enough=mmd");
    assertThat(wrong.code()).isEqualTo(65);
    assertThat(wrong.err()).contains("experiment.enough");
  }

  /**
   * Direct runs follow the variant of their size; what differs only in the prediction is trained
   * once.
   */
  @Tag("pipeline")
  @Test
  void directRunsOfASizeAreThoseOfItsVariant() throws Exception {
    String variants =
        "experiment.variants={ours-8: {lattice.large: 8, direct.runs: 2}, ours-16: {lattice.large:"
            + " 16, direct.runs: 5}, halved-8: {lattice.large: 8, ensemble.diffusion_factor: 0.5,"
            + " compare_with: ours-8}, far-32: {lattice.large: 32, compare_with: ours-16}}";
    List<String> sets =
        List.of(
            "--quiet",
            "--set",
            variants,
            "--set",
            "experiment.reference={late_mean: {ours-8: 0.5}}",
            "--set",
            "experiment.quantities=[late_mean, late_std]",
            "--set",
            "experiment.fits={law: {kind: power, quantity: late_std, reference: {ours: -1}}}",
            "--set",
            "experiment.figure={quantity: late_mean, start: low, axis: side}");
    Path with =
        TinyRun.write(
            folder.resolve("sizes.yaml"),
            CONFIG
                .lines()
                .filter(l -> !l.contains("contrast") && !l.contains("ratio"))
                .collect(java.util.stream.Collectors.joining("\n", "", "\n")));
    Path out = folder.resolve("out");
    TinyRun.succeed(with, out, sets.toArray(String[]::new));
    assertThat(runsOf(out.resolve("truth-8/low/trajectory.h5"))).isEqualTo(2);
    assertThat(runsOf(out.resolve("truth-16/high/trajectory.h5"))).isEqualTo(5);
    assertThat(out.resolve("truth-32")).doesNotExist();
    assertThat(Files.readAllBytes(out.resolve("halved-8/repeat1/model.h5")))
        .isEqualTo(Files.readAllBytes(out.resolve("ours-8/repeat1/model.h5")));
    Map<String, Double> values = ExperimentTable.read(out);
    assertThat(values.get("halved-8 late_std") / values.get("ours-8 late_std")).isBetween(0.2, 0.8);
    assertThat(out.resolve("experiment.svg")).content().contains("side", "equilibrium mean");
    assertThat(out.resolve("experiment-curves-" + "magnetisation.svg")).exists();
    assertThat(out.resolve("experiment-fit-law.svg")).content().contains("stroke-dasharray");

    String clash =
        variants.replace(
            "far-32: {lattice.large: 32, compare_with: ours-16}",
            "far-16: {lattice.large: 16, direct.runs: 4}");
    Outcome refused =
        TinyRun.run(
            "run",
            with.toString(),
            "--out",
            folder + "/no",
            "--set",
            clash,
            "--set",
            "experiment.reference={}");
    assertThat(refused.code()).isEqualTo(65);
    assertThat(refused.err()).contains("'far-16' and 'ours-16' ask for different direct runs");
  }

  private static int runsOf(Path trajectory) {
    try (Hdf5Reader file = Hdf5Reader.open(trajectory)) {
      int runs = 0;
      while (file.exists("/T1.1/run" + runs)) {
        runs++;
      }
      return runs;
    }
  }
}
