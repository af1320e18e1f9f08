package org.latticelift.app.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.CommandLines;
import org.latticelift.app.cli.TinyRun;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.testing.RunDirectories;

/** All stages of a system that the shipped worker in C simulates. */
@Tag("ranks")
class ExternalRunTest {
  private static final Path EXAMPLE = Path.of("..", "..", "configs", "external");

  private static final List<String> SMALL =
      List.of(
          "lattice={small: 4, large: 8}",
          "simulate={runs: 4, records: 10, duration: {time: 40}}",
          "evolve={samples: 60, duration: {time: 1}, environment: ghost}",
          "train={epochs: 2, models: 1}",
          "ensemble={trajectories: 4, records: 11, horizon: {time: 20}}",
          "direct={runs: 2, records: 10, duration: {time: 20}}",
          "evaluate.tolerance={default: 1}",
          "report={png: false}");

  @TempDir private static Path folder;

  private static Path config;

  /** The example as it is shipped, compiled beside it as its first lines say. */
  @BeforeAll
  static void compile() throws IOException, InterruptedException {
    config = Files.copy(EXAMPLE.resolve("ising.yaml"), folder.resolve("ising.yaml"));
    String source = EXAMPLE.resolve("ising.c").toAbsolutePath().toString();
    Process cc =
        new ProcessBuilder("cc", "-std=c99", "-O2", "-o", "ising", source, "-lm")
            .directory(folder.toFile())
            .inheritIO()
            .start();
    assertThat(cc.waitFor()).isZero();
  }

