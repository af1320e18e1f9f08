package org.latticelift.sim.parallel.openmpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.io.testing.RunDirectories;
import org.latticelift.sim.parallel.communicator.Installation;
import org.latticelift.sim.parallel.communicator.RankJob;

/**
 * Ranks on several hosts, started as a user starts them, with messages over TCP. The number of
 * hosts that are lost is {@code -Dtest.hostFaults=N}, 2 by default; what is done to which of them,
 * and when, follows from {@code -Dtest.seed=N}. How long a host may say nothing is {@code
 * -Dtest.hostTimeout=SECONDS}, less than the launcher's default to save time.
 */
@Tag("ranks")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostsTest {
  private static final int FAULTS = Integer.getInteger("test.hostFaults", 2);
  private static final long SEED = Long.getLong("test.seed", 1);
  private static final int TIMEOUT_SECONDS = Integer.getInteger("test.hostTimeout", 6);

  /** Beyond the time without a sign: until all processes have ended, on a busy machine. */
  private static final int GRACE_SECONDS = 10;

  /** The same, if ranks have not yet met: Open MPI tries for some time to reach a host. */
  private static final int START_SECONDS = 60;

  private static final int PATIENCE_SECONDS = 120;
  private static final int LOOK_MILLIS = 100;
  private static final int MOST_HOSTS = 4;

  /** With {@code -Dtest.hosts=all} the whole method, too, which takes a minute. */
  private static final boolean ALL = System.getProperty("test.hosts", "").equals("all");

  /** All stages, and a lattice that two to four ranks have parts of. */
  static final String CONFIG =
      """
      system: alloy
      seed: 5
      conditions: {temperature_K: [1500, 2500]}
      lattice: {small: 5, large: 10, vacancy_concentration: 0.004}
      barrier: {model: pairwise}
      checkpoint: {every_seconds: 0.1}
      simulate: {runs: 6, records: 40, duration: {events: 200000}}
      evolve: {samples: 60, shard_samples: 20, duration: {mean_events: 10}}
      train: {epochs: 2, models: 2, batch: 16}
      ensemble: {trajectories: 4, records: 11, horizon: {relaxations: 2}}
      direct: {runs: 1, records: 4, duration: {events: 400}, parallel: {block_cells: 5}}
      """;

  private Optional<String> obstacle;
  private Path folder;
  private Installation installation;
  private Hosts hosts;
  private Path config;
  private final Map<String, RankJob.Outcome> alone = new HashMap<>();

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    obstacle = Hosts.obstacle();
    if (obstacle.isPresent()) {
      return;
    }
    folder = temporary;
    installation = Installation.make(folder.resolve("app"));
    hosts = Hosts.start(folder.resolve("hosts"), MOST_HOSTS);
    String text = FAULTS > 2 ? CONFIG.replace("{events: 400}", "{events: 40000}") : CONFIG;
    config = Files.writeString(folder.resolve("config.yaml"), text);
  }

  /** The run directory of a command without hosts and ranks. */
  private Path alone(String command) throws Exception {
    Path out = folder.resolve(command);
    if (!alone.containsKey(command)) {
      alone.put(command, finish(installation.command(words(command, out))));
    }
    return out;
  }

  private static RankJob.Outcome finish(ProcessBuilder builder) throws Exception {
    RankJob.Outcome outcome = RankJob.run(quick(builder));
    assertThat(outcome.code()).as(outcome.text()).isZero();
    return outcome;
  }

  /** Short jobs do not gain from more compilation. */
  private static ProcessBuilder quick(ProcessBuilder builder) {
    builder.environment().put("LATTICELIFT_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    return builder;
  }

  /** Here, and not before all of them, so that each is reported as skipped. */
  @BeforeEach
  void requireHosts() {
    assumeTrue(obstacle.isEmpty(), () -> "no hosts to test with: " + obstacle.orElseThrow());
  }

  @AfterAll
  void stop() throws Exception {
    if (hosts != null) {
      hosts.close();
    }
    if (installation != null) {
      installation.remove();
    }
  }

  private String[] words(String command, Path out, String... front) {
    List<String> words = new ArrayList<>(List.of(front));
    words.addAll(List.of(command, config.toString(), "--threads=1", "--quiet", "--resume"));
    words.add("--out=" + out);
    return words.toArray(new String[0]);
  }

  /** A job with a rank on each of the first hosts, started on the first. */
  private ProcessBuilder job(int number, String command, Path out) throws Exception {
    String list = hosts.list(number, 1).toString();
    String[] front = {"--np=" + number, "--transport=openmpi", "--hostfile=" + list};
    ProcessBuilder builder = hosts.on(1, installation.command(words(command, out, front)));
    builder.environment().put("LATTICELIFT_HOST_TIMEOUT", Integer.toString(TIMEOUT_SECONDS));
    return quick(builder);
  }

  private Process start(ProcessBuilder job, Path out) throws Exception {
    return job.redirectErrorStream(true).redirectOutput(text(out).toFile()).start();
  }

  private static Path text(Path out) {
    return out.resolveSibling(out.getFileName() + ".txt");
  }

  private static double elapsed(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  static Stream<Arguments> commands() {
    return Stream.of(ALL ? new String[] {"kmc", "simulate", "run"} : new String[] {"kmc"})
        .flatMap(command -> Stream.of(arguments(command, 2), arguments(command, MOST_HOSTS)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void ranksOnSeveralHostsLeaveTheFilesOfOne(String command, int number) throws Exception {
    Path whole = alone(command);
    Path out = folder.resolve(command + "-" + number);
    Process job = start(job(number, command, out), out);
    int[] ranks = new int[MOST_HOSTS];
    long start = System.nanoTime();
    while (job.isAlive() && elapsed(start) < PATIENCE_SECONDS) {
      int[] now = hosts.ranks();
      Arrays.setAll(ranks, host -> Math.max(ranks[host], now[host]));
      Thread.sleep(LOOK_MILLIS);
    }
    String told = Files.readString(text(out));
    assertThat(job.isAlive()).as(told).isFalse();
    assertThat(job.exitValue()).as(told).isZero();
    int[] expected = new int[MOST_HOSTS];
    Arrays.fill(expected, 0, number, 1);
    assertThat(ranks).as("ranks seen on each host").isEqualTo(expected);
    assertThat(RunDirectories.requireEqual(whole, out)).isGreaterThan(4);
  }

  /**
   * The loss of a host.
   *
   * @param number from 0
   * @param command what runs: ranks with tasks of their own, or with a lattice together
   * @param killed or cut off
   * @param host which
   * @param begun whether the moment counts from the begin of the run, not of the job
   * @param moment when, as a part of the time that a run takes; negative: at the first checkpoint
   */
  record Fault(
      int number, String command, boolean killed, int host, boolean begun, double moment) {}

  Stream<Fault> faults() {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Fault> faults = new ArrayList<>();
    faults.add(new Fault(0, "simulate", true, 2, true, -1));
    faults.add(new Fault(1, "simulate", false, 2, true, -1));
    for (int number = 2; number < FAULTS; number++) {
      String command = number % 3 == 0 ? "simulate" : "kmc";
      boolean begun = number % 5 != 0;
      int host = 1 + random.nextInt(2);
      boolean killed = random.nextBoolean();
      faults.add(new Fault(number, command, killed, host, begun, random.nextDouble()));
    }
    return faults.stream();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aLostHostEndsTheJobAndARunOnTheOthersGoesOn(Fault fault) throws Exception {
    Path whole = alone(fault.command());
    Path out = folder.resolve("fault" + fault.number());
    Process job = start(job(2, fault.command(), out), out);
    boolean early = awaitMoment(fault, job, out);
    boolean begun = Files.exists(out.resolve("checksums.sha256"));
    long start = System.nanoTime();
    if (fault.killed()) {
      hosts.kill(fault.host());
    } else {
      hosts.cut(fault.host());
    }
    // While ranks are being started, what is cut off may stay until it can be reached again.
    await(() -> !job.isAlive() && (!begun || processes() == 0));
    double waited = elapsed(start);
    restore(fault);
    await(() -> processes() == 0);
    int left = processes();
    hosts.sweep();
    String told = Files.readString(text(out));
    if (early && !told.contains("Results: ")) {
      if (FAULTS > 2) { // a campaign
        String when = begun ? "running" : "starting";
        System.out.printf("%s, %s: %.1f s, code %d%n", fault, when, waited, job.exitValue());
      }
      boolean launcher = fault.killed() && fault.host() == 1;
      assertThat(job.exitValue()).as(told).isIn(launcher ? List.of(137) : List.of(69));
      int grace = begun ? GRACE_SECONDS : START_SECONDS;
      assertThat(waited).as(told).isLessThan(TIMEOUT_SECONDS + grace);
      assertThat(left).as("processes left on the hosts").isZero();
    }
    boolean both = fault.number() % 2 == 0;
    finish(both ? job(2, fault.command(), out) : installation.command(words(fault.command(), out)));
    assertThat(RunDirectories.requireEqual(whole, out)).isGreaterThan(4);
  }

  /** Whether the job is still running at the moment of a fault. */
  private boolean awaitMoment(Fault fault, Process job, Path out) throws Exception {
    Path checksums = out.resolve("checksums.sha256");
    await(() -> !job.isAlive() || !fault.begun() || Files.exists(checksums));
    long start = System.nanoTime();
    while (job.isAlive()) {
      boolean now =
          fault.moment() >= 0
              ? elapsed(start) > fault.moment() * alone.get(fault.command()).seconds()
              : Files.readString(checksums).contains(".ckpt");
      if (now) {
        return true;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return false;
  }

  /** A question about processes. */
  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.holds() && elapsed(start) < PATIENCE_SECONDS) {
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private int processes() throws Exception {
    int count = 0;
    for (int host = 1; host <= MOST_HOSTS; host++) {
      count += hosts.processes(host).size();
    }
    return count;
  }

  private void restore(Fault fault) throws Exception {
    if (fault.killed()) {
      hosts.boot(fault.host());
    } else {
      hosts.mend(fault.host());
    }
  }
}
