package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.testing.RunDirectories;
import org.latticelift.io.testing.WatchedProgress;

/** The whole {@code run} at a tiny size: threads, interruptions and resuming change no bit. */
class RunReproducibilityTest {
  private static final String CONFIG =
      """
      system: alloy
      seed: 5
      conditions: {temperature_K: [1500, 2500]}
      lattice: {small: 5, large: 10, vacancy_concentration: 0.004}
      barrier: {model: small, cache_mib: 1}
      simulate: {runs: 3, records: 20, duration: {events: 4000}}
      evolve: {samples: 400, shard_samples: 90}
      train: {epochs: 4, models: 2, batch: 128, checkpoint_epochs: 1, device: cpu}
      ensemble: {trajectories: 130, records: 20}
      direct: {runs: 2, records: 20, duration: {events: 1000}}
      """;

  /** Datasets of all files but the first few; a comparison of nothing would be none. */
  private static final int FEWEST_DATASETS = 60;

  @TempDir Path folder;

  private Path config() throws IOException {
    return Files.writeString(folder.resolve("tiny.yaml"), CONFIG);
  }

  private Path run(String command, String name, String... options) throws IOException {
    Path out = folder.resolve(name);
    StringWriter err = new StringWriter();
    List<String> args = new ArrayList<>();
    args.addAll(List.of(command, config().toString(), "--out=" + out, "--quiet"));
    args.addAll(List.of(options));
    int code =
        CommandLines.execute(
            CommandLines.create(
                new LatticeLift(), new PrintWriter(new StringWriter()), new PrintWriter(err)),
            args.toArray(new String[0]));
    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    return out;
  }

  /** Whether the comparison would see a difference. */
  @Test
  void anotherSeedGivesOtherFiles() throws IOException {
    Path five = run("simulate", "five");
    Path six = run("simulate", "six", "--seed=6");
    assertThatThrownBy(() -> RunDirectories.requireEqual(five, six))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("snapshots.h5 /T");
  }

  @Tag("pipeline")
  @Test
  void oneAndTwoThreadsAndAStopInEveryStageGiveEqualFiles() throws IOException {
    Path one = run("run", "one", "--threads=1");
    assertThat(RunDirectories.requireEqual(one, run("run", "two", "--threads=2")))
        .isGreaterThan(FEWEST_DATASETS);
    Path stopped = folder.resolve("stopped");
    List<String> interrupted = stopInEveryStage(stopped);
    assertThat(interrupted).contains("simulate", "lift", "train", "ensemble", "direct");
    RunDirectories.requireEqual(one, stopped);
  }

  /** Stops every stage half-way, then continues it; returns the stages that were stopped. */
  private List<String> stopInEveryStage(Path out) throws IOException {
    Pipeline pipeline = Pipeline.load(config(), List.of(), OptionalLong.empty());
    List<String> interrupted = new ArrayList<>();
    OpenMode mode = OpenMode.NEW;
    for (int s = 0; s < pipeline.stages().size(); s++) {
      try (RunDirectory directory =
          RunDirectory.open(out, mode, pipeline.configuration().fingerprint())) {
        Stage stage = pipeline.stages().get(s);
        StopSignal stop = StopSignal.none();
        stage.run(context(pipeline, directory, halfWay(stop), stop));
      } catch (LatticeLiftException e) {
        assertThat(e.exitCode()).isEqualTo(ExitCode.STOPPED);
        interrupted.add(pipeline.stages().get(s).name());
      }
      mode = OpenMode.RESUME;
      try (RunDirectory directory =
          RunDirectory.open(out, mode, pipeline.configuration().fingerprint())) {
        Stage stage = pipeline.stages().get(s);
        if (!stage.outputs().stream().allMatch(directory::complete)) {
          stage.run(context(pipeline, directory, ProgressFactory.quiet(), StopSignal.none()));
        }
      }
    }
    return interrupted;
  }

  private static StageContext context(
      Pipeline pipeline, RunDirectory directory, ProgressFactory progress, StopSignal stop) {
    long seed = pipeline.config().run().seed();
    Provenance provenance = Provenance.here(pipeline.resolvedYaml(), seed, 1);
    return new StageContext(directory, provenance, seed, 1, progress, stop);
  }

  /** Requests a stop when half the steps of a stage are done. */
  private static ProgressFactory halfWay(StopSignal stop) {
    return (label, total) -> WatchedProgress.stopAfter((total + 1) / 2, stop).start(label, total);
  }
}
