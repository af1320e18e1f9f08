package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.Main;
import org.latticelift.io.testing.ChildJava;
import org.latticelift.io.testing.RunDirectories;

/**
 * SIGTERM at any moment of a real process: 143 and an untouched folder before the process works in
 * the run directory, 75 from then on, and in both cases a run that can be finished.
 */
class StoppedProcessTest {
  /** Pairs with twins, enough of them for several seconds. */
  private static final String CONFIG =
      """
      system: predator-prey
      conditions: {noise: [0.02]}
      lattice: {small: 20, large: 40, patch: 8}
      simulate: {runs: 3, records: 20, duration: {time: 10}}
      evolve: {samples: 20000, shard_samples: 500, twins: true}
      sde: {embedding: 0, drift: {type: plain}}
      direct: {runs: 3, records: 10, duration: {time: 10}}
      """;

  private static final int BEFORE =
      143; // 128 + 15, what the system says of a process that SIGTERM ended
  private static final int STOPPED = 75;
  private static final long PATIENCE_SECONDS = 120;

  @TempDir private Path folder;

  private Path config;

  @BeforeEach
  void write() {
    config = TinyRun.write(folder.resolve("pairs.yaml"), CONFIG);
  }

  @Tag("pipeline")
  @Test
  void beforeTheFolderIsOpenedNothingIsTouched() throws Exception {
    Path fresh = folder.resolve("fresh");
    assertThat(stop(start("simulate", fresh), () -> true)).isEqualTo(BEFORE);
    assertThat(fresh).doesNotExist();

    Path simulated = simulated("simulated");
    TreeMap<String, String> before = contents(simulated);
    assertThat(stop(start("lift", simulated), () -> true)).isEqualTo(BEFORE);
    assertThat(contents(simulated)).isEqualTo(before);
  }

  @Test
  void fromTheFirstMomentOfAFolderOnARunIsStoppedAndCanGoOn() throws Exception {
    Path fresh = folder.resolve("fresh");
    assertThat(stop(start("simulate", fresh), () -> Files.exists(fresh))).isEqualTo(STOPPED);
    finish("simulate", fresh);
    RunDirectories.requireEqual(simulated("whole"), fresh);
  }

  @Tag("pipeline")
  @Test
  void pairsWithTwinsThatWereInterruptedAreTheSame() throws Exception {
    Path whole = simulated("whole");
    Path stopped = TinyRun.copy(whole, folder.resolve("stopped"));
    finish("lift", whole);

    Process first = start("lift", stopped);
    assertThat(stop(first, () -> isOpenIn(stopped, first))).isEqualTo(STOPPED);
    for (int shards : new int[] {1, 8, 20}) {
      Process next = start("lift", stopped);
      assertThat(stop(next, () -> shards(stopped) >= shards)).isEqualTo(STOPPED);
      assertThat(stopped.resolve("pairs.h5")).doesNotExist();
    }
    finish("lift", stopped);
    assertThat(RunDirectories.requireEqual(whole, stopped)).isPositive();
  }

  private Path simulated(String name) {
    return finish("simulate", folder.resolve(name));
  }

  private Path finish(String command, Path out) {
    var outcome =
        TinyRun.run(command, "" + config, "--out=" + out, "--quiet", "--resume", "--threads=1");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return out;
  }

  private Process start(String command, Path out) throws IOException {
    String[] words = {command, "" + config, "--out=" + out, "--quiet", "--resume", "--threads=1"};
    return new ProcessBuilder(ChildJava.command(ChildJava.VECTORS, Main.class, words))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Sends SIGTERM as soon as a condition holds; the exit code. */
  private static int stop(Process process, BooleanSupplier when) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!when.getAsBoolean() && process.isAlive() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(process.isAlive()).isTrue();
    process.destroy(); // SIGTERM
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /** Whether the lock of a folder names a process. */
  private static boolean isOpenIn(Path run, Process process) {
    Path lock = run.resolve(".latticelift.lock");
    try {
      return Files.exists(lock)
          && Files.readString(lock, StandardCharsets.ISO_8859_1).contains("" + process.pid());
    } catch (IOException e) {
      return false; // is being written
    }
  }

  private static long shards(Path run) {
    try (Stream<Path> parts = Files.list(run.resolve("parts"))) {
      return parts.filter(part -> part.toString().endsWith(".h5")).count();
    } catch (IOException e) {
      return 0; // not there yet
    }
  }

  private static TreeMap<String, String> contents(Path run) {
    TreeMap<String, String> contents = new TreeMap<>();
    for (String name : TinyRun.files(run)) {
      contents.put(name, new String(TinyRun.bytes(run.resolve(name)), StandardCharsets.ISO_8859_1));
    }
    return contents;
  }
}
