package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Reader;

/**
 * The whole pipeline with fields: no stage may assume codes of one byte, events or temperatures.
 */
class PredatorPreyRunTest {
  private static Path run;
  private static Outcome outcome;

  @BeforeAll
  static void runOnce(@TempDir Path folder) {
    run = folder.resolve("run");
    outcome =
        TinyRun.runAll(
            run,
            TinyRun.FIELDS,
            "--set=closure.dim=0",
            "--set=upsample={keep: sample, keep_samples: 3}");
  }

  @Test
  void everyStageRuns() {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("prey", "predator", "N0.02");
    assertThat(run.resolve("report/index.html")).isNotEmptyFile();
  }

  @Test
  void fieldsAreStoredInThirtyTwoBits() {
    try (Hdf5Reader reader = Hdf5Reader.open(run.resolve("snapshots.h5"))) {
      assertThat(reader.dims("/N0.02/field")).containsExactly(63, 2, 20);
      assertThat(reader.type("/N0.02/field")).isEqualTo(ElementType.FLOAT32);
      requireMeans(reader, 63, 20);
    }
    try (Hdf5Reader reader = Hdf5Reader.open(run.resolve("large.h5"))) {
      assertThat(reader.dims("/N0.02/field")).containsExactly(3, 2, 40);
      requireMeans(reader, 3, 40);
    }
    try (Hdf5Reader reader = Hdf5Reader.open(run.resolve("final.h5"))) {
      assertThat(reader.dims("/N0.02/run1/field")).containsExactly(2, 40);
    }
  }

  /** Observables are means of the states that stand beside them. */
  private static void requireMeans(Hdf5Reader reader, int states, int cells) {
    float[] field = reader.floats("/N0.02/field");
    double[] observables = reader.doubles("/N0.02/observables");
    for (int s = 0; s < 2 * states; s++) {
      double sum = 0;
      for (int i = 0; i < cells; i++) {
        sum += field[s * cells + i];
      }
      assertThat(sum / cells).isEqualTo(observables[s], within(1e-6));
    }
  }

  @Test
  void durationsAreSteps() {
    try (Hdf5Reader pairs = Hdf5Reader.open(run.resolve("pairs.h5"))) {
      assertThat(pairs.doubles("/dt")).containsOnly(0.3); // 30 steps
      assertThat(pairs.doubleAttribute("/", "patches")).isEqualTo(5);
      assertThat(pairs.longs("/patch")).contains(0, 1, 2, 3, 4);
    }
  }

  @Test
  void sectionsOfOtherSystemsAreRefused(@TempDir Path folder) {
    Path config = TinyRun.write(folder.resolve("fields.yaml"), TinyRun.FIELDS);
    Outcome relax = TinyRun.run("validate", config.toString(), "--set", "relax={windows: none}");
    assertThat(relax.code()).isEqualTo(65);
    Outcome preset = TinyRun.run("validate", config.toString(), "--set", "preset=authors");
    assertThat(preset.err()).isEmpty();
    assertThat(preset.out()).contains("time_unit: physical", "epsilon: 1.0E-5", "draw: once");
    assertThat(preset.out()).contains("environment: ghost", "events: 1"); // PP-19
    assertThat(preset.out()).contains("step: 0.01").doesNotContain("step: 1.1");
    Outcome plain = TinyRun.run("validate", config.toString());
    assertThat(plain.out()).contains("time_unit: duration", "step: 1.1"); // as long as the pairs
    Outcome keys = TinyRun.run("validate", "--keys", config.toString());
    assertThat(keys.out()).contains("  predator_diffusion", "  large_start", "  noise");
  }
}
