package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures and tables of the paper, as the configurations that are shipped for them make them. */
@Tag("pipeline")
class PaperFiguresTest {
  private static final Path CONFIGS = Path.of("..", "..", "configs");

  /** The estimator of the paper: one patch of a state, all from its increments. */
  private static final List<String> ONE_PATCH =
      List.of("evolve.patches=1", "train.drift_variates=off");

  /** Particles of the large chain of Table 2, and of a patch. */
  private static final double SIDE = 128;

  private static final double PATCH = 16;

  @TempDir private Path folder;

  /** The folder of an experiment of the paper, at the size quick unless settings say otherwise. */
  private Path made(String name, List<String> settings) {
    Path out = folder.resolve(name);
    Stream<String> words =
        Stream.concat(Stream.of("--quiet"), settings.stream().map(set -> "--set=" + set));
    TinyRun.succeed(CONFIGS.resolve(name + ".yaml"), out, words.toArray(String[]::new));
    return out;
  }

  private Map<String, Double> quick(String name) {
    return ExperimentTable.read(made(name, List.of()));
  }

  /**
   * Errors are squares of deviations from few direct runs: those alone, of which there are 16, make
   * some 3e-4 (Fig. 8) and 8e-4 (Fig. 3) of it. A lost kappa, the baseline, gives ten times more.
   */
  @Test
  void smallSystemsPredictAsWellAsLargeOnes() {
    Map<String, Double> figure8 = quick("paper/fig8-curie-weiss-ns");
    Map<String, Double> figure3 = quick("paper/fig3-ising-ns");
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
  void statisticsOfCurieWeissAreThoseOfDirectRuns() {
    Map<String, Double> values = quick("paper/fig9-curie-weiss-statistics");
    double deviation = values.get("truth late_std");
    assertThat(values.get("ours-16 late_mean"))
        .isEqualTo(values.get("truth late_mean"), within(0.003));
    assertThat(values.get("ours-16 late_std")).isEqualTo(deviation, within(0.04 * deviation));
    assertThat(values.get("baseline-16 late_std")).isGreaterThan(2 * deviation);
  }

  /** Six direct runs have the mean to 0.003 and the deviation to 7 % (standard errors). */
  @Test
  void statisticsOfIsingAreThoseOfDirectRuns() {
    Map<String, Double> values = quick("paper/fig4-ising-statistics");
    double deviation = values.get("truth late_std");
    assertThat(values.get("ours-16 late_mean"))
        .isEqualTo(values.get("truth late_mean"), within(0.01));
    assertThat(values.get("ours-16 late_std")).isEqualTo(deviation, within(0.15 * deviation));
    assertThat(values.get("ours-16 peak")).isEqualTo(values.get("truth peak"), within(0.01));
    assertThat(values.get("baseline-16 late_std")).isGreaterThan(3 * deviation);
  }

  /** Table 2 at the size quick. */
  @Test
  void table2IsTheClosedForm() {
    List<String> sets = new ArrayList<>(ONE_PATCH);
    sets.add("evolve.joint=0"); // kappa is K, exact for the chain, and part of the closed form
    requireClosedForm(made("paper/table2-linear-chain", sets));
  }

  /**
   * Training ends at the optimum of its pairs (LC-12), and that is the theory (LC-11) within three
   * standard errors.
   */
  private static void requireClosedForm(Path out) {
    PairOptimum small = requireOptimum(out, "small-conventional", "small-conventional", 1);
    requireTheory(small, 8 / PATCH, 1 / Math.sqrt(PATCH));
    PairOptimum ours = requireOptimum(out, "large-ours", "large-ours", SIDE / PATCH);
    requireTheory(ours, 8 / SIDE, 1 / Math.sqrt(SIDE));
    PairOptimum large = requireOptimum(out, "large-conventional", "large-conventional", 1);
    requireTheory(large, 8 / SIDE, 1 / Math.sqrt(SIDE));
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
   * pairs (ME-34) with epsilon (ME-33). It does not depend on where runs start, so they start at
   * one place; their late mean has a standard error of some 0.0005.
   */
  @Test
  void fig8HasTheDiffusionOfItsPairs() {
    Path out =
        made(
            "paper/fig8-curie-weiss-ns",
            List.of(
                "preset=authors",
                "train.schedule=cosine",
                "sde.diffusion.initial=0.05", // from 1 the best is out of reach in so few steps
                "experiment.starts={m0.25: {lattice.large_start: 0.25}}",
                "experiment.quantities=[error, diffusion, late_mean]"));
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
