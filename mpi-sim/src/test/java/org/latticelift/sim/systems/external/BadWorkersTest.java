package org.latticelift.sim.systems.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.testing.ChildJava;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.Patches.JointEvolution;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.system.RunContext;
import org.latticelift.sim.system.SnapshotPool;

/** Workers that do what they should not. */
@Tag("hostile")
class BadWorkersTest {
  @TempDir private Path folder;

  private Path script() throws IOException {
    Path script = folder.resolve("worker.py");
    if (!Files.exists(script)) {
      Files.copy(BadWorkersTest.class.getResourceAsStream("worker.py"), script);
    }
    return script;
  }

  private static ExternalSystem system(List<String> command) {
    String words = command.stream().map(w -> "'" + w + "'").collect(Collectors.joining(", "));
    String yaml =
        """
        system: external
        conditions: {heat: [2]}
        external: {command: [%s], timeout_s: 2}
        lattice: {small: 1, large: 1}
        """
            .formatted(words);
    return (ExternalSystem) new ExternalProvider().create(ConfigNode.parse(yaml, "test"));
  }

  private ExternalSystem system(String... words) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of("python3", script().toString()));
    command.addAll(Arrays.asList(words));
    return system(command);
  }

  private static RandomStream stream() {
    return new Streams(3).stream(Purpose.CHECK, 1);
  }

  /** Where a walker is after 10 steps. */
  private static double[] walk(LatticeSystem<ExternalState> system) {
    ExternalDynamics dynamics = (ExternalDynamics) system.dynamics(system.conditions().get(0), 0);
    ExternalState state = dynamics.initial(system.small(), stream());
    dynamics.advance(state, Duration.time(10), stream());
    return dynamics.observe(state);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dies|ended with status 1; its last lines: division by cucumber",
        "dots|ended with status 3; its last lines: end (",
        "hangs|did not answer within 2 s (external.timeout_s)",
        "garbage|no frame of the protocol",
        "id|with id",
        "closes|closed its socket",
        "shape|as int64 [2] in place of int64 [1]",
        "type|as float64 [1] in place of int64 [1]",
        "nothing|sent no array state",
        "not finite|as events in place of",
        "time|made a time of 15.0 in place of 10.0",
        "huge|announced arrays of 2147483648 bytes, where at most",
        "large|announced arrays of 33554432 bytes, where at most",
        "long number|as events in place of",
      })
  void threeFailuresOfATaskAreOneLine(String way, String why) throws IOException {
    ExternalSystem system = system(way);
    LatticeLiftException e = catchThrowableOfType(LatticeLiftException.class, () -> walk(system));
    assertThat(e)
        .hasMessageContainingAll("3 workers in a row", why, "task advance at H2", "\"small\"")
        .hasMessageContaining("seed [")
        .message()
        .hasSizeLessThan(1000)
        .doesNotContain("\n");
    assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
  }

  /** A worker that fails at every other request is not replaced for ever. */
  @Test
  void aWorkerThatFailsAgainAndAgainIsGivenUp() throws IOException {
    ExternalSystem system = system("every other", folder.resolve("count").toString());
    LatticeLiftException e =
        catchThrowableOfType(
            LatticeLiftException.class,
            () -> {
              for (int k = 0; k < 40; k++) {
                walk(system);
              }
            });
    assertThat(e).hasMessageContaining("21 workers failed in ");
    assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no module|No module named 'no_such_module'|69",
        "version|speaks version 2 of the protocol, this program speaks 1|69",
        "indescribable|no key observables|69",
        "mirror|a mirror [1,0.5] of 1 and -1|69",
        "start|rule 'sum' does not hold in start|69",
        "refuses|the worker refuses: no such lattice|65",
        "refuses with an object|the worker refuses: {\"code\":7}|65",
        "refuses with null|the worker refuses: null|65",
        "refuses at length|... (10000000 characters)|65",
      })
  void aWorkerThatIsOfNoUseIsRefusedAtOnce(String way, String why, int code) throws IOException {
    Path script = script();
    LatticeLiftException e =
        catchThrowableOfType(
            LatticeLiftException.class, () -> system(List.of("python3", script.toString(), way)));
    assertThat(e).hasMessageContaining(why).message().hasSizeLessThan(1000);
    assertThat(e.exitCode().code()).isEqualTo(code);
  }

  @Test
  void aCommandThatIsNotThereIsNamed() {
    LatticeLiftException e =
        catchThrowableOfType(
            LatticeLiftException.class, () -> system(List.of("no-such-simulator")));
    assertThat(e).hasMessageContainingAll("status 127", "no-such-simulator");
  }

  @ParameterizedTest
  @CsvSource({"dies", "hangs", "garbage", "shape"})
  void anotherWorkerMakesTheSameOfATask(String way) throws IOException {
    double[] good = walk(system("good"));
    assertThat(walk(system(way, folder.resolve("tried " + way).toString()))).isEqualTo(good);
  }

  /** Also where observables of a patch are asked for in between. */
  @Test
  void aWorkerMayIntegrateTheDrift() throws IOException {
    ExternalSystem system = system("patches");
    assertThat(system.compensatorsPay()).isTrue();
    ExternalDynamics dynamics = system.dynamics(system.conditions().get(0), RunContext.of(0));
    ExternalState state = dynamics.initial(system.large(), stream());
    for (boolean compensated : List.of(true, false)) {
      Patches<ExternalState> patches = dynamics.patches(state, compensated);
      assertThat(dynamics.observePatch(state, 0)).containsExactly(0, 1);
      PartialEvolution one = patches.evolve(0, Duration.events(3), stream());
      JointEvolution all = patches.evolveAll(Duration.events(3), stream());
      double[] drift = compensated ? new double[] {0.25, -0.25} : new double[0];
      assertThat(one.compensator()).containsExactly(drift);
      assertThat(all.compensator()).containsExactly(drift);
      assertThat(one.increment()).containsExactly(3, -3);
      assertThat(all.increments()).isDeepEqualTo(new double[][] {{3, -3}});
      assertThat(one.blocked()).isEqualTo(0.5);
    }
    ExternalDynamics none = system("driftless").dynamics(system.conditions().get(0), null);
    LatticeLiftException e =
        catchThrowableOfType(
            LatticeLiftException.class,
            () -> none.patches(state, true).evolve(0, Duration.events(3), stream()));
    assertThat(e).hasMessageContainingAll("sent no array drift", "task evolve at H2, patch 0");
  }

  /** Bytes of any length are kept as they are, and closed patches made of them. */
  @Test
  void statesMayBeBytes() throws IOException {
    ExternalSystem system = system("bytes");
    assertThat(walk(system)).isEqualTo(walk(system("good")));
    ExternalDynamics dynamics = system.dynamics(system.conditions().get(0), RunContext.of(0));
    ExternalState state = dynamics.initial(system.small(), stream());
    dynamics.advance(state, Duration.time(1000), stream());
    assertThat(system.codec().encode(state)).hasSize(16);
    byte[] bytes = system.codec().decode(system.codec().encode(state), system.small()).bytes;
    assertThat(bytes).isEqualTo(state.bytes).hasSizeBetween(1, 3);
    SnapshotPool<ExternalState> pool = SnapshotPool.of(1, 1, (run, record) -> state);
    ExternalState large = dynamics.upsample(pool, system.large(), stream(), stream());
    assertThat(dynamics.observe(large)).isEqualTo(dynamics.observe(state));
    JointEvolution all = dynamics.patches(large, false).evolveAll(Duration.time(10), stream());
    assertThat(all.increments()).hasDimensions(4, 2);
    assertThat(all.events()).isEqualTo(40);
  }

  @Test
  void whatAWorkerRefusesIsNotAskedAgain() throws IOException {
    ExternalSystem system = system("error");
    LatticeLiftException e = catchThrowableOfType(LatticeLiftException.class, () -> walk(system));
    assertThat(e).hasMessageContainingAll("the worker refuses: too hot", "task advance at H2");
    assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA);
  }

  @Test
  void observablesObeyTheRulesThatTheWorkerNames() throws IOException {
    ExternalSystem system = system("rule");
    LatticeLiftException e = catchThrowableOfType(LatticeLiftException.class, () -> walk(system));
    assertThat(e).hasMessageContaining("rule 'sum' does not hold");
  }

  @Test
  void aWorkerIsNoRankAndHasOneThread() throws IOException, InterruptedException {
    Path seen = folder.resolve("seen");
    Process process =
        job(
            Map.of(
                "SLURM_JOB_ID",
                "7",
                "OMPI_COMM_WORLD_RANK",
                "1",
                "PMIX_RANK",
                "1",
                "PMI_RANK",
                "1"),
            "sh",
            "-c",
            "env > " + seen);
    process.waitFor();
    assertThat(Files.readAllLines(seen))
        .contains("OMP_NUM_THREADS=1")
        .noneMatch(line -> line.matches("(SLURM_|OMPI_|PMIX_|PMI_).*"))
        .anyMatch(line -> line.startsWith("PATH="));
  }

  /**
   * A rank whose worker hangs, and what it has started ({@code pids}: where both say who they are).
   */
  private Process hanging(Path pids) throws IOException, InterruptedException {
    String first = folder.resolve("first").toString();
    Process rank = job(Map.of(), "python3", script().toString(), "hangs", first, pids.toString());
    waitFor(() -> Files.exists(pids) && Files.size(pids) > 0);
    return rank;
  }

  /** A rank that is killed leaves no worker, nor what the worker has started, whatever it does. */
  @Test
  void aWorkerDiesWithItsRank() throws IOException, InterruptedException {
    Path pids = folder.resolve("pids");
    Process rank = hanging(pids);
    String[] both = Files.readString(pids).split(" ");
    assertThat(both).allMatch(BadWorkersTest::runs);
    rank.destroyForcibly().waitFor();
    waitFor(() -> Arrays.stream(both).noneMatch(BadWorkersTest::runs));
  }

  /** A signal to the process group of the program reaches it, not the guard of its worker. */
  @Test
  void aWorkerDiesWithTheGroupOfItsRank() throws IOException, InterruptedException {
    Path pids = folder.resolve("pids");
    String first = folder.resolve("first").toString();
    Process rank =
        job(
            Map.of(),
            List.of("setsid"),
            "python3",
            script().toString(),
            "hangs",
            first,
            pids.toString());
    waitFor(() -> Files.exists(pids) && Files.size(pids) > 0);
    String[] both = Files.readString(pids).split(" ");
    assertThat(both).allMatch(BadWorkersTest::runs);
    new ProcessBuilder("sh", "-c", "kill -KILL -" + rank.pid()).start().waitFor();
    rank.waitFor();
    waitFor(() -> Arrays.stream(both).noneMatch(BadWorkersTest::runs));
  }

  /** A request to stop does not wait for a worker that does not answer, nor leaves files. */
  @Test
  void aStopDoesNotWaitForAnAnswer() throws IOException, InterruptedException {
    Path sockets = Files.createDirectory(Path.of("/tmp", "llt" + ProcessHandle.current().pid()));
    Path pids = folder.resolve("pids");
    String[] worker = {
      "python3", script().toString(), "hangs", folder.resolve("first").toString(), pids.toString()
    };
    String option = "-Djava.io.tmpdir=" + sockets;
    Process rank = job(Map.of("JAVA_TOOL_OPTIONS", option), List.of(), worker);
    waitFor(() -> Files.exists(pids) && Files.size(pids) > 0);
    rank.destroy();
    assertThat(rank.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(rank.exitValue()).isEqualTo(ExitCode.STOPPED.code());
    String[] both = Files.readString(pids).split(" ");
    waitFor(() -> Arrays.stream(both).noneMatch(BadWorkersTest::runs));
    waitFor(() -> sockets.toFile().list().length == 0);
    Files.delete(sockets);
  }

  /** A program that is killed while its worker connects leaves no folder of a socket. */
  @Test
  void whatIsKilledWhileItConnectsLeavesNothing() throws IOException, InterruptedException {
    Path sockets = Files.createDirectory(Path.of("/tmp", "llk" + ProcessHandle.current().pid()));
    String[] worker = {"python3", script().toString(), "mute", folder.resolve("at").toString()};
    String option = "-Djava.io.tmpdir=" + sockets;
    Process rank = job(Map.of("JAVA_TOOL_OPTIONS", option), List.of(), worker);
    waitFor(() -> Files.exists(folder.resolve("at")) && sockets.toFile().list().length == 1);
    rank.destroyForcibly().waitFor();
    waitFor(() -> sockets.toFile().list().length == 0);
    Files.delete(sockets);
  }

  /** As where a queue signals all processes of a job: what is begun can be ended. */
  @Test
  void signalsToAJobEndNoWorkerBeforeIt() throws IOException, InterruptedException {
    Path pids = folder.resolve("pids");
    Process rank = hanging(pids);
    String worker = Files.readString(pids).split(" ")[0];
    List<ProcessHandle> guards =
        rank.descendants()
            .filter(p -> p.info().command().orElse("").matches(".*/(da|ba)?sh"))
            .toList();
    assertThat(guards).hasSizeGreaterThanOrEqualTo(2);
    guards.forEach(ProcessHandle::destroy);
    rank.descendants().filter(p -> worker.equals("" + p.pid())).forEach(ProcessHandle::destroy);
    Thread.sleep(300);
    assertThat(guards).allMatch(ProcessHandle::isAlive);
    assertThat(runs(worker)).isTrue();
    rank.destroyForcibly().waitFor();
    waitFor(() -> guards.stream().noneMatch(ProcessHandle::isAlive) && !runs(worker));
  }

  /** Who sees nothing happen is told for what the program waits, ever more rarely. */
  @Test
  void anAnswerThatTakesLongIsToldOf() throws Exception {
    List<String> command = List.of("python3", script().toString(), "hangs");
    Worker worker = Worker.start(command, folder, 7, 60);
    Thread asks = new Thread(() -> catchThrowable(() -> hang(worker)));
    asks.start();
    long now = System.nanoTime();
    SlowTasks slow = new SlowTasks();
    List<String> said = new ArrayList<>();
    waitFor(
        () -> {
          worker.watch(now + (long) 70e9, slow).ifPresent(said::add);
          return !said.isEmpty();
        });
    assertThat(said).hasSize(1);
    assertThat(worker.watch(now + (long) 110e9, slow)).isEmpty();
    assertThat(worker.watch(now + (long) 130e9, slow))
        .hasValue("worker 7: no answer for 130 s, of at most 200 s (external.timeout_s), to sleep");
    assertThat(worker.isAlive()).isTrue();
    assertThat(worker.watch(now + (long) 201e9, slow)).isEmpty();
    assertThat(worker.isAlive()).isFalse();
    asks.join();
  }

  private static void hang(Worker worker) throws Exception {
    worker.exchange(Frame.request("advance"), 200, 0, "sleep");
  }

  /** Workers that are started later would be of another simulator. */
  @Test
  void aFileThatIsEditedWhileACommandRunsIsRefused() throws IOException {
    for (Path file : List.of(Files.writeString(folder.resolve("table"), "1"), script())) {
      ExternalSystem system = system("good", "--", folder.resolve("table").toString());
      assertThat(system.description().files()).containsExactly(folder.resolve("table"));
      walk(system);
      system.workers().renew();
      walk(system);
      Files.writeString(file, "\n", StandardOpenOption.APPEND);
      system.workers().renew();
      LatticeLiftException e = catchThrowableOfType(LatticeLiftException.class, () -> walk(system));
      assertThat(e).hasMessageContainingAll("was edited", file.toString());
      walk(system("good", "--", folder.resolve("table").toString()));
    }
    LatticeLiftException e =
        catchThrowableOfType(
            LatticeLiftException.class, () -> system("good", "--", "no such table"));
    assertThat(e).hasMessageContaining("a file that cannot be read");
  }

  private static boolean runs(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isPresent();
  }

  private interface Check {
    boolean holds() throws IOException;
  }

  private static void waitFor(Check check) throws IOException, InterruptedException {
    for (int k = 0; k < 300 && !check.holds(); k++) {
      Thread.sleep(100);
    }
    assertThat(check.holds()).isTrue();
  }

  private static Process job(Map<String, String> environment, String... command)
      throws IOException {
    return job(environment, List.of(), command);
  }

  /** Walks in a process of its own, which {@code starter} starts. */
  private static Process job(
      Map<String, String> environment, List<String> starter, String... command) throws IOException {
    List<String> words = new ArrayList<>(starter);
    words.addAll(ChildJava.command(List.of(), Job.class, command));
    ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** What {@link #job} runs. */
  static final class Job {
    private Job() {}

    /** Runs the worker of a command. */
    public static void main(String[] args) {
      StopSignal.installed();
      try {
        walk(system(List.of(args)));
      } catch (LatticeLiftException e) {
        System.exit(e.exitCode().code());
      }
    }
  }
}
