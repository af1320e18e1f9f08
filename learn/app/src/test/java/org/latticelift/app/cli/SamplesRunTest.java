package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.app.cli.TinyRun.write;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.output.CsvReader;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * Samples of a linear process that no part of the program simulates: the share of open gates under
 * a voltage, and that of closed ones. Its equilibrium is known.
 */
@Tag("pipeline")
class SamplesRunTest {
  private static final double RATE = 2;
  private static final double NOISE = 0.4;
  private static final int PATCHES = 50;
  private static final double DT = 0.02;
  private static final double[] VOLTAGES = {-1, 0, 2};
  private static final int RUNS = 6;
  private static final int RECORDS = 60;

  private static final String CONFIG =
      """
      system: samples
      seed: 3
      samples:
        file: FOLDER/gates.csv
        direct: FOLDER/runs.csv
        patches: 50
        time_unit: s
        units: {open: mol}
        relations: [{name: gates, weights: {open: 1, closed: 1}, constant: 1}]
        start: {open: 0.9, closed: 0.1}
      train: {epochs: 60, batch: 512, models: 8}
      ensemble: {trajectories: 50, records: 61, horizon: {time_s: 6}, conditions: {voltage_mV: [-1, 0, 1, 2]}}
      report: {png: false}
      """;

  @TempDir private static Path folder;

  private static Outcome outcome;

  private static double centre(double voltage) {
    return 0.5 + 0.1 * voltage;
  }

  @BeforeAll
  static void run() {
    write(folder.resolve("gates.csv"), samples());
    write(folder.resolve("runs.csv"), runs());
    outcome = TinyRun.runAll(folder.resolve("run"), CONFIG.replace("FOLDER", folder.toString()));
  }

