package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  private static final Path TABLE2 =
      Path.of("..", "..", "configs", "paper", "table2-linear-chain.yaml");

  @TempDir private Path folder;

  private Outcome run(Path config, Path out, String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", config.toString(), "--out", "" + out));
    arguments.addAll(List.of(more));
    Outcome outcome = TinyRun.run(arguments.toArray(String[]::new));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return outcome;
  }

  @Test
  void variantsMakeOneTableAndOneFigure() throws Exception {
    Path config = TinyRun.write(folder.resolve("small.yaml"), CONFIG);
    Path out = folder.resolve("out");
    Outcome outcome = run(config, out, "--quiet");
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
    Outcome again = run(config, out, "--resume");
    assertThat(again.out())
        .contains("simulate: complete", "full: 6 runs")
        .doesNotContain("done in");
    assertThat(TinyRun.bytes(out.resolve("experiment.csv"))).isEqualTo(csv);
    assertThat(run(config, folder.resolve("none"), "--dry-run").out())
        .contains("quick: 6 runs", "Nothing was done");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void repeatsCurvesAndMistakes() throws Exception {
    Path config = TinyRun.write(folder.resolve("small.yaml"), CONFIG);
    Path out = folder.resolve("out");
    run(
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
    run(
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
    assertThat(out.resolve("experiment-magnetisation.svg")).content().contains("late mean of");
    assertThat(out.resolve("experiment-wall_density.svg"))
        .content()
        .contains("late mean of wall_density");
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

  @Test
  void moreClosuresStopHelpingSomewhere() {
    Path config = TinyRun.write(folder.resolve("small.yaml"), CONFIG);
    Outcome outcome =
        run(config, folder.resolve("out"), "--quiet", "--set", "experiment.enough=error");
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
  @Test
  void directRunsOfASizeAreThoseOfItsVariant() throws Exception {
    String variants =
        "experiment.variants={ours-8: {lattice.large: 8, direct.runs: 2}, ours-16: {lattice.large: 16,"
            + " direct.runs: 5}, halved-8: {lattice.large: 8, ensemble.diffusion_factor: 0.5,"
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
    run(with, out, sets.toArray(String[]::new));
    assertThat(runsOf(out.resolve("truth/low/trajectory.h5"))).isEqualTo(2); // 8 is the plain size
    assertThat(runsOf(out.resolve("truth-16/high/trajectory.h5"))).isEqualTo(5);
    assertThat(out.resolve("truth-32")).doesNotExist();
    assertThat(Files.readAllBytes(out.resolve("halved-8/repeat1/model.h5")))
        .isEqualTo(Files.readAllBytes(out.resolve("ours-8/repeat1/model.h5")));
    Map<String, Double> values = ExperimentTable.read(out);
    assertThat(values.get("halved-8 late_std") / values.get("ours-8 late_std")).isBetween(0.2, 0.8);
    assertThat(out.resolve("experiment.svg")).content().contains("side", "late mean");
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

  private Map<String, Double> quick(String name) {
    Path out = folder.resolve(name);
    run(Path.of("..", "..", "configs", "paper", name + ".yaml"), out, "--quiet");
    return ExperimentTable.read(out);
  }

  /**
   * Errors are squares of deviations from few direct runs: those alone, of which there are 16, make
   * some 3e-4 (Fig. 8) and 8e-4 (Fig. 3) of it. A lost kappa, the baseline, gives ten times more.
   */
  @Test
  @Tag("slow")
  void smallSystemsPredictAsWellAsLargeOnes() {
    Map<String, Double> figure8 = quick("fig8-curie-weiss-ns");
    Map<String, Double> figure3 = quick("fig3-ising-ns");
    for (int side : new int[] {8, 16, 32, 64}) {
      assertThat(figure8.get("ours-" + side + " error")).as("Fig. 8, %d", side).isLessThan(5e-4);
      assertThat(figure3.get("ours-" + side + " error")).as("Fig. 3, %d", side).isLessThan(1.5e-3);
    }
    assertThat(figure8.get("baseline-8 error")).isGreaterThan(5 * figure8.get("ours-8 error"));
    assertThat(figure3.get("baseline-8 error")).isGreaterThan(20 * figure3.get("ours-8 error"));
    assertThat(figure3.get("baseline-16 error")).isGreaterThan(3 * figure3.get("ours-16 error"));
  }

  /** Direct runs have the mean to 0.001 and the deviation to 1 % (standard errors). */
  @Test
  @Tag("slow")
  void statisticsOfCurieWeissAreThoseOfDirectRuns() {
    Map<String, Double> values = quick("fig9-curie-weiss-statistics");
    double deviation = values.get("truth late_std");
    assertThat(values.get("ours-16 late_mean"))
        .isEqualTo(values.get("truth late_mean"), within(0.003));
    assertThat(values.get("ours-16 late_std")).isEqualTo(deviation, within(0.04 * deviation));
    assertThat(values.get("baseline-16 late_std")).isGreaterThan(2 * deviation);
  }

  /** Six direct runs have the mean to 0.003 and the deviation to 7 % (standard errors). */
  @Test
  @Tag("slow")
  void statisticsOfIsingAreThoseOfDirectRuns() {
    Map<String, Double> values = quick("fig4-ising-statistics");
    double deviation = values.get("truth late_std");
    assertThat(values.get("ours-16 late_mean"))
        .isEqualTo(values.get("truth late_mean"), within(0.01));
    assertThat(values.get("ours-16 late_std")).isEqualTo(deviation, within(0.15 * deviation));
    assertThat(values.get("ours-16 peak")).isEqualTo(values.get("truth peak"), within(0.01));
    assertThat(values.get("baseline-16 late_std")).isGreaterThan(3 * deviation);
  }

  /** What any experiment is made small by. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "fig3-ising-ns",
        "fig4-ising-statistics",
        "fig8-curie-weiss-ns",
        "fig9-curie-weiss-statistics",
        "fig5-ising-exponents",
        "fig10-ising-rescaling",
        "fig11-ising-ablation",
        "fig7c-sizes",
        "ising-estimators",
        "table2-linear-chain"
      })
  @Tag("slow")
  void shippedExperimentsRunAtReducedSize(String name) {
    Path config = Path.of("..", "..", "configs", "paper", name + ".yaml");
    List<String> sets =
        new ArrayList<>(
            List.of(
                "--quiet",
                "--set",
                "simulate.runs=2",
                "--set",
                "simulate.records=10",
                "--set",
                "evolve.samples=40",
                "--set",
                "train.epochs=1"));
    if (name.startsWith("fig7c")) {
      sets.addAll(
          List.of(
              "--set",
              "simulate.duration={events: 2000}",
              "--set",
              "ensemble.horizon={time_s: 1e-8}",
              "--set",
              "ensemble.records=11",
              "--set",
              "ensemble.trajectories=4",
              "--set",
              "direct={runs: 2, records: 10, duration: {events: 100}}"));
    } else if (!name.startsWith("table2")) {
      sets.addAll(
          List.of(
              "--set",
              "simulate.duration={events: 640}",
              "--set",
              "ensemble.horizon={time: 20}",
              "--set",
              "ensemble.records=11",
              "--set",
              "direct={runs: 2, records: 10, duration: {time: 20}}"));
    } else {
      sets.addAll(List.of("--set", "simulate.duration={time: 0.1}"));
    }
    if (name.startsWith("fig5")) { // four of its many variants, whose large systems are small
      StringBuilder few = new StringBuilder("experiment.variants={");
      for (String each : List.of("16-2.25", "16-2.27", "32-2.25", "32-2.27")) {
        String[] numbers = each.split("-");
        few.append("ours-%s: {lattice.large: %s, ".formatted(each, numbers[0]));
        few.append("conditions: {temperature: [%s]}}, ".formatted(numbers[1]));
      }
      sets.addAll(List.of("--set", few + "}", "--set", "experiment.reference={}"));
    }
    Path out = folder.resolve(name);
    run(config, out, sets.toArray(String[]::new));
    assertThat(out.resolve("experiment.csv")).isNotEmptyFile();
  }

  /** The estimator of the paper: one patch of a state, all from its increments. */
  private static final List<String> ONE_PATCH =
      List.of("--set", "evolve.patches=1", "--set", "train.drift_variates=off");

  private Path reducedTable2(List<String> more) {
    Path out = folder.resolve("table2");
    List<String> sets = new ArrayList<>(List.of("--quiet"));
    for (String set :
        List.of(
            "experiment.reference={}",
            "simulate={runs: 100, records: 99, duration: {time: 0.99}}",
            "evolve.samples=8000",
            "train.epochs=100",
            "train.batch=512")) {
      sets.addAll(List.of("--set", set));
    }
    String variants =
        "experiment.variants={small-conventional: {lattice.large: 16}, large-ours: {lattice.large: 64},"
            + " large-conventional: {lattice.small: 64, lattice.large: 64},"
            + " large-naive: {lattice.large: 64, train.kappa: 1, train.pairs: naive}}";
    sets.addAll(List.of("--set", variants));
    sets.addAll(more);
    run(TABLE2, out, sets.toArray(String[]::new));
    return out;
  }

  /** Table 2 with 8000 pairs of a chain of half the length. */
  @Test
  void table2AtReducedSizeIsTheClosedForm() {
    requireClosedForm(reducedTable2(ONE_PATCH), 64);
  }

  /** Table 2 at the size quick. */
  @Test
  @Tag("slow")
  void table2IsTheClosedForm() {
    Path out = folder.resolve("table2");
    List<String> sets = new ArrayList<>(List.of("--quiet"));
    sets.addAll(ONE_PATCH);
    run(TABLE2, out, sets.toArray(String[]::new));
    requireClosedForm(out, 128);
  }

  /**
   * Training ends at the optimum of its pairs (LC-12), and that is the theory (LC-11) within three
   * standard errors.
   */
  private static void requireClosedForm(Path out, int side) {
    PairOptimum small = requireOptimum(out, "small-conventional", "small-conventional", 1);
    requireTheory(small, 8.0 / 16, 1 / Math.sqrt(16));
    PairOptimum ours = requireOptimum(out, "large-ours", "large-ours", side / 16.0);
    requireTheory(ours, 8.0 / side, 1 / Math.sqrt(side));
    PairOptimum large = requireOptimum(out, "large-conventional", "large-conventional", 1);
    requireTheory(large, 8.0 / side, 1 / Math.sqrt(side));
    requireOptimum(out, "large-naive", "large-ours", 1);
  }

  private static PairOptimum requireOptimum(
      Path out, String variant, String pairsOf, double kappa) {
    Path pairs = out.resolve(pairsOf + "/repeat1/pairs.h5");
    String after = variant.endsWith("naive") ? "/patch_z1" : "/z1";
    PairOptimum optimum = PairOptimum.of(pairs, after, kappa, 0, 1);
    Map<String, Double> values = ExperimentTable.read(out);
    near(values, variant + " bias", optimum.drift()[0], optimum.errors()[0] / 20);
    near(values, variant + " slope", optimum.drift()[1], optimum.errors()[1] / 20);
    near(values, variant + " diffusion", optimum.diffusion(), 0);
    return optimum;
  }

  private static void requireTheory(PairOptimum optimum, double bias, double diffusion) {
    double[] drift = optimum.drift();
    assertThat(drift[1]).isEqualTo(-1, within(3 * optimum.errors()[1]));
    assertThat(drift[0]).isEqualTo(bias, within(3 * optimum.errors()[0]));
    double relative = 1 / Math.sqrt(2.0 * optimum.pairs());
    assertThat(optimum.diffusion()).isEqualTo(diffusion, within(3 * relative * diffusion));
  }

  /** Within one per cent, or within what a single training may miss of an ill-determined number. */
  private static void near(Map<String, Double> values, String key, double expected, double noise) {
    assertThat(values.get(key))
        .as(key)
        .isEqualTo(expected, within(Math.max(0.01 * Math.abs(expected), noise)));
  }

  /**
   * Fig. 8 at the size quick, trained to the end: the diffusion of every side is the optimum of its
   * pairs (ME-34) with epsilon (ME-33).
   */
  @Test
  @Tag("slow")
  void fig8HasTheDiffusionOfItsPairs() {
    Path out = folder.resolve("fig8");
    run(
        Path.of("..", "..", "configs", "paper", "fig8-curie-weiss-ns.yaml"),
        out,
        "--quiet",
        "--set",
        "preset=authors",
        "--set",
        "train.schedule=cosine",
        "--set",
        "sde.diffusion.initial=0.05", // from 1 the best is out of reach in so few steps
        "--set",
        "experiment.quantities=[error, diffusion, late_mean]");
    Map<String, Double> values = ExperimentTable.read(out);
    assertThat(values.get("baseline-64 error")).isEqualTo(values.get("ours-64 error"));
    assertThat(values.get("truth late_mean")).isEqualTo(0.48873, within(0.002)); // CW-62
    for (int side : new int[] {8, 16, 32, 64}) {
      Path pairs = out.resolve("ours-" + side + "/repeat1/pairs.h5");
      double patches = 64.0 * 64 / (side * side);
      PairOptimum ours = PairOptimum.of(pairs, "/z1", patches, 1e-4, 9);
      near(values, "ours-" + side + " diffusion", ours.diffusion(), 0);
      PairOptimum naive = PairOptimum.of(pairs, "/patch_z1", 1, 1e-4, 9);
      near(values, "baseline-" + side + " diffusion", naive.diffusion(), 0);
      assertThat(values.get("ours-" + side + " error")).isLessThan(0.03);
    }
  }
}
