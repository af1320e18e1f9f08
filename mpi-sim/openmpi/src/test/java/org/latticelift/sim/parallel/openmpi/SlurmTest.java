package org.latticelift.sim.parallel.openmpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.testing.RunDirectories;
import org.latticelift.sim.parallel.communicator.Installation;
import org.latticelift.sim.parallel.communicator.MarkedProcesses;
import org.latticelift.sim.parallel.communicator.RankJob;

/** Jobs of a real Slurm on this machine. */
@Tag("ranks")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlurmTest {
  private static final double PATIENCE_SECONDS = 1200;
  private static final int LOOK_MILLIS = 500;

  /** A job that is started again in the second in which it was put back is refused by slurmd. */
  private static final int REVOKED_MILLIS = 2500;

  private static final List<String> REDUCED =
      List.of(
          "conditions.temperature_K=[1400, 2000]",
          "evaluate.tolerance={default: 0.06}",
          "simulate.duration={events: 1000000}",
          "simulate.runs=4",
          "simulate.records=40",
          "evolve.samples=200",
          "evolve.shard_samples=20",
          "evolve.duration={mean_events: 20}",
          "train.epochs=2",
          "train.models=2",
          "ensemble.trajectories=100",
          "ensemble.records=31",
          "ensemble.horizon={relaxations: 3}",
          "direct.duration={events: 2000}",
          "direct.records=40",
          "direct.runs=2",
          "checkpoint.every_seconds=0.5");

  /** The simulation is signalled when Slurm first looks at limits, which it does twice a minute. */
  private static final String SITE =
      """
      partition=
      ranks=2
      threads=1
      nodes=1
      time=00:10:00
      time_simulate=00:02:00
      signal_s=60
      signal_s_simulate=110
      ranks_evaluate=1
      ranks_report=1
      """;

  private Optional<String> obstacle;
  private Path folder;
  private Installation installation;
  private SlurmCluster machine;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    obstacle = SlurmCluster.obstacle();
    if (obstacle.isEmpty()) {
      folder = temporary;
      installation = Installation.make(folder.resolve("app"));
      machine = SlurmCluster.start(folder.resolve("slurm"));
    }
  }

  /** Here, and not before all of them, so that each is reported as skipped. */
  @BeforeEach
  void requireSlurm() {
    assumeTrue(obstacle.isEmpty(), () -> "no Slurm to test with: " + obstacle.orElseThrow());
  }

  @AfterAll
  void stop() {
    if (machine != null) {
      machine.close();
    }
    if (installation != null) {
      installation.remove();
    }
  }

  private List<String> reduced(Path out) {
    List<String> words = new ArrayList<>();
    words.add(installation.file("configs/quickstart.yaml").toString());
    words.add("--out=" + out);
    words.add("--quiet");
    REDUCED.forEach(value -> words.add("--set=" + value));
    return words;
  }

  private static RankJob.Outcome succeed(ProcessBuilder builder) throws Exception {
    RankJob.Outcome outcome = RankJob.run(builder);
    assertThat(outcome.code()).as(outcome.text()).isZero();
    return outcome;
  }

  @Test
  void aPipelineOfJobsGoesOnAfterALimitAndEndsAsARunWithoutSlurm() throws Exception {
    Path out = folder.resolve("run");
    Path log = folder.resolve("run-log");
    Path site = Files.writeString(folder.resolve("site.conf"), SITE);
    ProcessBuilder submit =
        machine.join(installation.script("slurm/submit", reduced(out).toArray(new String[0])));
    submit.environment().put("LATTICELIFT_SITE", site.toString());
    MarkedProcesses processes = new MarkedProcesses(folder.getFileName().toString());
    processes.mark(submit);
    List<String> stages = succeed(submit).text().lines().map(line -> line.split(" ")[0]).toList();
    assertThat(stages).startsWith("simulate").hasSizeGreaterThan(5).endsWith("report");
    Path alone = folder.resolve("alone");
    try (PausedRanks ranks = new PausedRanks(processes, out, log.resolve("simulate.log"))) {
      runAlone(alone); // while the first job waits for its limit
      awaitEnd(ranks);
    }
    String told = Files.readString(log.resolve("simulate.log"));
    for (String stage : stages) {
      assertThat(log.resolve(stage + ".log")).as(told + machine.log()).exists();
    }
    assertThat(told)
        .contains("stage simulate", "start 1, 2 ranks")
        .contains("limit is near", "start 2, 2 ranks");
    assertThat(out.resolve("report/index.html")).as(told).isNotEmptyFile();
    assertThat(RunDirectories.requireEqual(alone, out)).isGreaterThan(60);
  }

  private void runAlone(Path alone) throws Exception {
    List<String> run = new ArrayList<>(List.of("run"));
    run.addAll(reduced(alone));
    succeed(installation.command(run.toArray(new String[0])));
  }

  /** Until no job is left; the first one is paused until its limit, unless it meets it before. */
  private void awaitEnd(PausedRanks ranks) throws Exception {
    long start = System.nanoTime();
    for (String jobs = jobs(); !jobs.isBlank(); jobs = jobs()) {
      assertThat((System.nanoTime() - start) / 1e9).as(jobs).isLessThan(PATIENCE_SECONDS);
      releaseAtOnce(jobs, ranks.over());
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private String jobs() throws Exception {
    return machine.ask("squeue", "-h", "-o", "%i %r");
  }

  /**
   * Jobs that were put back into the queue would wait for two minutes. After the limit that the
   * test is about they get all the time they need: on a busy machine a start may take as long as
   * the short limit leaves, and then no start would get anywhere.
   */
  private void releaseAtOnce(String jobs, boolean limitMet) throws Exception {
    for (String job : jobs.lines().toList()) {
      if (job.endsWith("BeginTime")) {
        Thread.sleep(REVOKED_MILLIS);
        String id = "JobId=" + job.split(" ")[0];
        if (limitMet) {
          machine.ask("scontrol", "update", id, "TimeLimit=01:00:00");
        }
        machine.ask("scontrol", "update", id, "StartTime=now");
      }
    }
  }

  @Test
  void srunStartsRanksThatSeeEachOtherAndOthersAreRefused() throws Exception {
    RankJob.Outcome ranks = succeed(srun("--mpi=pmix"));
    assertThat(ranks.text()).containsPattern("(ffm|openmpi), 2 ranks"); // as Java is old or new
    RankJob.Outcome singletons = RankJob.run(srun("--mpi=none"));
    assertThat(singletons.code()).isEqualTo(69);
    assertThat(singletons.text()).contains("srun --mpi=pmix");
  }

  private ProcessBuilder srun(String mpi) {
    ProcessBuilder builder = machine.join(installation.command("bench", "communicator"));
    builder.command().addAll(0, List.of("srun", "-n", "2", mpi));
    return builder;
  }
}
