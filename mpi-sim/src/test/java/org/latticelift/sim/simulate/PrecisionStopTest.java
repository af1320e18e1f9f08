package org.latticelift.sim.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.testing.WatchedProgress;
import org.latticelift.sim.parallel.communicator.LocalRanks;

/** Key {@code stop}: runs end when their averages are precise, at the same record in every case. */
class PrecisionStopTest {
  private static final String CONFIG =
      "{runs: 2, records: 1000, duration: {time_s: 8000},"
          + " stop: {precision: 0.06, check_every: 250}}";

  /** Not 0, which would put a segment behind every record. */
  private static final double CHECKPOINT_SECONDS = 0.02;

  @TempDir Path folder;

  private Path run(String name, String config, int threads, OpenMode mode, int stopAfter) {
    Path out = folder.resolve(name);
    StopSignal stop = StopSignal.none();
    try (RunDirectory directory = RunDirectory.open(out, mode, "test")) {
      new DirectStage<>(
              new Relaxing(10, 400),
              Binder.bind(ConfigNode.parse(config, "test"), SimulateConfig.class),
              new CheckpointConfig(CHECKPOINT_SECONDS, 0, 0),
              LocalRanks.single())
          .run(
              new StageContext(
                  directory,
                  Provenance.here("{}", 7, threads),
                  7,
                  threads,
                  WatchedProgress.stopAfter(stopAfter, stop),
                  stop));
    }
    return out;
  }

  private static double[] observables(Path run, String group) {
    try (Hdf5Reader reader = Hdf5Reader.open(run.resolve(TrajectoryFile.NAME))) {
      return reader.doubles("/" + group + "/observables");
    }
  }

  @Test
  void aFastConditionEndsEarlyAndASlowOneAtItsDuration() throws IOException {
    Path whole = run("whole", CONFIG, 1, OpenMode.NEW, 0);
    int fast = observables(whole, "C10/run0").length / 2 - 1;
    // one record is 8 events; sqrt(2 tau / T) = 0.06 needs 5600 s of both runs for x, and x^2 with
    // twice the variance and half the time as much: about 350 records of each run
    assertThat(fast).isBetween(250, 750);
    assertThat(fast % 250).isZero();
    assertThat(observables(whole, "C10/run1")).hasSize(2 * (fast + 1));
    // forty correlation times are not enough for such a precision
    assertThat(observables(whole, "C400/run0")).hasSize(2 * 1001);
    List<String> csv = Files.readAllLines(whole.resolve(DirectStage.AVERAGES));
    assertThat(csv).hasSize(1 + 4);
    String[] x = csv.get(1).split(",");
    assertThat(Math.abs(Double.parseDouble(x[3]))).isLessThan(0.24); // four errors
    assertThat(Double.parseDouble(x[4])).isLessThanOrEqualTo(0.06);
    assertThat(x[10]).isEqualTo(Integer.toString(fast + 1));
    assertThat(x[13]).isEqualTo("yes");
  }

  @Test
  void threadsAndInterruptionsChangeNothing() {
    Path whole = run("whole", CONFIG, 1, OpenMode.NEW, 0);
    Path threads = run("threads", CONFIG, 4, OpenMode.NEW, 0);
    for (int stopAfter : new int[] {100, 700, 1400, 2000}) {
      assertFails(() -> run("stopped", CONFIG, 2, OpenMode.RESUME, stopAfter));
    }
    Path stopped = run("stopped", CONFIG, 2, OpenMode.RESUME, 0);
    for (String group : List.of("C10/run0", "C10/run1", "C400/run1")) {
      assertThat(observables(threads, group)).isEqualTo(observables(whole, group));
      assertThat(observables(stopped, group)).isEqualTo(observables(whole, group));
    }
    assertThat(stopped.resolve("log")).isEmptyDirectory();
    assertThat(stopped.resolve("checkpoint")).isEmptyDirectory();
    assertThat(stopped.resolve(DirectStage.AVERAGES))
        .hasSameTextualContentAs(whole.resolve(DirectStage.AVERAGES));
  }

  @Test
  void theRecordsOfAStoppedRunAreThoseOfAnUnstoppedOne() {
    Path stopped = run("stopped", CONFIG, 1, OpenMode.NEW, 0);
    Path all = run("all", CONFIG.replaceAll(", stop: .*", "}"), 1, OpenMode.NEW, 0);
    double[] some = observables(stopped, "C10/run1");
    assertThat(java.util.Arrays.copyOf(observables(all, "C10/run1"), some.length)).isEqualTo(some);
    assertThat(observables(all, "C10/run1")).hasSize(2 * 1001);
  }

  @Test
  void manyRecordsAreMadeWhereManyAreAskedFor() {
    String many = CONFIG.replace("check_every: 250", "check_every: 250, min_records: 1800");
    Path out = run("many", many, 1, OpenMode.NEW, 0);
    assertThat(observables(out, "C10/run0").length / 2).isGreaterThan(900);
  }

  @Test
  void mistakesAreFoundBeforeARun() {
    assertThatThrownBy(
            () ->
                Binder.bind(
                    ConfigNode.parse("{records: 100, stop: {precision: 1, check_every: 200}}", "t"),
                    SimulateConfig.class))
        .hasMessageContaining("check_every");
    assertThatThrownBy(
            () ->
                Binder.bind(
                    ConfigNode.parse("{records: 100, stop: {precision: 0}}", "t"),
                    SimulateConfig.class))
        .hasMessageContaining("precision");
  }
}
