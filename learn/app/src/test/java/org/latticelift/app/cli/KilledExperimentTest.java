package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.Main;
import org.latticelift.io.testing.ChildJava;

/** An experiment whose process is killed between two variants goes on to the same table. */
@Tag("pipeline")
class KilledExperimentTest {
  private static final String CONFIG =
      """
      system: curie-weiss
      conditions: {temperature: [1.1]}
      lattice: {small: 4, large: 8, field: 0.1}
      simulate: {runs: 3, records: 10, duration: {events: 160}}
      evolve: {samples: 400}
      sde: {drift: {type: plain}, diffusion: {mode: constant_diagonal}}
      train: {epochs: 150, models: 1}
      ensemble: {trajectories: 4, records: 11, horizon: {time: 20}, keep_trajectories: true}
      direct: {runs: 3, records: 10, duration: {time: 20}}
      experiment:
        variants: {kappa-1: {train.kappa: 1}, kappa-2: {train.kappa: 2}, kappa-4: {train.kappa: 4}, kappa-8: {train.kappa: 8}}
        starts: {low: {lattice.large_start: -0.5}}
        quantities: [error, diffusion]
        figure: {quantity: error}
      """;

  private static final long PATIENCE_MILLIS = 120_000;

  @TempDir private Path folder;

  @Test
  void resumesToTheTableOfAnUndisturbedRun() throws Exception {
    Path config = TinyRun.write(folder.resolve("experiment.yaml"), CONFIG);
    Path killed = folder.resolve("killed");
    kill(start(config, killed), killed.resolve("kappa-2/repeat1/model.h5"));
    assertThat(killed.resolve("experiment.csv")).doesNotExist();
    assertThat(killed.resolve("kappa-1/repeat1/model.h5")).exists();
    Path whole = folder.resolve("whole");
    for (Path out : List.of(killed, whole)) {
      var outcome = TinyRun.run("run", "" + config, "--out", "" + out, "--quiet", "--resume");
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.code()).isZero();
    }
    assertThat(TinyRun.bytes(killed.resolve("experiment.csv")))
        .isEqualTo(TinyRun.bytes(whole.resolve("experiment.csv")));
  }

  private static Process start(Path config, Path out) throws IOException {
    String[] words = {"run", config.toString(), "--out", out.toString()};
    return new ProcessBuilder(ChildJava.command(ChildJava.VECTORS, Main.class, words))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Kills a process as soon as a file is there. */
  private static void kill(Process process, Path file) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (!Files.exists(file) && process.isAlive() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(process.isAlive()).isTrue();
    process.destroyForcibly().waitFor();
  }
}
