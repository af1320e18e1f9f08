package org.latticelift.sim.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.output.CsvReader;
import org.latticelift.io.output.Inspector;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.testing.WatchedProgress;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.statistics.BlockedMean;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemProvider;

/** Stages simulate and direct: records, resuming, files. */
class RunStagesTest {
  private static final String CONFIG =
      """
      system: alloy
      conditions: {temperature_K: [1500, 2500]}
      lattice: {small: 5, large: 6, vacancy_concentration: 0.004, observables: [pair]}
      barrier: {model: pairwise}
      simulate: {runs: 2, records: 8, duration: {events: 2000}}
      direct: {runs: 2, records: 8, duration: {events: 1000}}
      """;

  @TempDir Path folder;

  private static Stage stage(String section, ConfigNode root) {
    LatticeSystem<?> system = SystemProvider.find(root.get("system")).create(root);
    SimulateConfig config = Binder.bind(root.section(section), SimulateConfig.class);
    CheckpointConfig checkpoint = Binder.bind(root.section("checkpoint"), CheckpointConfig.class);
    return section.equals("direct")
        ? new DirectStage<>(system, config, checkpoint, LocalRanks.single())
        : new SimulateStage<>(system, config, checkpoint);
  }

  private Path run(String name, String section, OpenMode mode, int stopAfter, String... sets) {
    ConfigNode root = ConfigNode.parse(CONFIG, "test.yaml");
    for (String set : sets) {
      root = root.with(set.split("=")[0], set.split("=")[1]);
    }
    Path out = folder.resolve(name);
    StopSignal stop = StopSignal.none();
    try (RunDirectory directory = RunDirectory.open(out, mode, "test")) {
      stage(section, root)
          .run(
              new StageContext(
                  directory,
                  Provenance.here("{}", 7, 1),
                  7,
                  1,
                  WatchedProgress.stopAfter(stopAfter, stop),
                  stop));
    }
    return out;
  }

