package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.app.cli.SharedRun.Of.ALLOY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.output.CsvReader;

/** {@code latticelift predict} with a model that a tiny run has trained. */
class PredictCommandTest {
  private static final String ANNEAL = "{anneal: {at: 1400, time_s: 1.0e-6}}";
  @TempDir private static Path shared;
  @TempDir private Path folder;

  @BeforeAll
  static void train(@SharedRun(ALLOY) SharedRun.Made earlier) {
    String[] files = {"" + earlier.config(), "--out", "" + shared.resolve("run"), "--quiet"};
    String[] sets = {"--set", "ensemble.horizon={time_s: 1.0e-6}", "--set", "direct=null"};
    String[] from = {"run", "--from", "" + earlier.folder()};
    TinyRun.run(Stream.of(from, files, sets).flatMap(Stream::of).toArray(String[]::new))
        .succeeded();
  }

  private Outcome predict(String... more) {
    List<String> args =
        Stream.concat(
                Stream.of(
                    "predict",
                    shared.resolve("run").toString(),
                    "--out",
                    folder.resolve("p").toString()),
                Stream.of(more))
            .toList();
    return TinyRun.run(args.toArray(String[]::new));
  }

  /** With a schedule and keys that are set. */
  private Outcome ask(String schedule, String... set) {
    Stream<String> keys = Arrays.stream(set).flatMap(key -> Stream.of("--set", key));
    return predict(Stream.concat(Stream.of("--schedule", schedule), keys).toArray(String[]::new));
  }

