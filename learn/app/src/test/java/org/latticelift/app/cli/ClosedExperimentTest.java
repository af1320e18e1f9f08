package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.Hdf5Reader;

/** Experiments with closure variables, and Fig. 2. */
@Tag("pipeline")
class ClosedExperimentTest {
  private static final Path FIGURE =
      Path.of("..", "..", "configs", "paper", "fig2-predator-prey.yaml");

  @TempDir private Path folder;

  private Path run(String... sets) {
    Path out = folder.resolve("out");
    List<String> arguments =
        new ArrayList<>(List.of("run", FIGURE.toString(), "--out", "" + out, "--quiet"));
    for (String set : sets) {
      arguments.addAll(List.of("--set", set));
    }
    Outcome outcome = TinyRun.run(arguments.toArray(String[]::new));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return out;
  }

  /** The same of few cells and samples. */
  private Path small(String... sets) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "lattice.large=40",
                "lattice.patch=8",
                "simulate={runs: 2, records: 10, duration: {time: 1}}",
                "direct={runs: 3, records: 10, duration: {time: 2}}",
                "ensemble={trajectories: 4, records: 11, horizon: {time: 2}, keep_trajectories: true}",
                "evolve.samples=60",
                "closure.epochs=1",
                "train.epochs=2",
                "experiment.reference={}",
                "experiment.contrast={quantity: mmd, variant: kappa-5, against: [kappa-1]}"));
    all.addAll(List.of(sets));
    return run(all.toArray(String[]::new));
  }

  @Test
  void variantsShareEncodersAndDirectRunsOfTheirSeed() {
    Path out =
        small(
            "lattice.small=20",
            "experiment.quantities=[mmd, mmd_late, mmd_observables, error]",
            "experiment.repeats=2",
            "experiment.variants={kappa-1: {train.kappa: 1}, kappa-5: {train.kappa: 5},"
                + " open: {closure.dim: 0}}",
            "experiment.starts={low: {lattice.large_start: {mean: 0.45, amplitude: 0.1}},"
                + " high: {lattice.large_start: {mean: 0.55, amplitude: 0.1}}}");
    assertThat(ExperimentTable.read(out))
        .hasSize(12)
        .containsKeys("kappa-5 mmd_late", "open mmd", "kappa-5 error");
    assertThat(ExperimentTable.read(out).get("open mmd_observables"))
        .isEqualTo(ExperimentTable.read(out).get("open mmd"));
    assertThat(ExperimentTable.read(out).get("kappa-5 mmd_observables"))
        .isNotEqualTo(ExperimentTable.read(out).get("kappa-5 mmd")); // DI-31
    assertThat(out.resolve("experiment.svg")).isNotEmptyFile();
    assertThat(out.resolve("experiment-time.svg")).content().contains("against time", "kappa-5");
    assertThat(out.resolve("kappa-1/repeat2/snapshots.h5")).exists();
    assertThat(out.resolve("kappa-5/repeat2/snapshots.h5")).doesNotExist();
    assertThat(out.resolve("kappa-5/repeat2/closure.h5"))
        .hasSameBinaryContentAs(out.resolve("kappa-1/repeat2/closure.h5"));
    assertThat(out.resolve("truth/kappa-5")).doesNotExist();
    try (Hdf5Reader direct =
            Hdf5Reader.open(out.resolve("truth/kappa-1/repeat2/high/trajectory.h5"));
        Hdf5Reader open = Hdf5Reader.open(out.resolve("truth/high/trajectory.h5"));
        Hdf5Reader predicted = Hdf5Reader.open(out.resolve("kappa-5/repeat2/ensemble-high.h5"))) {
      assertThat(open.textListAttribute("/", "observable_names")).hasSize(2);
      double[] from = direct.doubles("/N0.02/run0/observables");
      double[] mean = predicted.doubles("/N0.02/mean");
      for (int c = 0; c < 4; c++) { // predictions start where direct runs do, in all latents
        assertThat(mean[c]).isEqualTo(from[c], within(1e-4));
      }
      assertThat(from[0]).isEqualTo(0.55, within(1e-12));
    }
  }

  /** Where nothing is enlarged, the large system still has the start of the experiment. */
  @Test
  void startsAreKeptApartWhereBothSizesAreEqual() {
    Path out =
        small(
            "lattice.small=40",
            "experiment.quantities=[mmd]",
            "experiment.repeats=1",
            "experiment.variants={kappa-1: {train.kappa: 1}, kappa-5: {train.kappa: 5}}",
            "experiment.starts={low: {lattice.large_start: {mean: 0.45, amplitude: 0.1}},"
                + " high: {lattice.large_start: {mean: 0.55, amplitude: 0.1}}}");
    for (String start : List.of("low 0.45", "high 0.55")) {
      String name = start.split(" ")[0];
      double prey = Double.parseDouble(start.split(" ")[1]);
      Path truth = out.resolve("truth/kappa-1/repeat1/" + name + "/trajectory.h5");
      Path prediction = out.resolve("kappa-5/repeat1/ensemble-" + name + ".h5");
      try (Hdf5Reader direct = Hdf5Reader.open(truth);
          Hdf5Reader predicted = Hdf5Reader.open(prediction)) {
        assertThat(direct.doubles("/N0.02/run0/observables")[0]).isEqualTo(prey, within(1e-12));
        assertThat(predicted.doubles("/N0.02/mean")[0]).isEqualTo(prey, within(1e-6));
      }
    }
  }

  /** Then only training and prediction have a seed of their own. */
  @Test
  void trainingsAloneCanBeRepeated() {
    Path out =
        small(
            "lattice.small=20",
            "experiment.quantities=[mmd]",
            "experiment.repeats=2",
            "experiment.repeat_of=training",
            "experiment.variants={kappa-1: {train.kappa: 1}, kappa-5: {train.kappa: 5}}",
            "experiment.starts={low: {lattice.large_start: {mean: 0.45, amplitude: 0.1}}}");
    Path first = out.resolve("kappa-1/repeat1");
    for (String other : List.of("kappa-1/repeat2", "kappa-5/repeat1", "kappa-5/repeat2")) {
      assertThat(out.resolve(other + "/latent.h5"))
          .hasSameBinaryContentAs(first.resolve("latent.h5"));
      assertThat(TinyRun.bytes(out.resolve(other + "/model.h5")))
          .isNotEqualTo(TinyRun.bytes(first.resolve("model.h5")));
    }
    assertThat(out.resolve("truth/kappa-1/repeat1/low/trajectory.h5")).exists();
    assertThat(out.resolve("truth/kappa-1/repeat2")).doesNotExist();
    assertThat(TinyRun.lines(out.resolve("experiment-cells.csv"))).hasSize(1 + 4);
  }

  /** Fig. 2 with two values of kappa and 4000 pairs. */
  @Test
  void figure2AtReducedSizeLearnsItsPairs() {
    Path out =
        run(
            "simulate={runs: 4, records: 100, duration: {time: 30}}",
            "direct={runs: 2, records: 10, duration: {time: 2}}",
            "ensemble={trajectories: 2, records: 3, horizon: {time: 2}, keep_trajectories: true}",
            "evolve.samples=4000",
            "evolve.twins=false", // whose covariance is less than that of the pairs
            "closure.epochs=2",
            "train.epochs=120",
            "train.batch=64",
            "experiment.reference={}",
            "experiment.quantities=[mmd]",
            "experiment.repeats=1",
            "experiment.contrast={quantity: mmd, variant: kappa-5, against: [kappa-1]}",
            "experiment.variants={kappa-1: {train.kappa: 1}, kappa-5: {train.kappa: 5}}",
            "experiment.starts={low: {lattice.large_start: {mean: 0.45, amplitude: 0.1}}}");
    requireFits(out, "1", "5");
  }

  /** The sweep over the number of closures: all of it at a reduced size. */
  @Test
  void theSweepSaysHowManyClosuresHelp() {
    Path out = folder.resolve("sweep");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "" + FIGURE.resolveSibling("../closure-sweep.yaml"),
                "--out",
                "" + out,
                "--quiet"));
    for (String set :
        List.of(
            "evolve.samples=60",
            "simulate={runs: 2, records: 10, duration: {time: 1}}",
            "train.epochs=1",
            "closure.epochs=1",
            "direct={runs: 3, records: 10, duration: {time: 3}}",
            "ensemble.horizon={time: 3}",
            "ensemble.records=11")) {
      arguments.addAll(List.of("--set", set));
    }
    Outcome outcome = TinyRun.run(arguments.toArray(String[]::new));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).containsPattern("mmd_observables [0-9.e-]+ with closures-[024]");
    assertThat(ExperimentTable.read(out)).hasSize(6).containsKey("closures-4 mmd_observables");
  }

  /**
   * What was learned is right for its pairs: the covariance has the best size for its kappa, and
   * the whole is no worse than the best linear equation. Trainings miss the best size by up to 4 %.
   */
  private static void requireFits(Path out, String... kappas) {
    Path latent = out.resolve("kappa-1/repeat1/latent.h5");
    for (String kappa : kappas) {
      Path model = out.resolve("kappa-" + kappa + "/repeat1/model.h5");
      LearnedFit fit = LearnedFit.of(latent, model, Double.parseDouble(kappa));
      assertThat(fit.spread()).as(kappa).isEqualTo(1, within(0.1));
      assertThat(fit.loss()).as(kappa).isLessThan(fit.linear());
    }
  }
}