  private static double[] doubles(Path file, String dataset) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      return reader.doubles(dataset);
    }
  }

  private static byte[] bytes(Path file, String dataset) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      return reader.bytes(dataset);
    }
  }

  @Test
  void aStoppedSimulationContinuesBitForBit() {
    Path whole = run("whole", "simulate", OpenMode.NEW, 0);
    for (int stopAfter : new int[] {3, 11}) {
      String name = "stopped" + stopAfter;
      assertFails(ExitCode.STOPPED, () -> run(name, "simulate", OpenMode.NEW, stopAfter));
      assertThat(folder.resolve(name).resolve("snapshots.h5")).doesNotExist();
      run(name, "simulate", OpenMode.RESUME, 0);
      for (String dataset : new String[] {"time", "jumps", "observables", "species", "run"}) {
        Path resumed = folder.resolve(name).resolve("snapshots.h5");
        assertThat(doubles(resumed, "/T2500/" + dataset))
            .isEqualTo(doubles(whole.resolve("snapshots.h5"), "/T2500/" + dataset));
      }
      assertThat(folder.resolve(name).resolve("checkpoint")).isEmptyDirectory();
      assertThat(folder.resolve(name).resolve("log")).isEmptyDirectory();
    }
  }

  /** Further runs change nothing of the others, and begin with the last states of those (EX-50). */
  @Tag("pipeline")
  @Test
  void stepRunsBeginWhereRunsAtAnotherConditionEnded() {
    Path plain = run("plain", "simulate", OpenMode.NEW, 0).resolve("snapshots.h5");
    Path steps =
        run("steps", "simulate", OpenMode.NEW, 0, "simulate.step_runs=2").resolve("snapshots.h5");
    for (String dataset : new String[] {"time", "jumps", "observables", "species"}) {
      double[] before = doubles(plain, "/T2500/" + dataset);
      double[] all = doubles(steps, "/T2500/" + dataset);
      assertThat(all).hasSize(2 * before.length);
      assertThat(Arrays.copyOf(all, before.length)).isEqualTo(before);
    }
    byte[] cold = bytes(plain, "/T1500/species");
    byte[] hot = bytes(steps, "/T2500/species");
    int size = cold.length / 18;
    for (int run = 0; run < 2; run++) {
      int last = run * 9 + 8;
      int first = (2 + run) * 9;
      assertThat(Arrays.copyOfRange(hot, first * size, (first + 1) * size))
          .isEqualTo(Arrays.copyOfRange(cold, last * size, (last + 1) * size));
      // and then they go on at their own condition
      assertThat(Arrays.copyOfRange(hot, (first + 1) * size, (first + 2) * size))
          .isNotEqualTo(Arrays.copyOfRange(cold, last * size, (last + 1) * size));
    }
    assertThat(doubles(steps, "/T2500/run")[35]).isEqualTo(3);
  }

  @Tag("pipeline")
  @Test
  void stoppedStepRunsContinueBitForBit() {
    String set = "simulate.step_runs=2";
    Path whole = run("whole", "simulate", OpenMode.NEW, 0, set).resolve("snapshots.h5");
    for (int stopAfter : new int[] {20, 37, 60}) {
      String name = "stopped" + stopAfter;
      assertFails(() -> run(name, "simulate", OpenMode.NEW, stopAfter, set));
      Path resumed = run(name, "simulate", OpenMode.RESUME, 0, set).resolve("snapshots.h5");
      for (String dataset : new String[] {"time", "jumps", "observables", "species"}) {
        assertThat(doubles(resumed, "/T2500/" + dataset))
            .isEqualTo(doubles(whole, "/T2500/" + dataset));
      }
      assertThat(folder.resolve(name).resolve("log")).isEmptyDirectory();
    }
  }

  @Test
  void stepRunsNeedAnotherConditionAndBelongToSimulate() {
    ConfigNode root = ConfigNode.parse(CONFIG, "test.yaml");
    ConfigNode single =
        root.with("simulate.step_runs", "1").with("conditions.temperature_K", "[1500]");
    ConfigNode direct = root.with("direct.step_runs", "1");
    for (Stage bad : new Stage[] {stage("simulate", single), stage("direct", direct)}) {
      assertFails(ExitCode.BAD_DATA, bad::check, "step_runs");
    }
  }

  @Test
  void theLogOfARunningSimulationIsInSegmentsThatCanBeLookedAt() throws IOException {
    stop("log", 6);
    Path segment = folder.resolve("log/log/simulate-T1500-0-000000.h5");
    assertThat(Inspector.describe(segment)).contains("time", "jumps", "observables", "species");
    assertThat(Files.readString(folder.resolve("log/checksums.sha256")))
        .contains("log/simulate-T1500-0-000000.h5");
  }

  @Tag("pipeline")
  @Test
  void whatWasLoggedAfterTheCheckpointIsDropped() throws IOException {
    stop("crash", 6);
    Path root = folder.resolve("crash");
    String first = "log/simulate-T1500-0-000000.h5";
    String second = "log/simulate-T1500-0-000001.h5";
    // a segment that was committed, but not the checkpoint that counts it
    Files.copy(root.resolve(first), root.resolve(second));
    Path list = root.resolve("checksums.sha256");
    String line = Files.readAllLines(list).stream().filter(l -> l.endsWith(first)).findAny().get();
    Files.writeString(list, line.replace(first, second) + "\n", StandardOpenOption.APPEND);
    compareResumed("crash");
  }

  @Test
  void aRunWithALostSegmentStartsAgain() throws IOException {
    stop("lost", 11);
    Files.delete(folder.resolve("lost/log/simulate-T1500-0-000000.h5"));
    compareResumed("lost");
  }

  private void stop(String name, int after) {
    assertFails(() -> run(name, "simulate", OpenMode.NEW, after));
  }

  private void compareResumed(String name) {
    Path resumed = run(name, "simulate", OpenMode.RESUME, 0).resolve("snapshots.h5");
    Path whole = run(name + "-whole", "simulate", OpenMode.NEW, 0).resolve("snapshots.h5");
    for (String dataset : new String[] {"time", "observables", "species"}) {
      assertThat(doubles(resumed, "/T1500/" + dataset))
          .isEqualTo(doubles(whole, "/T1500/" + dataset));
    }
    assertThat(folder.resolve(name).resolve("log")).isEmptyDirectory();
  }

  @Tag("pipeline")
  @Test
  void thinnedStatesAreThoseOfTheirRecords() {
    Path all = run("all", "simulate", OpenMode.NEW, 0).resolve("snapshots.h5");
    Path thin =
        run("thin", "simulate", OpenMode.NEW, 0, "simulate.states_every=4").resolve("snapshots.h5");
    byte[] states = bytes(all, "/T2500/species");
    byte[] kept = bytes(thin, "/T2500/species");
    int size = states.length / 18;
    assertThat(kept).hasSize(6 * size);
    for (int i = 0; i < 6; i++) {
      int record = i / 3 * 9 + i % 3 * 4;
      assertThat(Arrays.copyOfRange(kept, i * size, (i + 1) * size))
          .isEqualTo(Arrays.copyOfRange(states, record * size, (record + 1) * size));
      assertThat(doubles(thin, "/T2500/time")[i]).isEqualTo(doubles(all, "/T2500/time")[record]);
    }
    assertThat(doubles(thin, "/T2500/run")).containsExactly(0, 0, 0, 1, 1, 1);
    assertThat(doubles(thin, "/T2500/run1/observables"))
        .isEqualTo(Arrays.copyOfRange(doubles(all, "/T2500/observables"), 54, 108));
  }

  @Tag("pipeline")
  @Test
  void recordsCanBeKeptWithoutStates() {
    Path all = run("all", "simulate", OpenMode.NEW, 0).resolve("snapshots.h5");
    Path file =
        run("none", "simulate", OpenMode.NEW, 0, "simulate.states_every=0").resolve("snapshots.h5");
    double[] time = doubles(all, "/T1500/time");
    double[] jumps = doubles(all, "/T1500/jumps");
    double mean = (time[8] + time[17]) / (jumps[8] + jumps[17]);
    Condition condition = Condition.of("temperature_K", 1500);
    try (Hdf5Reader reader = Hdf5Reader.open(file);
        SnapshotsFile records = SnapshotsFile.open(file);
        SnapshotsFile states = SnapshotsFile.open(all)) {
      assertThat(reader.children("/T1500")).containsExactly("run0", "run1");
      assertThat(MeanEventTime.of(records, condition)).isCloseTo(mean, withPercentage(1e-9));
      assertThat(MeanEventTime.of(states, condition)).isCloseTo(mean, withPercentage(1e-9));
      List<RunRecords> kept = records.records(condition, 6);
      List<RunRecords> ofStates = states.records(condition, 6);
      assertThat(ofStates).hasSize(2).usingRecursiveComparison().isEqualTo(kept);
      assertThat(ofStates.get(1).time()).containsExactly(Arrays.copyOfRange(time, 9, 18));
    }
  }

  /**
   * Jumps per second against the rates of the recorded states, nu sum exp(-E/kT) by hand (AL-40).
   * States at equal times have, on average, the rate at which jumps were made.
   */
  @Tag("law")
  @Test
  void jumpsAreAsFrequentAsTheRatesOfTheStates() {
    Path file =
        run(
                "pace",
                "simulate",
                OpenMode.NEW,
                0,
                "simulate.records=3000",
                "simulate.duration={events: 60000}")
            .resolve("snapshots.h5");
    for (int kelvin : new int[] {1500, 2500}) {
      String group = "/T" + kelvin + "/";
      byte[] species = bytes(file, group + "species");
      double[] time = doubles(file, group + "time");
      double[] jumps = doubles(file, group + "jumps");
      int size = species.length / time.length;
      double[] rates = new double[time.length];
      Arrays.setAll(
          rates,
          i -> VacancyRate.of(Arrays.copyOfRange(species, i * size, (i + 1) * size), 5, kelvin));
      int half = rates.length / 2;
      BlockedMean rate =
          BlockedMean.of(
              List.of(Arrays.copyOf(rates, half), Arrays.copyOfRange(rates, half, rates.length)));
      int end = time.length - 1;
      double pace = (jumps[end / 2] + jumps[end]) / (time[end / 2] + time[end]);
      assertThat(rate.error()).isLessThan(0.01 * rate.mean());
      assertThat(pace).isEqualTo(rate.mean(), within(3 * rate.error()));
    }
  }

  @Test
  void runsOfAConditionShareTheirRecordTimes() {
    Path out = run("times", "simulate", OpenMode.NEW, 0);
    double[] time = doubles(out.resolve("snapshots.h5"), "/T1500/time");
    assertThat(time).hasSize(18);
    assertThat(Arrays.copyOfRange(time, 0, 9)).isEqualTo(Arrays.copyOfRange(time, 9, 18));
    assertThat(time[8]).isCloseTo(8 * time[1], withPercentage(1e-9));
    double[] jumps = doubles(out.resolve("snapshots.h5"), "/T1500/jumps");
    // the pilot estimates the time of 2000 events; a vacancy's pace fluctuates
    assertThat(jumps[8]).isBetween(1000.0, 4000.0);
  }

  /** A number of events that is sampled by time is a mean number of events. */
  @Tag("pipeline")
  @Test
  void meanEventsAreEventsAtEqualTimes() {
    Path events = run("events", "direct", OpenMode.NEW, 0);
    Path mean = run("mean", "direct", OpenMode.NEW, 0, "direct.duration={mean_events: 1000}");
    for (String dataset : List.of("time", "jumps", "observables")) {
      assertThat(doubles(mean.resolve("trajectory.h5"), "/T2500/run1/" + dataset))
          .isEqualTo(doubles(events.resolve("trajectory.h5"), "/T2500/run1/" + dataset));
    }
  }

  @Tag("pipeline")
  @Test
  void theTableSaysHowManyEventsWereMadeAndAskedFor() throws IOException {
    Path out = run("asked", "direct", OpenMode.NEW, 0);
    List<Map<String, String>> rows = CsvReader.rows(out.resolve("direct.csv"));
    double jumps = 0;
    for (int run = 0; run < 2; run++) {
      // two vacancies share the jumps of two runs
      jumps += doubles(out.resolve("trajectory.h5"), "/T2500/run" + run + "/jumps")[8] / 4;
    }
    assertThat(rows.get(11)).containsEntry("asked_events", "1000.0");
    assertThat(Double.parseDouble(rows.get(11).get("events"))).isEqualTo(jumps);
    Path timed = run("timed", "direct", OpenMode.NEW, 0, "direct.duration={time_s: 1.0e-7}");
    assertThat(CsvReader.rows(timed.resolve("direct.csv")).get(0))
        .containsEntry("asked_events", "");
  }

  /** The large system is given the time in which the small one makes so many events. */
  @Tag("pipeline")
  @Test
  void directRunsTakeTheirTimeFromSmallOnes() {
    ConfigNode root = ConfigNode.parse(CONFIG, "test.yaml");
    Path out = folder.resolve("both");
    try (RunDirectory directory = RunDirectory.open(out, OpenMode.NEW, "test")) {
      StageContext context =
          new StageContext(
              directory,
              Provenance.here("{}", 7, 1),
              7,
              1,
              ProgressFactory.quiet(),
              StopSignal.none());
      stage("simulate", root).run(context);
      stage("direct", root).run(context);
    }
    double[] time = doubles(out.resolve("snapshots.h5"), "/T1500/time");
    double[] jumps = doubles(out.resolve("snapshots.h5"), "/T1500/jumps");
    int next = 1;
    while ((jumps[next] + jumps[9 + next]) / 2 < 1000) {
      next++;
    }
    double before = (jumps[next - 1] + jumps[8 + next]) / 2;
    double after = (jumps[next] + jumps[9 + next]) / 2;
    double expected =
        time[next - 1] + (1000 - before) / (after - before) * (time[next] - time[next - 1]);
    assertThat(doubles(out.resolve("trajectory.h5"), "/T1500/run0/time")[8])
        .isCloseTo(expected, withPercentage(1e-6));
  }

  @Test
  void directRunsGiveTrajectoriesAndLastStates() {
    Path out = run("direct", "direct", OpenMode.NEW, 0);
    try (Hdf5Reader reader = Hdf5Reader.open(out.resolve("trajectory.h5"))) {
      reader.requireDims("/T2500/run1/observables", 9, 6);
      assertThat(reader.longs("/T2500/run1/jumps")[8]).isPositive();
      assertThat(reader.doubles("/T2500/run1/time")).isSorted();
      assertThat(reader.textListAttribute("/", "observable_names")).contains("NbMo");
    }
    try (Hdf5Reader reader = Hdf5Reader.open(out.resolve("final.h5"))) {
      reader.requireDims("/T1500/run0/species", 6, 6, 6, 2);
      long[] position = reader.longs("/T1500/run0/vacancies/position");
      assertThat(position).hasSize(3 * 2);
      byte[] species = reader.bytes("/T1500/run0/species");
      for (int v = 0; v < 2; v++) {
        int x = (int) position[3 * v];
        int y = (int) position[3 * v + 1];
        int z = (int) position[3 * v + 2];
        assertThat(species[((x / 2 * 6 + y / 2) * 6 + z / 2) * 2 + x % 2]).isZero();
      }
    }
  }
}
