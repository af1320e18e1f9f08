package org.latticelift.sim.parallel.openmpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.testing.RunDirectories;
import org.latticelift.sim.parallel.communicator.Installation;
import org.latticelift.sim.parallel.communicator.RankJob;

/**
 * Jobs of a Slurm with a node on each of three hosts, one of which is killed: two stages, or with
 * {@code -Dtest.hosts=all} all that {@code slurm/submit} submits, which takes a minute more.
 */
@Tag("ranks")
class SlurmHostsTest {
  private static final boolean ALL = System.getProperty("test.hosts", "").equals("all");
  private static final int NODES = 3;
  private static final int PATIENCE_SECONDS = 300;
  private static final int LOOK_MILLIS = 200;

  /** What a user waits for the end of a job that has lost a host. */
  private static final double END_SECONDS = 30;

  private static final String SITE =
      """
      partition=
      ranks=3
      nodes=3
      ranks_direct=2
      nodes_direct=2
      threads=1
      time=00:10:00
      signal_s=60
      """;

  private Path folder;
  private Installation installation;
  private Hosts hosts;
  private SlurmCluster cluster;

  private void start() throws Exception {
    installation = Installation.make(folder.resolve("app"));
    hosts = Hosts.start(folder.resolve("hosts"), NODES);
    cluster = SlurmCluster.start(folder.resolve("slurm"), hosts);
  }

  @AfterEach
  void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
    if (hosts != null) {
      hosts.close();
    }
    if (installation != null) {
      installation.remove();
    }
  }

  @Test
  void aPipelineOfJobsOnHostsEndsWithALostHostAndGoesOnToTheFilesOfOneRank(@TempDir Path temporary)
      throws Exception {
    Optional<String> obstacle = Hosts.obstacle().or(SlurmCluster::obstacle);
    assumeTrue(obstacle.isEmpty(), () -> "no hosts or Slurm: " + obstacle.orElseThrow());
    folder = temporary;
    start();
    Path config = Files.writeString(folder.resolve("config.yaml"), HostsTest.CONFIG);
    Path out = folder.resolve("run");
    Path log = folder.resolve("run-log");

    String first = ALL ? submitAll(config, out).get(0) : submit("simulate", 3, config, out);
    assertThat(awaitCheckpoint(out)).as(log("simulate")).isEqualTo(new int[] {1, 1, 1});
    hosts.kill(NODES);
    long lost = System.nanoTime();
    String state = awaitEnd(first);
    double waited = (System.nanoTime() - lost) / 1e9;
    assertThat(state).as(log("simulate")).isIn("FAILED 69", "COMPLETING 69");
    assertThat(waited).isLessThan(END_SECONDS);
    while (Arrays.stream(hosts.ranks()).sum() > 0
        && (System.nanoTime() - lost) / 1e9 < END_SECONDS) {
      Thread.sleep(LOOK_MILLIS);
    }
    assertThat(hosts.ranks()).containsOnly(0);

    hosts.boot(NODES);
    cluster.startNode(NODES);
    if (ALL) {
      for (String job : submitAll(config, out)) {
        requireComplete(job);
      }
    } else {
      requireComplete(submit("simulate", 3, config, out));
      requireComplete(submit("direct", 2, config, out));
    }
    assertThat(log.resolve("simulate.log")).content().contains("3 ranks on host[1-3]");
    assertThat(log.resolve("direct.log")).content().contains("2 ranks on host[1-2]");
    Path alone = folder.resolve("alone");
    for (String command : ALL ? List.of("run") : List.of("simulate", "direct")) {
      String[] words = {command, config.toString(), "--quiet", "--resume", "--out=" + alone};
      RankJob.Outcome outcome = RankJob.run(installation.command(words));
      assertThat(outcome.code()).as(outcome.text()).isZero();
    }
    assertThat(RunDirectories.requireEqual(alone, out)).isGreaterThan(ALL ? 60 : 8);
  }

  private void requireComplete(String job) throws Exception {
    assertThat(awaitEnd(job)).as(log("simulate") + log("direct")).isEqualTo("COMPLETED 0");
  }

  private String log(String stage) throws Exception {
    Path file = folder.resolve("run-log").resolve(stage + ".log");
    return (Files.exists(file) ? Files.readString(file) : "no " + file + "\n") + cluster.log();
  }

  private RankJob.Outcome onFirst(ProcessBuilder builder) throws Exception {
    Path site = Files.writeString(folder.resolve("site.conf"), SITE);
    cluster.join(builder).environment().put("LATTICELIFT_SITE", site.toString());
    builder.environment().put("LATTICELIFT_HOME", installation.file("").toString());
    builder.environment().put("LATTICELIFT_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    RankJob.Outcome outcome = RankJob.run(hosts.on(1, builder));
    assertThat(outcome.code()).as(outcome.text()).isZero();
    return outcome;
  }

  /** The job of one stage. */
  private String submit(String stage, int nodes, Path config, Path out) throws Exception {
    String script = "slurm/stage.sbatch";
    String[] words = {stage, config.toString(), out.toString(), "--quiet"};
    ProcessBuilder builder = installation.script(script, words);
    builder.command().addAll(0, List.of("sbatch", "--parsable", "--open-mode=append"));
    builder.command().addAll(3, List.of("--nodes=" + nodes, "--ntasks=" + nodes));
    Path log = Files.createDirectories(out.resolveSibling(out.getFileName() + "-log"));
    builder
        .command()
        .addAll(5, List.of("--cpus-per-task=1", "--output=" + log + "/" + stage + ".log"));
    return onFirst(builder).text().strip();
  }

  /** The jobs of all stages. */
  private List<String> submitAll(Path config, Path out) throws Exception {
    String[] words = {config.toString(), "--out=" + out, "--quiet"};
    return onFirst(installation.script("slurm/submit", words))
        .text()
        .lines()
        .map(line -> line.replaceFirst("\\S+ +job (\\d+),.*", "$1"))
        .toList();
  }

  /** The ranks that were seen on each host until the first checkpoint. */
  private int[] awaitCheckpoint(Path out) throws Exception {
    Path checksums = out.resolve("checksums.sha256");
    int[] ranks = new int[NODES];
    long start = System.nanoTime();
    while (Files.notExists(checksums) || !Files.readString(checksums).contains(".ckpt")) {
      assertThat((System.nanoTime() - start) / 1e9)
          .as(log("simulate"))
          .isLessThan(PATIENCE_SECONDS);
      Thread.sleep(LOOK_MILLIS);
    }
    int[] now = hosts.ranks();
    Arrays.setAll(ranks, host -> Math.max(ranks[host], now[host]));
    return ranks;
  }

  /** State and exit code of a job when it has ended; with an error it waits for lost nodes. */
  private String awaitEnd(String job) throws Exception {
    long start = System.nanoTime();
    while (true) {
      String told = cluster.ask("scontrol", "show", "job", job);
      String state = told.replaceFirst("(?s).*JobState=(\\w+).*ExitCode=(\\d+):.*", "$1 $2");
      if (!state.matches("(PENDING|RUNNING|CONFIGURING) .*|COMPLETING 0")) {
        return state;
      }
      assertThat((System.nanoTime() - start) / 1e9).as(told).isLessThan(PATIENCE_SECONDS);
      Thread.sleep(LOOK_MILLIS);
    }
  }
}
