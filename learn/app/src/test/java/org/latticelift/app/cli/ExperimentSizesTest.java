package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.Hdf5Reader;

/** Experiments whose variants have large systems of different sizes. */
class ExperimentSizesTest {
  private static final String CONFIG =
      """
      system: curie-weiss
      conditions: {temperature: [1.1]}
      lattice: {small: 4, large: 8, field: 0.1}
      simulate: {runs: 3, records: 10, duration: {events: 160}}
      evolve: {samples: 40}
      sde: {drift: {type: plain}, diffusion: {mode: constant_diagonal}}
      train: {epochs: 1, models: 1}
      ensemble: {trajectories: 4, records: 11, horizon: {time: 20}, keep_trajectories: true}
      direct: {runs: 3, records: 10, duration: {time: 20}}
      report: {png: false}
      experiment:
        variants:
          side-8: {}
          side-16: {lattice.large: 16}
          naive-16: {lattice.large: 16, train.kappa: 1, train.pairs: naive}
          side-32: {lattice.large: 32, compare_with: side-16}
        starts: {low: {lattice.large_start: -0.5}}
        quantities: [error, late_mean]
        reference: {late_mean: {truth: 0.4, truth-16: 0.5}}
        figure: {quantity: late_mean}
      """;

  @TempDir private Path folder;

  private Path run(String name, String config) {
    Path file = TinyRun.write(folder.resolve(name + ".yaml"), config);
    Path out = folder.resolve(name);
    Outcome outcome = TinyRun.run("run", "" + file, "--out", "" + out, "--quiet");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return out;
  }