  private static String samples() {
    StringBuilder text =
        new StringBuilder(
            "voltage_mV,group,dt,z0:open,z0:closed,z1:open,z1:closed,drift:open,drift:closed\n");
    RandomStream stream = new Streams(5).stream(Purpose.CHECK, 1);
    for (double voltage : VOLTAGES) {
      for (int k = 0; k < 2000; k++) {
        double open = centre(voltage) + 0.3 * (2 * stream.uniform() - 1);
        double drift = -RATE * (open - centre(voltage)) * DT;
        double after = open + drift + NOISE * Math.sqrt(DT) * stream.normal();
        text.append(voltage).append(',').append(k / 250).append(',').append(DT);
        for (double value : new double[] {open, 1 - open, after, 1 - after, drift, -drift}) {
          text.append(',').append(value);
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  /** Of the large system, in steps of which ten are a record. */
  private static String runs() {
    StringBuilder text = new StringBuilder("voltage_mV,run,time,z:open,z:closed\n");
    for (double voltage : VOLTAGES) {
      for (int run = 0; run < RUNS; run++) {
        RandomStream stream =
            new Streams(6).stream(Purpose.CHECK, Double.doubleToLongBits(voltage), run);
        double open = 0.9;
        for (int record = 0; record < RECORDS; record++) {
          text.append(voltage).append(',').append(run).append(',').append(record * 10 * DT);
          text.append(',').append(open).append(',').append(1 - open).append('\n');
          for (int step = 0; step < 10; step++) {
            open +=
                -RATE * (open - centre(voltage)) * DT
                    + NOISE * Math.sqrt(DT / PATCHES) * stream.normal();
          }
        }
      }
    }
    return text.toString();
  }

  private static double number(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }

  @Test
  void everyStageRuns() {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("V-1", "V0", "V2", "V1").doesNotContain("simulate");
    assertThat(TinyRun.files(folder.resolve("run")))
        .contains("pairs.h5", "model.h5", "trajectory.h5", "direct.csv", "report/index.html")
        .doesNotContain("snapshots.h5", "simulate.csv");
  }

  /** Mean 0.5 + 0.1 V and variance s^2 / (2 K k), also where there are no samples. */
  @Test
  void predictsTheKnownEquilibriumWithinItsErrors() {
    List<Map<String, String>> rows = CsvReader.rows(folder.resolve("run/evaluation.csv"));
    assertThat(rows).hasSize(8);
    double deviation = Math.sqrt(NOISE * NOISE / (2 * PATCHES * RATE));
    for (Map<String, String> row : rows) {
      double voltage = number(row, "voltage_mV");
      double exact = centre(voltage);
      String what = row.get("condition") + " " + row.get("observable");
      double mean = row.get("observable").equals("open") ? exact : 1 - exact;
      double error = number(row, "predicted_error");
      assertThat(error).as(what).isLessThan(0.3 * deviation);
      assertThat((number(row, "predicted") - mean) / error).as(what).isBetween(-3.0, 3.0);
      double spread = number(row, "predicted_deviation_error");
      assertThat(spread).as(what).isLessThan(0.1 * deviation);
      assertThat((number(row, "predicted_deviation") - deviation) / spread)
          .as(what + ", deviation")
          .isBetween(-3.0, 3.0);
    }
  }

  @Test
  void filesSayWhereTheyComeFrom() {
    try (Hdf5Reader pairs = Hdf5Reader.open(folder.resolve("run/pairs.h5"))) {
      assertThat(pairs.dims("/z0")).containsExactly(6000, 2);
      assertThat(pairs.textAttribute("/", "parameter_name")).isEqualTo("voltage_mV");
      assertThat(pairs.textAttribute("/conditions/value", "units")).isEqualTo("mV");
      assertThat(pairs.longAttribute("/", "patches")).isEqualTo(PATCHES);
      assertThat(pairs.texts("/provenance/inputs")[0]).endsWith("  gates.csv");
    }
    try (Hdf5Reader runs = Hdf5Reader.open(folder.resolve("run/trajectory.h5"))) {
      assertThat(runs.dims("/V2/run5/observables")).containsExactly(RECORDS, 2);
      assertThat(runs.textAttribute("/V2/run5/observables", "units")).isEqualTo("mol,1");
      assertThat(runs.texts("/provenance/inputs")[0]).endsWith("  runs.csv");
    }
    try (Hdf5Reader model = Hdf5Reader.open(folder.resolve("run/model.h5"))) {
      assertThat(model.ints("/macroscopic/independent")).containsExactly(0);
    }
  }

  @Test
  void saysWhatCannotBeChecked() throws Exception {
    Path run = folder.resolve("run");
    assertThat(run.resolve("certificate.csv"))
        .content()
        .contains("additivity,\"the samples were made elsewhere")
        .contains("direct,V2,open,late_mean");
    assertThat(Files.readString(run.resolve("report/index.html")))
        .contains("Samples were made by another program")
        .doesNotContain("small-system runs are equilibrated was not checked");
  }

  @Test
  void anEditedFileIsAnotherRun() throws Exception {
    Path copy = Files.createDirectory(folder.resolve("edited"));
    for (String name : List.of("gates.csv", "runs.csv")) {
      Files.copy(folder.resolve(name), copy.resolve(name));
    }
    Path run = copy.resolve("run");
    String small =
        CONFIG
            .replace("FOLDER/", "")
            .replace("epochs: 60", "epochs: 1")
            .replace("models: 8", "models: 1");
    assertThat(TinyRun.runAll(run, small).code()).isZero();
    assertThat(TinyRun.runAll(run, small, "--resume").code()).isZero();
    write(copy.resolve("gates.csv"), samples().replaceFirst("\n.*\n", "\n"));
    Outcome resumed = TinyRun.runAll(run, small, "--resume");
    assertThat(resumed.code()).isEqualTo(65);
    assertThat(resumed.err()).hasLineCount(1).contains("samples.file", "had another content");
  }

  @Test
  void aNewConfigurationIsValidBesideItsFile() throws Exception {
    Path mine = Files.createDirectory(folder.resolve("mine")).resolve("my.yaml");
    assertThat(TinyRun.run("new", "samples", mine.toString()).err()).isEmpty();
    assertThat(TinyRun.run("validate", mine.toString()).err()).contains("increments.csv");
    Files.copy(folder.resolve("gates.csv"), mine.resolveSibling("increments.csv"));
    Outcome valid = TinyRun.run("validate", mine.toString());
    assertThat(valid.err()).isEmpty();
    assertThat(valid.out()).contains(": valid", "no samples.direct: predictions are compared");
  }

  @Test
  void aModelIsAskedWithoutItsSamples() {
    Outcome map =
        TinyRun.run(
            "map",
            folder.resolve("run/model.h5").toString(),
            "--quiet",
            "--out",
            folder.resolve("map").toString());
    assertThat(map.err()).isEmpty();
    assertThat(map.code()).isZero();
    assertThat(map.out()).containsPattern("Stationary values of (open|closed) "); // their sum is 1
  }

  @Test
  void aDiagnosisHasWhatTheRunHas() {
    Outcome outcome = TinyRun.run("diagnose", folder.resolve("run").toString(), "--quiet");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("made elsewhere");
  }
}