  private static String[] words(String command, String out, String... more) {
    List<String> words = new ArrayList<>(List.of(command, config.toString()));
    words.addAll(List.of("--out", folder.resolve(out).toString(), "--quiet"));
    SMALL.forEach(set -> words.add("--set=" + set));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  private static Outcome succeed(String... words) {
    Outcome outcome = TinyRun.run(words);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return outcome;
  }

  private static void requireEqual(String one, String other) throws IOException {
    assertThat(RunDirectories.requireEqual(folder.resolve(one), folder.resolve(other)))
        .isPositive();
  }

  @Test
  void ranksThreadsAndWorkersChangeNoBit() throws IOException {
    Outcome outcome = succeed(words("run", "one", "--threads=1"));
    assertThat(outcome.out()).contains("magnetisation", "wall_density", "T2.5");
    StringWriter errors = new StringWriter();
    int code =
        LocalJob.run(
            2,
            List.of(words("run", "two", "--threads=1")),
            new PrintWriter(new StringWriter()),
            new PrintWriter(errors, true),
            CommandLines::run);
    assertThat(code).as(errors.toString()).isZero();
    requireEqual("one", "two");
    succeed(words("run", "threads", "--threads=2", "--set=external.workers=1"));
    requireEqual("one", "threads");
  }

  @Test
  void closedTilesAreMadeOfWhatEveryWorkerAnswers() throws IOException {
    String[] tiles = {"--set=evolve.environment=tile", "--set=upsample.states=tiles"};
    succeed(words("run", "tiles", tiles[0], tiles[1], "--threads=1"));
    succeed(words("run", "tiles2", tiles[0], tiles[1], "--threads=2"));
    requireEqual("tiles", "tiles2");
  }

  @Test
  void theWholeEvolvesTogether() {
    succeed(words("run", "whole", "--set=evolve.environment=whole"));
  }

  private static final String[] LONGER = {
    "--set=simulate={runs: 16, records: 200, duration: {time: 400}}", "--resume"
  };

  /** Their tasks go to others. */
  @Test
  void workersThatAreKilledChangeNoBit() throws IOException, InterruptedException {
    for (String stage : List.of("simulate", "lift")) {
      succeed(words(stage, "spared", LONGER));
    }
    AtomicInteger left = new AtomicInteger(8);
    Thread killer = new Thread(() -> kill(left));
    killer.start();
    try {
      for (String stage : List.of("simulate", "lift")) {
        Outcome outcome = TinyRun.run(words(stage, "harmed", LONGER)).succeeded();
      }
    } finally {
      killer.interrupt();
      killer.join();
    }
    assertThat(left.get()).isLessThan(8);
    requireEqual("spared", "harmed");
  }

  /** Kills workers that have lived for some time, so that tasks get done. */
  private static void kill(AtomicInteger left) {
    try {
      while (left.get() > 0) {
        Instant young = Instant.now().minusMillis(300);
        ProcessHandle.current()
            .descendants()
            .filter(p -> p.info().command().orElse("").endsWith("/ising"))
            .filter(p -> p.info().startInstant().orElse(Instant.MAX).isBefore(young))
            .filter(ProcessHandle::destroyForcibly)
            .forEach(p -> left.decrementAndGet());
        Thread.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What was committed before stands. */
  @Test
  void aRunGoesOnWhenItsWorkerIsMended() throws IOException {
    Path script = folder.resolve("worker.sh");
    TinyRun.write(script, "test -e broken && { echo is broken >&2; exit 3; }\nexec ./ising\n");
    String mended =
        TinyRun.write(
                folder.resolve("mended.yaml"),
                new String(TinyRun.bytes(config), StandardCharsets.UTF_8)
                    .replace("[./ising]", "[sh, worker.sh]"))
            .toString();
    String[] lift = words("lift", "mended", "--resume", "--set=external.workers=2");
    String[] simulate = words("simulate", "mended");
    String[] direct = words("direct", "mended", "--resume");
    lift[1] = mended;
    simulate[1] = mended;
    direct[1] = mended;
    succeed(simulate);
    byte[] before = TinyRun.bytes(folder.resolve("mended/snapshots.h5"));
    TinyRun.write(folder.resolve("broken"), "");
    Outcome broken = TinyRun.run(lift);
    assertThat(broken.err()).contains("ended with status 3", "is broken").hasLineCount(1);
    assertThat(broken.code()).isEqualTo(69);
    Files.delete(folder.resolve("broken"));
    succeed(lift);
    assertThat(TinyRun.bytes(folder.resolve("mended/snapshots.h5"))).isEqualTo(before);
    TinyRun.write(script, "# edited\nexec ./ising\n");
    Outcome edited = TinyRun.run(direct);
    assertThat(edited.code()).isEqualTo(65);
    assertThat(edited.err()).contains("external.command[1] had another content");
  }

  /** Modules of a simulator in Python are part of the run, too. */
  @Test
  void aRunWhoseModuleWasEditedDoesNotGoOn() throws IOException {
    Path root = Path.of("..", "..").toAbsolutePath().normalize();
    Path module = TinyRun.write(folder.resolve("helper.py"), "x = 1\n");
    String model = Files.readString(root.resolve("configs/python/voter.py"));
    TinyRun.write(
        folder.resolve("model.py"),
        model.replace("import latticelift", "import helper, latticelift"));
    String command =
        "[env, 'PYTHONPATH=%s', python3, -B, -m, model]".formatted(root.resolve("io/python"));
    String[] more = {
      "--set=external={command: " + command + "}", "--set=conditions={noise: [0.5]}"
    };
    succeed(words("simulate", "module", more));
    String[] lift = words("lift", "module", more[0], more[1], "--resume");
    TinyRun.write(module, "x = 2\n");
    Outcome edited = TinyRun.run(lift);
    assertThat(edited.code()).isEqualTo(65);
    assertThat(edited.err()).contains("had another content", module.toString()).hasLineCount(1);
    TinyRun.write(module, "x = 1\n");
    succeed(lift);
  }

  @Test
  void theConditionFollowsASchedule() {
    String[] scheduled = {
      "--set=schedule={ramp: {from: 3, to: 2.5, time: 20}}",
      "--set=direct={runs: 2, records: 10}",
      "--set=ensemble={trajectories: 4, records: 11}"
    };
    succeed(words("run", "ramp", scheduled));
  }

  /** From wherever, though the worker is in its folder at heart. */
  @Test
  void aDiagnosisEnds() throws IOException {
    Path script = TinyRun.write(folder.resolve("here.sh"), "exec ./ising\n");
    succeed(words("run", "diagnosed", "--set=external.command=[sh, '" + script + "']"));
    String run = folder.resolve("diagnosed").toString();
    succeed("diagnose", run, "--samples=30", "--quiet", "--threads=1");
  }

  @Test
  void whatAWorkerCannotDoIsOneLine() {
    Outcome closure = TinyRun.run(words("run", "closure", "--set=closure.dim=2"));
    assertThat(closure.code()).isEqualTo(65);
    assertThat(closure.err()).contains("closure.dim").hasLineCount(1);
    for (String key : List.of("evolve.environment=moat", "upsample.states=worker")) {
      Outcome refused = TinyRun.run(words("validate", "x", "--set=" + key));
      assertThat(refused.code()).isEqualTo(65);
      assertThat(refused.err()).contains("cannot do", key.replaceAll("=.*", "")).hasLineCount(1);
    }
    Outcome drift = TinyRun.run(words("run", "drift", "--set=evolve.compensator=on"));
    assertThat(drift.code()).isEqualTo(65);
    assertThat(drift.err()).contains("evolve.compensator").hasLineCount(1);
  }

  @Test
  void theWorkerPassesItsTrials() {
    Outcome outcome = succeed("validate", "--worker", config.toString());
    assertThat(outcome.out())
        .contains("ok: another worker makes the same", "ok: frozen sites", "us per event")
        .doesNotContain("FAILED");
    Outcome none = TinyRun.run("validate", "--worker", "../../configs/quickstart.yaml");
    assertThat(none.err()).contains("system alloy has no worker");
  }
}