  private static double[] doubles(Path file, String dataset) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      return reader.doubles(dataset);
    }
  }

  /** An isothermal schedule is what the stage ensemble has predicted, bit for bit. */
  @Test
  void anAnnealIsThePredictionOfTheRun() {
    ask(ANNEAL, "trajectories=4", "scheme=euler", "step=0.005", "records=11").succeeded();
    Path prediction = folder.resolve("p/prediction.h5");
    Path ensemble = shared.resolve("run/ensemble.h5");
    for (String dataset : List.of("time", "mean", "std")) {
      assertThat(doubles(prediction, "/p0/" + dataset))
          .isEqualTo(doubles(ensemble, "/T1400/" + dataset));
    }
    assertThat(doubles(prediction, "/p0/mean_of_models"))
        .isEqualTo(doubles(ensemble, "/T1400/model_mean"));
  }

  /** Trajectories from there are not numbers, which no table can show. */
  @ParameterizedTest
  @ValueSource(strings = {"1e9", "-1e300"})
  void aStartOutOfAllBoundsIsRefused(String value) {
    String values = String.join(", ", Collections.nCopies(6, value));
    Outcome made = ask(ANNEAL, "initial={observables: [" + values + "]}");
    assertThat(made.code()).isEqualTo(65);
    assertThat(made.err()).contains("out of all bounds", "(initial)").doesNotContain("ensemble.");
    assertThat(folder.resolve("p/prediction.csv")).doesNotExist();
  }

  @Test
  void severalSchedulesHaveATableAFileAndFigures() throws IOException {
    Path csv =
        TinyRun.write(folder.resolve("slow.csv"), "time_s,temperature_K\n0,2000\n1e-5,1800\n");
    Path yaml =
        TinyRun.write(
            folder.resolve("more.yaml"),
            "fast: {quench: {from: 2000, to: 1700, rate: 1.0e9}}\nagain: slow.csv\n");
    Outcome made =
        predict(
                "--schedule",
                csv.toString(),
                "--schedule",
                yaml.toString(),
                "--schedule",
                "{cycle: {low: 1400, high: 1600, time_s: 1.0e-6}}",
                "--set",
                "trajectories=4")
            .succeeded();
    assertThat(made.out())
        .contains("slow ", "fast ", "again ", "s3 ", "At the end of each schedule");
    List<Map<String, String>> rows = CsvReader.rows(folder.resolve("p/prediction.csv"));
    // every 2 K of 200, 300, 200 and twice 200 K
    assertThat(rows).hasSize(101 + 151 + 101 + 201);
    assertThat(rows.get(0))
        .containsEntry("schedule", "slow")
        .containsEntry("time[s]", "0.0")
        .containsEntry("temperature_K", "2000.0")
        .containsEntry("outside", "no")
        .containsKey("MoMo_half_width");
    assertThat(rows.get(100).get("temperature_K")).isEqualTo("1800.0");
    assertThat(folder.resolve("p")).isDirectoryContaining("glob:**/schedules.svg");
    assertThat(folder.resolve("p")).isDirectoryContaining("glob:**/prediction-p3.svg");
    assertThat(folder.resolve("p")).isDirectoryContaining("glob:**/prediction-p3-condition.svg");
    assertThat(rows.get(100).get("model_time")).isNotEmpty();
    // the same schedule under two names
    assertThat(doubles(folder.resolve("p/prediction.h5"), "/p0/mean"))
        .isEqualTo(doubles(folder.resolve("p/prediction.h5"), "/p2/mean"));
  }

  @Test
  void outsideTheTrainedRangeIsMarked() throws IOException {
    String spec = "{ramp: {from: 1450, to: 1350, time_s: 1.0e-7}}";
    assertThat(ask(spec).code()).isEqualTo(65);
    Outcome made =
        predict("--schedule", spec, "--allow-extrapolation", "--set", "trajectories=2").succeeded();
    assertThat(made.out()).contains("1350 !", "was not trained");
    List<Map<String, String>> rows = CsvReader.rows(folder.resolve("p/prediction.csv"));
    assertThat(rows.get(20))
        .containsEntry("temperature_K", "1410.0")
        .containsEntry("outside", "no");
    assertThat(rows.get(30)).containsEntry("outside", "yes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{ramp: {from: 2000, to: 1000, time_s: 1}}; 65; not trained at 1000.0 K",
        "{anneal: {at: 1400, time_s: -1}}; 65; takes -1",
        "{anneal: {at: .nan, time_s: 1}}; 65; a finite number",
        "{points: [[1, 1400], [2, 1400]]}; 65; gap",
        "{annael: {at: 1400, time_s: 1}}; 65; Did you mean 'anneal'",
        "[]; 65; empty schedule",
        "nowhere.csv; 66; no such schedule",
        "{anneal: {at: 1400; 65; --schedule"
      })
  void badSchedulesAreOneLine(String spec, int code, String part) {
    Outcome made = ask(spec);
    assertThat(made.code()).as(made.err()).isEqualTo(code);
    assertThat(made.err().strip()).contains(part).doesNotContain("\n");
    assertThat(Files.exists(folder.resolve("p"))).isFalse();
  }

  /** Files with gaps, times and temperatures that are none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "time_s,temperature_K|0,1500|1e-6,; gap",
        "time_s,temperature_K|0,1500|1e-6; gap",
        "time_s,temperature_K|1e-7,1500|1e-6,1400; gap",
        "time_s,temperature_K|0,1500|-1e-6,1400; times from 0",
        "time_s,temperature_K|0,1500|1e-6,NaN; finite",
        "time_s,temperature_K|0,NaN|1e-6,1500; finite",
        "time_s,temperature_K|0,1500|NaN,1400; times from 0",
        "time_s,temperature_K|0,1500|Infinity,1400; times from 0",
        "time_s,temperature_K|0,1500|1e-6,-1400; above 0",
        "time_s,temperature_K|0,1500|1e-6,1500|5e-7,1400; back in time",
        "time_s,temperature_K|0,1500|soon,1400; no number",
        "time_s,temperature_K|0,1500|1e-6,9000; not trained",
        "time,temperature_K|0,1500|1e-6,1400; time_s",
        "time_s,temperature_K; takes no time"
      })
  void badFilesAreOneLine(String rows, String part) {
    Path csv = TinyRun.write(folder.resolve("bad.csv"), rows.replace('|', '\n') + "\n");
    Outcome made = ask(csv.toString());
    assertThat(made.code()).as(made.err()).isEqualTo(65);
    assertThat(made.err().strip()).contains(part).doesNotContain("\n");
    assertThat(Files.exists(folder.resolve("p"))).isFalse();
  }

  /** Each names the file, and where it has lines, the line. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "history,time_s,temperature_K; bad.csv; no histories",
        "time_s,temperature_K|0,1500|1e-6,1400; bad.csv:2; without 'history'",
        "history,time,temperature_K|a,0,1500; bad.csv:2; without 'time_s', but with [history, time,",
        "history,time_s,temperature_K|a,0,1500|a,1e-6,NaN; bad.csv:3; condition NaN",
        "history,time_s,temperature_K|a,0,1500|a,NaN,1500; bad.csv:3; time NaN",
        "history,time_s,temperature_K|a,0,1500|a,1e-6,; bad.csv:3; without 'temperature_K'",
        "history,time_s,temperature_K|a,0,1500|a,soon,1500; bad.csv:3; no number",
        "history,time_s,temperature_K|a,0,1500|a,1e-6,1500|a,5e-7,1400; bad.csv:4; back in time",
        "history,time_s,temperature_K|a,0,1500|b,0,1500|b,1e-6,1400; bad.csv:2; takes no time: 1 p",
        "history,time_s,temperature_K|a,0,1500|a,1e-6,1500|b,0,1500; bad.csv:4; takes no time",
        "history,time_s,temperature_K|a,0,1500|a,1e-6,300; bad.csv:3; not trained at 300.0 K",
        "history,time_s,temperature_K|a,0,1500|a,1e-6,1500|b,0,1500|b,1e-6,1500|a,2e-6,1500; bad.csv:6; a"
            + " second time",
        "history,time_s,temperature_K|a,0,1500|a,3600,1500; bad.csv, history a; did you mean clock"
      })
  void badHistoriesAreOneLine(String rows, String where, String part) {
    Path csv = TinyRun.write(folder.resolve("bad.csv"), rows.replace('|', '\n') + "\n");
    Outcome made = predict("--histories", csv.toString());
    assertThat(made.code()).as(made.err()).isEqualTo(65);
    assertThat(made.err().strip()).contains(where, part).doesNotContain("\n", "ensemble.");
    assertThat(Files.exists(folder.resolve("p"))).isFalse();
  }

  @Test
  void thereAreSchedulesOrHistories() {
    assertThat(predict().err()).contains("no schedule (--schedule)").hasLineCount(1);
    Outcome both = predict("--schedule", "{anneal: {at: 1400, time_s: 1}}", "--histories", "a.csv");
    assertThat(both.code()).isEqualTo(65);
    assertThat(both.err()).contains("schedules beside a file of histories").hasLineCount(1);
    Outcome none = predict("--histories", folder.resolve("nowhere.csv").toString());
    assertThat(none.code()).isEqualTo(66);
    assertThat(none.err()).contains("nowhere.csv").hasLineCount(1);
    Outcome fine = ask("{anneal: {at: 1400, time_s: 1e-6}}", "change=1e-9");
    assertThat(fine.code()).isEqualTo(65);
    assertThat(fine.err()).contains("changes by 1.0E-9 (change): at least").hasLineCount(1);
  }

  /** Both times, and schedules in either. */
  @Test
  void realTimesStandBesideSimulatedOnes() throws IOException {
    String crystal = "vacancies={formation_eV: 3.0, entropy_kB: 1.5}";
    Outcome made = ask(ANNEAL, crystal, "trajectories=4").succeeded();
    assertThat(made.out()).contains("real time");
    Map<String, String> last = CsvReader.rows(folder.resolve("p/prediction.csv")).get(60);
    double expected = 1e-6 * 0.004 / Math.exp(1.5 - 3.0 / (8.617333e-5 * 1400));
    assertThat(Double.parseDouble(last.get("real_time[s]")))
        .isCloseTo(expected, org.assertj.core.data.Percentage.withPercentage(1e-6));
    assertThat(Files.readString(folder.resolve("p/prediction-p0-real.svg")))
        .contains(">Prediction: s1<", ">real time (h)<")
        .as("decades, without the start")
        .contains(">5e\u22124<", ">0.001<", ">0.01<");
    double[] simulated = doubles(folder.resolve("p/prediction.h5"), "/p0/mean");
    Outcome real =
        predict(
                "--schedule",
                "{anneal: {at: 1400, time_s: " + expected + "}}",
                "--set",
                crystal.replace("}", ", clock: real}"),
                "--set",
                "trajectories=4",
                "--overwrite")
            .succeeded();
    double[] again = doubles(folder.resolve("p/prediction.h5"), "/p0/mean");
    for (int i = 0; i < again.length; i++) {
      assertThat(again[i]).isCloseTo(simulated[i], org.assertj.core.api.Assertions.within(1e-4));
    }
  }

  /** What a model was never trained near is marked: order of a random alloy far beyond reach. */
  @Test
  void statesFarFromThoseOfTheTrainingAreMarked() throws IOException {
    Outcome made =
        ask(
                "{anneal: {at: 1400, time_s: 1.0e-8}}",
                "initial={observables: [3, -2, -1, 3, -2, 3]}",
                "trajectories=2")
            .succeeded();
    assertThat(made.out()).contains("1400 *", "step_runs");
    Map<String, String> first = CsvReader.rows(folder.resolve("p/prediction.csv")).get(0);
    assertThat(Double.parseDouble(first.get("novelty"))).isGreaterThan(5);
  }

  /** Times of a furnace, taken for those of the simulation. */
  @Test
  void anHourOfTheSimulationIsRefused() {
    Outcome made = ask("[{quench: {from: 2000, to: 1400, rate: 1}}]", "step=0.2");
    assertThat(made.code()).isEqualTo(65);
    assertThat(made.err())
        .contains("a schedule of 600 s, which are", "1e6 units", "did you mean clock: real?")
        .hasLineCount(1);
    Outcome steps = ask(ANNEAL, "step=1e-14");
    assertThat(steps.code()).isEqualTo(65);
    assertThat(steps.err()).contains("steps", "1e12").doesNotContain("ensemble.").hasLineCount(1);
  }

  @Test
  void aContinuationNamesTheKeysThatDiffer() {
    assertThat(ask(ANNEAL, "trajectories=2").code()).isZero();
    Outcome other =
        predict("--schedule", ANNEAL, "--set", "trajectories=4", "--set", "records=7", "--resume");
    assertThat(other.code()).isEqualTo(65);
    assertThat(other.err())
        .contains("trajectories was 2, is 4", "records was auto, is 7")
        .hasLineCount(1);
  }

  @Test
  void aMissingModelIsNamed() {
    Outcome made =
        TinyRun.run(
            "predict",
            folder.resolve("none").toString(),
            "--schedule",
            "{anneal: {at: 1400, time_s: 1}}");
    assertThat(made.code()).isEqualTo(66);
    assertThat(made.err()).contains("none");
  }
}
