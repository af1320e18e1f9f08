package org.latticelift.sim.parallel.communicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.testing.RunDirectories;

/** What every transport of processes promises of whole commands: their results and their ends. */
@Tag("ranks")
public abstract class JobContract {
  private static final String MAIN = "org.latticelift.app.Main";
  private static final String WHOLE =
      """
      system: alloy
      seed: 5
      conditions: {temperature_K: [1500, 2500]}
      lattice: {small: 5, large: 10, vacancy_concentration: 0.004}
      barrier: {model: pairwise}
      simulate: {runs: 3, records: 10, duration: {events: 400}}
      evolve: {samples: 60, shard_samples: 20, duration: {mean_events: 10}}
      train: {epochs: 2, models: 3, batch: 16}
      ensemble: {trajectories: 4, records: 11, horizon: {relaxations: 2}}
      direct: {runs: 2, records: 10, duration: {events: 100}}
      """;

  private static final String LATTICE =
      """
      system: alloy
      seed: 5
      conditions: {temperature_K: [2500]}
      lattice: {small: 5, large: 16, vacancy_concentration: 0.004}
      barrier: {model: pairwise}
      checkpoint: {every_cycles: 10}
      direct: {runs: 1, records: 4, duration: {events: 40}, parallel: {block_cells: 4}}
      """;

  private static final String TABLE =
      """
      seed: 5
      barrier: {model: pairwise}
      sample:
        environments: 400
        fresh_environments: 50
        species: [Nb, Mo, Ta]
        groups:
          - {name: simulated, kind: kmc, share: 1, members: 5, stages: [{temperature_K: 2000, jumps: 2000}]}
          - {name: random, kind: random, share: 1}
      """;

  @TempDir Path folder;

  /** For the tests of transports. */
  protected JobContract() {}

  /**
   * A process that starts ranks, which run the command line.
   *
   * @param ranks how many
   * @param main class to run
   * @param arguments its arguments
   * @return not started yet
   */
  protected abstract ProcessBuilder job(int ranks, Class<?> main, String... arguments);

  private RankJob.Outcome run(String... arguments) throws Exception {
    return run(2, arguments);
  }

  private RankJob.Outcome run(int ranks, String... arguments) throws Exception {
    return RankJob.run(job(ranks, Class.forName(MAIN), arguments));
  }

