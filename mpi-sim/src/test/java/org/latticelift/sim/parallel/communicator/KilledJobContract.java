package org.latticelift.sim.parallel.communicator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.testing.RunDirectories;

/**
 * A process of a job is killed at a random time. The job ends soon with an error, no process of it
 * stays, what was committed can be read, and {@code --resume} ends with the bits of a job that was
 * left alone. The number of kills is {@code -Dtest.kills=N}, 4 by default; their times follow from
 * {@code -Dtest.seed=N}.
 */
@Tag("ranks")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class KilledJobContract {
  private static final int KILLS = Integer.getInteger("test.kills", 4);
  private static final long SEED = Long.getLong("test.seed", 1);

  /** What a user waits for the end of a job that cannot go on. */
  private static final double PATIENCE_SECONDS = 10;

  private static final String CONFIG =
      """
      system: alloy
      seed: 5
      conditions: {temperature_K: [1500, 2500]}
      lattice: {small: 5, vacancy_concentration: 0.004}
      barrier: {model: pairwise}
      simulate: {runs: 6, records: 40, duration: {events: 100000}}
      checkpoint: {every_seconds: 0.2}
      """;

  private Path folder;
  private Installation installation;
  private Path config;
  private Path whole;
  private double seconds;

  /** For the tests of transports. */
  protected KilledJobContract() {}

  /** Which process is killed. */
  protected enum Victim {
    /** One of the ranks. */
    RANK,
    /** The process that the user has started: it starts the ranks, or is all of them. */
    LAUNCHER
  }

  /**
   * The transport.
   *
   * @return its name
   */
  protected abstract String transport();

  /**
   * What can be killed, in turn.
   *
   * @return at least one
   */
  protected abstract List<Victim> victims();

  /**
   * Prepares the environment of the launcher.
   *
   * @param variables to be changed
   */
  protected void prepare(Map<String, String> variables) {
    // Most need nothing.
  }

  /**
   * A kill.
   *
   * @param number from 0
   * @param victim which process
   * @param moment when, as a part of the time that the whole job takes
   * @param choice which of several ranks
   */
  record Kill(int number, Victim victim, double moment, int choice) {}

  Stream<Kill> kills() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Kill> kills = new ArrayList<>();
    for (int number = 0; number < KILLS; number++) {
      Victim victim = victims().get(number % victims().size());
      kills.add(new Kill(number, victim, random.nextDouble(), random.nextInt(1, 1000)));
    }
    return kills.stream();
  }

  @BeforeAll
  void runToTheEnd(@TempDir Path temporary) throws Exception {
    folder = temporary;
    installation = Installation.make(folder.resolve("app"));
    config = Files.writeString(folder.resolve("config.yaml"), CONFIG);
    whole = folder.resolve("whole");
    seconds = finish(whole);
  }

  /** Before the folder around it, whose removal would warn of every link. */
  @AfterAll
  void remove() {
    installation.remove();
  }

  @ParameterizedTest
  @MethodSource("kills")
  void endsAndContinues(Kill kill) throws Exception {
    Path out = folder.resolve("run" + kill.number());
    MarkedProcesses processes = new MarkedProcesses(folder.getFileName() + "-" + kill.number());
    ProcessBuilder builder = job(out);
    processes.mark(builder);
    Path text = folder.resolve("text" + kill.number());
    Process launcher = builder.redirectErrorStream(true).redirectOutput(text.toFile()).start();
    boolean ended = launcher.waitFor((long) (kill.moment() * seconds * 1e3), TimeUnit.MILLISECONDS);
    boolean killed = !ended && kill(kill, launcher, processes);
    long start = System.nanoTime();
    while (!processes.alive().isEmpty() && elapsed(start) < 2 * PATIENCE_SECONDS) {
      Thread.sleep(50);
    }
    double waited = elapsed(start);
    List<ProcessHandle> left = processes.alive();
    left.forEach(ProcessHandle::destroyForcibly);
    String told = Files.readString(text);
    assertThat(left).as(told).isEmpty();
    boolean late = told.contains("Results: "); // the job was over, and only its processes were not
    if (killed && !late) {
      assertThat(waited).as(told).isLessThan(PATIENCE_SECONDS);
      assertThat(launcher.waitFor()).as(told).isNotZero();
    }
    requireReadable(out);
    finish(out);
    assertThat(RunDirectories.requireEqual(whole, out)).isGreaterThan(5);
  }

  /** Whether there was something to kill. */
  private boolean kill(Kill kill, Process launcher, MarkedProcesses processes) throws Exception {
    if (kill.victim() == Victim.LAUNCHER) {
      return launcher.toHandle().destroyForcibly();
    }
    while (launcher.isAlive()) {
      List<ProcessHandle> ranks =
          processes.ofJava().stream().filter(rank -> rank.pid() != launcher.pid()).toList();
      if (!ranks.isEmpty()) {
        return ranks.get(kill.choice() % ranks.size()).destroyForcibly();
      }
      Thread.sleep(10);
    }
    return false;
  }

  private ProcessBuilder job(Path out) throws IOException {
    String[] words = {
      "--np=2",
      "--transport=" + transport(),
      "simulate",
      config.toString(),
      "--threads=1",
      "--resume",
      "--quiet",
      "--out=" + out
    };
    ProcessBuilder builder = installation.command(words);
    // Short jobs without vectors do not gain from more compilation.
    builder.environment().put("LATTICELIFT_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    // What Open MPI leaves behind when it is killed is removed with this folder.
    Path left = Files.createDirectories(folder.resolve("mpi"));
    builder.environment().put("TMPDIR", left.toString());
    builder.environment().put("OMPI_MCA_btl_sm_backing_directory", left.toString());
    prepare(builder.environment());
    return builder;
  }

  /** Runs or continues a job; the seconds it has taken. */
  private double finish(Path out) throws Exception {
    RankJob.Outcome outcome = RankJob.run(job(out));
    assertThat(outcome.code()).as(outcome.text()).isZero();
    return outcome.seconds();
  }

  private static double elapsed(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void requireReadable(Path out) throws Exception {
    if (Files.notExists(out.resolve("checksums.sha256"))) {
      return; // killed before it had begun
    }
    boolean recorded = // and not only announced
        Files.readAllLines(out.resolve("checksums.sha256")).stream()
            .anyMatch(line -> !line.startsWith("#"));
    if (recorded) {
      ProcessBuilder check = new ProcessBuilder("sha256sum", "--check", "checksums.sha256");
      RankJob.Outcome outcome = RankJob.run(check.directory(out.toFile()));
      assertThat(outcome.code()).as(outcome.text()).isZero();
    }
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".h5")).toList()) {
        try (Hdf5Reader reader = Hdf5Reader.open(file)) {
          assertThat(reader.children("/")).as(file.toString()).isNotEmpty();
        }
      }
    }
  }
}
