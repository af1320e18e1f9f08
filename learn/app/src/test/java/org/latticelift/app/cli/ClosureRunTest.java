package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.stage.WallTimes;

/** The whole pipeline with learned closure variables. */
@Tag("pipeline")
class ClosureRunTest {
  @TempDir private Path folder;

  private Path run(String name, String config, String... more) {
    Path out = folder.resolve(name);
    Outcome outcome = TinyRun.runAll(out, config, more);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("closure_1", "closure_2");
    assertThat(WallTimes.read(out)).extracting(WallTimes.StageTime::stage).contains("closure");
    return out;
  }

  @Test
  void latentsOfFieldsAreObservablesThenClosures() {
    requireLatents(run("run", TinyRun.FIELDS));
  }

  /** In a field, from which no closure knows its sign. */
  @Test
  void latentsOfSpinsAreObservablesThenClosures() {
    requireLatents(
        run(
            "run",
            TinyRun.SPINS,
            "--set=lattice.field=0.1",
            "--set=lattice.large_start=-0.5",
            "--set=closure={dim: 2, epochs: 1, batch: 16}"));
  }

  private static void requireLatents(Path out) {
    try (Hdf5Reader pairs = Hdf5Reader.open(out.resolve("pairs.h5"));
        Hdf5Reader latent = Hdf5Reader.open(out.resolve("latent.h5"));
        Hdf5Reader direct = Hdf5Reader.open(out.resolve("trajectory.h5"));
        Hdf5Reader ensemble = Hdf5Reader.open(out.resolve("ensemble.h5"))) {
      List<String> names = latent.textListAttribute("/", "observable_names");
      assertThat(names).hasSize(4).endsWith("closure_1", "closure_2");
      assertThat(direct.textListAttribute("/", "observable_names")).isEqualTo(names);
      assertThat(ensemble.textListAttribute("/", "observable_names")).isEqualTo(names);
      double[] z0 = latent.doubles("/z0");
      double[] z1 = latent.doubles("/z1");
      double[] patch0 = latent.doubles("/patch_z0");
      double[] patch1 = latent.doubles("/patch_z1");
      double[] observed = pairs.doubles("/z1");
      for (int k = 0; k < z0.length; k++) {
        assertThat(z1[k] - z0[k]).isEqualTo(patch1[k] - patch0[k], within(1e-12)); // ME-17
        if (k % 4 < 2) {
          assertThat(z1[k]).isEqualTo(observed[k / 4 * 2 + k % 4]);
        }
      }
      double[] start = latent.doubles("/macroscopic/start");
      String group = "/" + latent.text("/conditions/name").split(" ")[0];
      assertThat(ensemble.doubles(group + "/mean")[3]).isEqualTo(start[3], within(1e-4));
    }
  }

  /** The first of several patches is the only one of one, and the others have closures as well. */
  @Test
  void severalPatchesAndTwinsHaveClosures() {
    Path one = run("one", TinyRun.FIELDS);
    Path three =
        run("three", TinyRun.FIELDS, "--set", "evolve.patches=3", "--set", "evolve.twins=true");
    try (Hdf5Reader plain = Hdf5Reader.open(one.resolve("latent.h5"));
        Hdf5Reader latent = Hdf5Reader.open(three.resolve("latent.h5"));
        Hdf5Reader pairs = Hdf5Reader.open(three.resolve("pairs.h5"))) {
      for (String same : List.of("/z0", "/patch_z0", "/patch_z1")) {
        assertThat(latent.doubles(same)).isEqualTo(plain.doubles(same));
      }
      assertThat(pairs.dims("/patch_before")).containsExactly(60, 3 * 16);
      assertThat(pairs.dims("/twin_after")).containsExactly(60, 16);
      assertThat(latent.dims("/patch")).containsExactly(60, 3);
      requireMean(latent, plain, pairs);
    }
  }

  /** Closures of the mean change vary less than those of one patch; observables are as made. */
  private static void requireMean(Hdf5Reader latent, Hdf5Reader plain, Hdf5Reader pairs) {
    double[] z0 = latent.doubles("/z0");
    double[] z1 = latent.doubles("/z1");
    double[] one = plain.doubles("/z1");
    double[] twin = latent.doubles("/twin");
    double[] observed = pairs.doubles("/z1");
    double[] observedTwin = pairs.doubles("/twin");
    double mean = 0;
    double first = 0;
    for (int k = 0; k < z0.length; k++) {
      if (k % 4 < 2) {
        assertThat(z1[k]).isEqualTo(observed[k / 4 * 2 + k % 4]);
        assertThat(twin[k]).isEqualTo(observedTwin[k / 4 * 2 + k % 4]);
      } else {
        mean += (z1[k] - z0[k]) * (z1[k] - z0[k]);
        first += (one[k] - z0[k]) * (one[k] - z0[k]);
        assertThat(twin[k]).isNotEqualTo(one[k]);
      }
    }
    assertThat(mean).isLessThan(first);
  }

  /** Fields start alike in every run, so direct runs and predictions share their first latents. */
  @Test
  void directRunsAreEncodedWithTheSameEncoder() {
    Path out = run("run", TinyRun.FIELDS);
    try (Hdf5Reader latent = Hdf5Reader.open(out.resolve("latent.h5"));
        Hdf5Reader direct = Hdf5Reader.open(out.resolve("trajectory.h5"))) {
      double[] start = latent.doubles("/macroscopic/start");
      double[] first = direct.doubles("/N0.02/run1/observables");
      for (int c = 0; c < 4; c++) {
        assertThat(first[c]).isEqualTo(start[c], within(1e-6));
      }
    }
  }

  @Test
  void threadsDoNotChangeTheResult() {
    Path one = run("one", TinyRun.FIELDS, "--threads", "1");
    Path two = run("two", TinyRun.FIELDS, "--threads", "2");
    for (String name : List.of("latent.h5:/z1", "trajectory.h5:/N0.02/run2/observables")) {
      String[] part = name.split(":");
      try (Hdf5Reader a = Hdf5Reader.open(one.resolve(part[0]));
          Hdf5Reader b = Hdf5Reader.open(two.resolve(part[0]))) {
        assertThat(b.doubles(part[1])).isEqualTo(a.doubles(part[1]));
      }
    }
  }

  @Test
  void naivePairsHaveClosuresToo() {
    run("naive", TinyRun.FIELDS, "--set", "train.pairs=naive", "--set", "train.kappa=1");
  }

  @Test
  void mistakesAreFoundBeforeAnythingRuns() {
    Path alloy = TinyRun.write(folder.resolve("alloy.yaml"), TinyRun.CONFIG);
    Outcome none = TinyRun.run("validate", alloy.toString(), "--set", "closure.dim=2");
    assertThat(none.code()).isEqualTo(65);
    assertThat(none.err()).contains("closure.dim", "alloy").hasLineCount(1);
    Path fields = TinyRun.write(folder.resolve("fields.yaml"), TinyRun.FIELDS);
    Outcome odd = TinyRun.run("validate", fields.toString(), "--set", "closure.dim=3");
    assertThat(odd.err()).contains("multiple of the number of fields");
    Outcome zero =
        TinyRun.run(
            "closure",
            fields.toString(),
            "--set",
            "closure.dim=0",
            "--out",
            folder.resolve("none").toString());
    assertThat(zero.code()).isEqualTo(65);
    Outcome early =
        TinyRun.run(
            "closure", fields.toString(), "--out", folder.resolve("empty").toString(), "--quiet");
    assertThat(early.code()).isEqualTo(66);
    assertThat(early.err()).contains("latticelift lift").hasLineCount(1);
  }
}
