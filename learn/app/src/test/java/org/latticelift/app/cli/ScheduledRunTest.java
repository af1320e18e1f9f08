package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.output.CsvReader;

/** {@code run} with a section {@code schedule}. */
class ScheduledRunTest {
  private static final String DIRECT = "direct: {runs: 2, records: 10, duration: {events: 50}}";

  @TempDir private Path folder;

  private static String scheduled(String schedule) {
    return TinyRun.CONFIG
            .replace(DIRECT, "direct: {runs: 2, records: 10}")
            .replace(", horizon: {relaxations: 2}", "")
        + "schedule: "
        + schedule
        + "\n";
  }

  private double[] doubles(String file, String dataset) {
    try (Hdf5Reader reader = Hdf5Reader.open(folder.resolve(file))) {
      return reader.doubles(dataset);
    }
  }

  /** All three, bit for bit (EX-50, EX-51). */
  @Tag("pipeline")
  @Test
  void anIsothermalScheduleIsARunWithoutOne() {
    Outcome scheduled =
        TinyRun.runAll(folder.resolve("s"), scheduled("{anneal: {at: 1400, time_s: 2.0e-6}}"))
            .succeeded();
    String plain =
        TinyRun.CONFIG
            .replace("duration: {events: 50}", "duration: {time_s: 2.0e-6}")
            .replace(
                "horizon: {relaxations: 2}",
                "horizon: {time_s: 2.0e-6}, conditions: {temperature_K: [1400]}");
    Outcome fixed = TinyRun.runAll(folder.resolve("p"), plain).succeeded();
    for (String dataset : List.of("time", "mean", "std", "quantile", "model_mean", "late_mean")) {
      assertThat(doubles("s/ensemble.h5", "/T1400/" + dataset))
          .as(dataset)
          .isEqualTo(doubles("p/ensemble.h5", "/T1400/" + dataset));
    }
    for (String dataset : List.of("run0/time", "run0/jumps", "run1/observables")) {
      assertThat(doubles("s/trajectory.h5", "/T1400/" + dataset))
          .as(dataset)
          .isEqualTo(doubles("p/trajectory.h5", "/T1400/" + dataset));
    }
    for (String dataset : List.of("/T1400/species", "/T2000/observables")) {
      assertThat(doubles("s/snapshots.h5", dataset)).isEqualTo(doubles("p/snapshots.h5", dataset));
    }
  }

  /** Prediction and direct runs of one course beside each other, in both times. */
  @Test
  void aQuenchIsPredictedAndCompared() throws IOException {
    String yaml =
        scheduled("{quench: {from: 2000, to: 1400, time_s: 2.0e-6}}")
            + "vacancies: {formation_eV: 3, entropy_kB: 2}\n";
    Outcome made = TinyRun.runAll(folder.resolve("q"), yaml).succeeded();
    assertThat(made.out())
        .contains(
            "At the end of the schedule, time 2.000e-06 s of the simulation", "of the crystal")
        .contains("r.m.s. of the path", "MoMo");
    List<Map<String, String>> rows = CsvReader.rows(folder.resolve("q/path.csv"));
    assertThat(rows).hasSize(11);
    assertThat(rows.get(0)).containsEntry("temperature_K", "2000.0");
    assertThat(rows.get(10)).containsEntry("temperature_K", "1400.0");
    double[] mean = doubles("q/ensemble.h5", "/T2000/mean");
    double[] one = doubles("q/trajectory.h5", "/T2000/run0/observables");
    double[] two = doubles("q/trajectory.h5", "/T2000/run1/observables");
    int last = 10 * 6 + 3; // MoMo
    assertThat(Double.parseDouble(rows.get(10).get("MoMo"))).isEqualTo(mean[last]);
    assertThat(Double.parseDouble(rows.get(10).get("MoMo_direct")))
        .isEqualTo((one[last] + two[last]) / 2);
    assertThat(Double.parseDouble(rows.get(10).get("MoMo_direct_error")))
        .isCloseTo(
            Math.abs(one[last] - two[last]) / 2, org.assertj.core.api.Assertions.within(1e-12));
    assertThat(Double.parseDouble(rows.get(10).get("real_time[s]"))).isGreaterThan(1);
    assertThat(folder.resolve("q/path.svg")).exists();
    assertThat(folder.resolve("q/report")).doesNotExist();
  }

  @Tag("pipeline")
  @Test
  void withoutDirectRunsThereIsThePath() throws IOException {
    String yaml =
        TinyRun.SPINS
                .replace("direct: {runs: 2, records: 10, duration: {time: 20}}", "")
                .replace(", horizon: {time: 20}", "")
            + "schedule: {cycle: {low: 2.5, high: 3, time: 10, count: 2}}\n";
    Outcome made = TinyRun.runAll(folder.resolve("i"), yaml).succeeded();
    assertThat(made.out()).contains("time 20.00, temperature 2.50000").doesNotContain("direct");
    assertThat(CsvReader.rows(folder.resolve("i/path.csv")).get(3).get("temperature"))
        .isEqualTo("2.9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "schedule={anneal: {at: 1000, time_s: 1.0e-6}}; trained range",
        "schedule={anneal: {at: 1400, time_s: -1.0e-6}}; positive times",
        "schedule={anneal: {at: .nan, time_s: 1.0e-6}}; finite",
        "schedule={points: [[0, 1400], [2, 1500], [1, 1400]]}; back in time",
        "schedule={points: [[1, 1400], [2, 1500]]}; gap",
        "schedule={points: [[-1, 1400], [2, 1500]]}; times from 0",
        "ensemble.horizon={relaxations: 2}; beside a schedule",
        "ensemble.conditions={temperature_K: [1400]}; beside a schedule",
        "direct.duration={events: 5}; beside a schedule",
        "vacancies={formation_eV: 0.1}; vacancies",
        "vacancies={formation_eV: 3, mode: quenched}; freeze_K"
      })
  void whatDoesNotGoTogetherIsOneLine(String set, String part) {
    Outcome made =
        TinyRun.runAll(
            folder.resolve("bad"), scheduled("{anneal: {at: 1400, time_s: 2.0e-6}}"), "--set", set);
    assertThat(made.code()).as(made.err()).isEqualTo(65);
    assertThat(made.err().strip()).contains(part).doesNotContain("\n");
    assertThat(Files.exists(folder.resolve("bad"))).isFalse();
  }

  @Test
  void realClocksNeedAScheduleAndVacanciesAnAlloy() {
    Outcome alone =
        TinyRun.runAll(
            folder.resolve("a"), TinyRun.CONFIG + "vacancies: {formation_eV: 3, clock: real}\n");
    assertThat(alone.code()).isEqualTo(65);
    assertThat(alone.err().strip()).contains("without a schedule").doesNotContain("\n");
    Outcome spins =
        TinyRun.runAll(
            folder.resolve("b"),
            TinyRun.SPINS.replace(", horizon: {time: 20}", "")
                + "schedule: {anneal: {at: 2.5, time: 1}}\nvacancies: {formation_eV: 3}\n");
    assertThat(spins.code()).isEqualTo(65);
    assertThat(spins.err().strip()).contains("ising").doesNotContain("\n");
  }

  @Test
  void thereIsNoReportOfASchedule() {
    Path config =
        TinyRun.write(folder.resolve("c.yaml"), scheduled("{anneal: {at: 1400, time_s: 2.0e-6}}"));
    Outcome made =
        TinyRun.run("report", config.toString(), "--out", folder.resolve("r").toString());
    assertThat(made.code()).isEqualTo(65);
    assertThat(made.err().strip()).contains("schedule").doesNotContain("\n");
  }
}
