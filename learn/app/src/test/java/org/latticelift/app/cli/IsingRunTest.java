package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.atoms.ExtendedXyz;
import org.latticelift.io.hdf5.Hdf5Reader;

/** The whole pipeline with a system that is not the alloy: no stage may assume atoms or seconds. */
class IsingRunTest {
  private static final String CONFIG =
      """
      system: ising
      conditions: {temperature: [2.5, 3]}
      lattice: {small: 4, large: 8, field: 0.1, large_start: -0.5}
      simulate: {runs: 3, records: 10, duration: {events: 400}}
      evolve: {samples: 60}
      train: {epochs: 2, models: 1}
      ensemble: {trajectories: 4, records: 11, horizon: {time: 20}}
      direct: {runs: 2, records: 10, duration: {time: 20}}
      report: {png: false}
      """;

  private static Path run;
  private static Outcome outcome;

  @BeforeAll
  static void runOnce(@TempDir Path folder) {
    run = folder.resolve("run");
    Path config = TinyRun.write(folder.resolve("ising.yaml"), CONFIG);
    outcome = TinyRun.run("run", config.toString(), "--out", run.toString(), "--quiet");
  }

  @Test
  void everyStageRuns() {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("magnetisation", "wall_density", "T2.5");
    assertThat(run.resolve("report/index.html")).isNotEmptyFile();
  }

  @Test
  void filesNameTheParameterAndTimesHaveNoUnit() {
    for (String file : List.of("snapshots.h5", "trajectory.h5", "ensemble.h5", "model.h5")) {
      try (Hdf5Reader reader = Hdf5Reader.open(run.resolve(file))) {
        String time =
            switch (file) {
              case "snapshots.h5" -> "/T2.5/time";
              case "trajectory.h5" -> "/T3/run1/time";
              case "ensemble.h5" -> "/T2.5/time";
              default -> "/scaling/time_unit";
            };
        assertThat(reader.textAttribute(time, "units")).as(file).isEqualTo("1");
        if (!file.equals("model.h5")) {
          assertThat(reader.doubleAttribute("/T2.5", "temperature")).isEqualTo(2.5);
        }
      }
    }
    try (Hdf5Reader reader = Hdf5Reader.open(run.resolve("snapshots.h5"))) {
      assertThat(reader.dims("/T2.5/spin")).containsExactly(33, 4, 4);
      assertThat(reader.bytes("/T2.5/spin")).containsOnly(1, -1);
    }
    String page = new String(TinyRun.bytes(run.resolve("report/index.html")));
    assertThat(page).doesNotContain("jump", "(s)", "vacanc").contains("wall_density");
  }

  @Test
  void theConditionIsScaledToItsRange() {
    try (Hdf5Reader reader = Hdf5Reader.open(run.resolve("model.h5"))) {
      String text = reader.text("/architecture");
      assertThat(text).contains("\"condition_offset\": 2.5").contains("\"condition_width\": 0.5");
    }
  }

  @Test
  void predictionsStartWhereDirectRunsDo() {
    try (Hdf5Reader ensemble = Hdf5Reader.open(run.resolve("ensemble.h5"));
        Hdf5Reader direct = Hdf5Reader.open(run.resolve("trajectory.h5"))) {
      double[] mean = ensemble.doubles("/T2.5/mean");
      assertThat(mean[0]).isCloseTo(-0.5, org.assertj.core.api.Assertions.within(1e-6));
      assertThat(mean[1]).isCloseTo(0.375, org.assertj.core.api.Assertions.within(1e-6));
      assertThat(direct.doubles("/T2.5/run0/observables")[0]).isEqualTo(-0.5);
    }
  }

  @Test
  void resultsAreInspectedAndExported(@TempDir Path folder) {
    Path xyz = folder.resolve("spins.xyz");
    Path csv = folder.resolve("runs.csv");
    String states = run.resolve("final.h5").toString();
    String runs = run.resolve("trajectory.h5").toString();
    assertThat(TinyRun.run("inspect", states).out()).contains("spin");
    assertThat(TinyRun.run("export", states, "--to", "xyz", "--out", xyz.toString()).code())
        .isZero();
    assertThat(ExtendedXyz.read(xyz).type()).hasSize(64).containsOnly(1, 2);
    assertThat(TinyRun.run("export", runs, "--to", "csv", "--out", csv.toString()).code()).isZero();
    assertThat(TinyRun.lines(csv).get(0))
        .isEqualTo("condition,run,time,jumps,magnetisation,wall_density");
    Outcome order = TinyRun.run("sro", states, "--condition", "T2.5/run0");
    assertThat(order.code()).isEqualTo(65);
    assertThat(order.err()).contains("species").hasLineCount(1);
  }

  @Test
  void keysAreThoseOfTheSystem(@TempDir Path folder) {
    Path config = TinyRun.write(folder.resolve("ising.yaml"), CONFIG);
    Outcome keys = TinyRun.run("validate", "--keys", config.toString());
    assertThat(keys.out()).contains("  field", "  large_start", "  keep_samples", "  temperature");
    assertThat(keys.out()).doesNotContain("species in code order", "cache_mib");
    Outcome preset = TinyRun.run("validate", config.toString(), "--set", "preset=authors");
    assertThat(preset.err()).isEmpty();
    assertThat(preset.out()).contains("time_unit: duration", "random_share: 0.5");
    Outcome wrong =
        TinyRun.run(
            "validate", config.toString(), "--set", "ensemble.conditions={temperature_K: [2.5]}");
    assertThat(wrong.code()).isEqualTo(65);
    assertThat(wrong.err()).contains("temperature_K");
  }

  @Test
  void threadsDoNotChangeTheResult(@TempDir Path folder) {
    Path config = TinyRun.write(folder.resolve("ising.yaml"), CONFIG);
    Path other = folder.resolve("other");
    TinyRun.run("run", config.toString(), "--out", other.toString(), "--threads", "1", "--quiet");
    try (Hdf5Reader one = Hdf5Reader.open(run.resolve("pairs.h5"));
        Hdf5Reader two = Hdf5Reader.open(other.resolve("pairs.h5"))) {
      assertThat(two.doubles("/z1")).isEqualTo(one.doubles("/z1"));
      assertThat(two.doubles("/dt")).isEqualTo(one.doubles("/dt"));
    }
    try (Hdf5Reader one = Hdf5Reader.open(run.resolve("ensemble.h5"));
        Hdf5Reader two = Hdf5Reader.open(other.resolve("ensemble.h5"))) {
      assertThat(two.doubles("/T3/mean")).isEqualTo(one.doubles("/T3/mean"));
    }
  }
}