  private Path config(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /** One process without ranks. */
  private void alone(String... arguments) throws Exception {
    List<String> words = RankJob.java(folder, "/none", Class.forName(MAIN), arguments);
    RankJob.Outcome outcome = RankJob.run(new ProcessBuilder(words));
    assertThat(outcome.code()).as(outcome.text()).isZero();
  }

  /** A simulation in which one rank meets a fault of a kind. */
  private Path faulty(String kind, int events) throws IOException {
    String text =
        """
        system: alloy
        conditions: {temperature_K: [1500]}
        lattice: {small: 5, observables: [{class: fault, kind: %s, marker: '%s'}]}
        barrier: {model: pairwise}
        simulate: {runs: 4, records: 40, duration: {events: %d}}
        """;
    return config(kind + ".yaml", text.formatted(kind, folder.resolve(kind + ".marker"), events));
  }

  @Test
  void twoRanksLeaveTheFilesOfOne() throws Exception {
    Path config = config("whole.yaml", WHOLE);
    Path one = folder.resolve("one");
    alone("run", config.toString(), "--threads=2", "--quiet", "--out=" + one);
    Path two = folder.resolve("two");
    RankJob.Outcome outcome = run("run", config.toString(), "--threads=1", "--out=" + two);
    assertThat(outcome.code()).as(outcome.text()).isZero();
    assertThat(outcome.text()).containsOnlyOnce("simulate: done").containsOnlyOnce("Results: ");
    assertThat(RunDirectories.requireEqual(one, two)).isGreaterThan(60);
    assertThat(two.resolve("parts"))
        .satisfiesAnyOf(
            parts -> assertThat(parts).doesNotExist(),
            parts -> assertThat(parts).isEmptyDirectory());
  }

  /** More ranks than many machines of tests have cores. */
  @Test
  void ranksThatHoldOneLatticeLeaveTheFilesOfOne() throws Exception {
    Path config = config("lattice.yaml", LATTICE);
    Path one = folder.resolve("one");
    alone("kmc", config.toString(), "--quiet", "--out=" + one);
    for (int ranks : new int[] {2, 4}) {
      Path many = folder.resolve("ranks" + ranks);
      RankJob.Outcome outcome =
          run(ranks, "kmc", config.toString(), "--threads=1", "--out=" + many);
      assertThat(outcome.code()).as(outcome.text()).isZero();
      assertThat(RunDirectories.requireEqual(one, many)).isGreaterThan(4);
    }
  }

  @Test
  void twoRanksMakeTheBarrierTableOfOne() throws Exception {
    String config = config("table.yaml", TABLE).toString();
    Path one = folder.resolve("one");
    alone("barrier", "sample", config, "--threads=1", "--quiet", "--out=" + one);
    Path two = folder.resolve("two");
    RankJob.Outcome outcome = run("barrier", "sample", config, "--threads=1", "--out=" + two);
    assertThat(outcome.code()).as(outcome.text()).isZero();
    assertThat(RunDirectories.requireEqual(one, two)).isGreaterThan(5);
  }

  /** The exit code, and that the reason is told once. */
  @ParameterizedTest
  @CsvSource({
    "task, 76, it diverged",
    "bug, 1, a bug",
    "thread, 1, no number",
  })
  void aFailureOfOneRankEndsTheJob(String kind, int code, String reason) throws Exception {
    String config = faulty(kind, 400_000).toString();
    RankJob.Outcome outcome = run("simulate", config, "--out=" + folder.resolve("run"));
    assertThat(outcome.code()).as(outcome.text()).isEqualTo(code);
    assertThat(outcome.text().lines().filter(line -> line.startsWith("latticelift: ")))
        .singleElement()
        .asString()
        .contains(reason);
  }

  @Test
  void aKilledRankEndsTheJob() throws Exception {
    String config = faulty("kill", 400_000).toString();
    Process process =
        job(2, Class.forName(MAIN), "simulate", config, "--out=" + folder.resolve("run"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("text").toFile())
            .start();
    Path marker = folder.resolve("kill.marker");
    while (Files.notExists(marker) && process.isAlive()) {
      Thread.sleep(20);
    }
    long killed = System.nanoTime();
    int code = process.waitFor();
    assertThat(code).isNotZero();
    assertThat(marker).exists();
    assertThat((System.nanoTime() - killed) / 1e9).isLessThan(10);
  }

  @Test
  void nullPointersThatAreCaughtDoNoHarm() throws Exception {
    String config = faulty("pointer", 400).toString();
    RankJob.Outcome outcome = run("simulate", config, "--out=" + folder.resolve("run"));
    assertThat(outcome.code()).as(outcome.text()).isZero();
    assertThat(folder.resolve("pointer.marker")).exists();
  }

  @Test
  void aMistakeIsToldOnceAndAJobWithinAJobIsRefused() throws Exception {
    RankJob.Outcome missing = run("run", folder.resolve("none.yaml").toString());
    assertThat(missing.code()).isEqualTo(66);
    assertThat(missing.text()).containsOnlyOnce("latticelift: ");
    RankJob.Outcome nested = run("--np", "2", "doctor");
    assertThat(nested.code()).isEqualTo(64);
    assertThat(nested.text()).containsOnlyOnce("a rank already");
  }

  @Test
  void aSignalToTheStarterStopsAllRanksAndTheRunContinues() throws Exception {
    String config =
        config("whole.yaml", WHOLE.replace("events: 400}", "events: 4000000}")).toString();
    Path stopped = folder.resolve("stopped");
    Process process =
        job(2, Class.forName(MAIN), "simulate", config, "--threads=1", "--out=" + stopped)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("text").toFile())
            .start();
    Path list = stopped.resolve("checksums.sha256");
    while (Files.notExists(list) && process.isAlive()) {
      Thread.sleep(20);
    }
    Thread.sleep(2000); // the list is there before the runs have begun
    new ProcessBuilder("kill", "-USR1", "" + process.pid()).start().waitFor();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("text"))).isEqualTo(75);
    assertThat(Files.readString(list)).contains(".ckpt");
  }
}