  /** Size of the large system in the configuration that a file was made with. */
  private static void requireSize(Path file, int side) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      assertThat(reader.text("/provenance/configuration")).contains("large: " + side);
    }
  }

  /** Direct runs of the configuration's own size are points of a fit, too. */
  @Tag("pipeline")
  @Test
  void fitsHaveDirectRunsOfEverySize() {
    String fitted =
        CONFIG
            .replace("{truth: 0.4, truth-16: 0.5}", "{truth-8: 0.4, truth-16: 0.5}")
            .replace(
                "  figure: ", "  fits: {slope: {kind: power, quantity: late_mean}}\n  figure: ");
    Path out = run("fitted", fitted);
    assertThat(TinyRun.lines(out.resolve("experiment-fits.csv")))
        .anyMatch(line -> line.startsWith("slope,truth,") && line.endsWith(",2"));
  }

  @Test
  void everySizeHasDirectRunsAndTheSmallSystemIsSimulatedOnce() {
    Path out = run("sizes", CONFIG);
    requireSize(out.resolve("truth/low/trajectory.h5"), 8);
    requireSize(out.resolve("truth-16/low/trajectory.h5"), 16);
    assertThat(out.resolve("truth-32")).doesNotExist(); // compared with side-16
    Map<String, Double> values = ExperimentTable.read(out);
    assertThat(values).hasSize(2 + 4 * 2).containsKeys("truth late_mean", "truth-16 late_mean");
    assertThat(values.get("truth late_mean")).isNotEqualTo(values.get("truth-16 late_mean"));
    assertThat(TinyRun.lines(out.resolve("experiment.csv")))
        .anyMatch(line -> line.startsWith("truth-16,late_mean,0.5,"));

    requireSize(out.resolve("side-32/repeat1/snapshots.h5"), 8); // those of side-8
    assertThat(out.resolve("side-32/repeat1/snapshots.h5"))
        .hasSameBinaryContentAs(out.resolve("side-8/repeat1/snapshots.h5"));
    assertThat(out.resolve("naive-16/repeat1/snapshots.h5")).doesNotExist(); // shared pairs
    assertThat(out.resolve("naive-16/repeat1/pairs.h5"))
        .hasSameBinaryContentAs(out.resolve("side-16/repeat1/pairs.h5"));
  }

  /** What a variant shares is what it would make alone. */
  @Tag("pipeline")
  @Test
  void aVariantAloneHasTheSameNumbers() {
    Map<String, Double> together = ExperimentTable.read(run("sizes", CONFIG));
    String single =
        CONFIG
            .replace("large: 8,", "large: 16,")
            .replaceAll("(?m)^ *side-(8|32): .*\\n", "")
            .replace(", truth-16: 0.5", "");
    Path out = run("single", single);
    Map<String, Double> alone = ExperimentTable.read(out);
    assertThat(alone.get("side-16 error")).isEqualTo(together.get("side-16 error"), within(1e-12));
    assertThat(alone.get("truth late_mean"))
        .isEqualTo(together.get("truth-16 late_mean"), within(1e-12));
    try (Hdf5Reader one = Hdf5Reader.open(out.resolve("side-16/repeat1/pairs.h5"));
        Hdf5Reader other = Hdf5Reader.open(folder.resolve("sizes/side-16/repeat1/pairs.h5"))) {
      assertThat(one.doubles("/z1")).isEqualTo(other.doubles("/z1"));
    }
  }

  /** An encoder reads states of one size. */
  @Test
  void closuresOfAnotherSizeAreRefused() {
    String config =
        CONFIG
            .replace("system: curie-weiss", "system: ising\nclosure: {dim: 1, epochs: 1}")
            .replace("temperature: [1.1]", "temperature: [2.5]")
            .replace("[error, late_mean]", "[error_latents, late_mean]");
    Path file = TinyRun.write(folder.resolve("closed.yaml"), config);
    Outcome outcome = TinyRun.run("run", "" + file, "--out", folder + "/closed", "--quiet");
    assertThat(outcome.code()).isEqualTo(65);
    assertThat(outcome.err()).contains("side-32.compare_with", "size 32", "size 16");
    assertThat(folder.resolve("closed")).doesNotExist();
  }

  private static final String FITTED =
      """
      system: ising
      conditions: {temperature: [2.5]}
      lattice: {small: 4, large: 8}
      simulate: {runs: 3, records: 10, duration: {time: 20}}
      evolve: {samples: 20}
      sde: {drift: {type: plain}, diffusion: {mode: constant_diagonal}}
      train: {epochs: 1, models: 1}
      ensemble: {trajectories: 4, records: 11, horizon: {time: 20}, keep_trajectories: true}
      """;

  /** What is fitted to the small runs is so for any size, and for nothing else. */
  @Tag("pipeline")
  @Test
  void theSmallSystemIsFittedOnce() throws Exception {
    String experiment =
        """
        experiment:
          variants: {first: {}, larger: {lattice.large: 16}, mixed: {upsample.mixing: 5}}
          starts: {random: {}}
          quantities: [late_mean]
          figure: {quantity: late_mean}
        """;
    Path out =
        run(
            "shared",
            FITTED + "direct: {runs: 2, records: 5, duration: {time: 20}}\n" + experiment);
    Path alone = run("alone", FITTED.replace("large: 8", "large: 16"));
    byte[] first = Files.readAllBytes(out.resolve("first/repeat1/coupling.h5"));
    assertThat(out.resolve("larger/repeat1/coupling.h5")).hasBinaryContent(first);
    assertThat(couplings(out.resolve("larger/repeat1")))
        .isEqualTo(couplings(alone))
        .isNotEqualTo(couplings(out.resolve("mixed/repeat1")));
    assertThat(pairs(out.resolve("larger/repeat1"))).isEqualTo(pairs(alone));
  }

  private static double[] couplings(Path run) {
    try (Hdf5Reader reader = Hdf5Reader.open(run.resolve("coupling.h5"))) {
      return reader.doubles("/T2.5/coupling_kT");
    }
  }

  private static double[] pairs(Path run) {
    try (Hdf5Reader reader = Hdf5Reader.open(run.resolve("pairs.h5"))) {
      return reader.doubles("/z1");
    }
  }
}
