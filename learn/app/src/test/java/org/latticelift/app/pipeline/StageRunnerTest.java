package org.latticelift.app.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.pipeline.StageRunner.RunOptions;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.io.run.stage.WallTimes;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.parallel.tasks.Ranks;

/** The runner with stages of a few lines. */
class StageRunnerTest {
  @TempDir private Path root;

  private final StringWriter out = new StringWriter();
  private final List<String> done = new ArrayList<>();
  private final Stage first = new TextStage("first", List.of(), "a.txt", context -> {});
  private final Stage stopped = new TextStage("second", List.of("a.txt"), "b.txt", this::stopOnce);
  private boolean wasStopped;

  /** A stage that writes one file. */
  private record TextStage(
      String name, List<String> inputs, String output, Consumer<StageContext> work)
      implements Stage {
    @Override
    public List<String> outputs() {
      return List.of(output);
    }

    @Override
    public StagePlan plan() {
      return new StagePlan(name, 1, "a word", 0, 4);
    }

    @Override
    public void run(StageContext context) {
      work.accept(context);
      context.directory().commit(output, beside -> Files.writeString(beside, "word"));
    }
  }

  /** Two stages of one configuration. */
  private final class Two implements RunConfiguration {
    @Override
    public String resolvedYaml() {
      return "{}\n";
    }

    @Override
    public String fingerprint(List<Stage> stages) {
      return "two";
    }

    @Override
    public long seed() {
      return 1;
    }

    @Override
    public void check(List<Stage> stages) {
      done.add("checked " + stages.size());
    }

    @Override
    public Optional<String> makerOf(String input) {
      return Optional.of("first");
    }
  }

  private void stopOnce(StageContext context) {
    if (!wasStopped) {
      wasStopped = true;
      context.stop().request();
      context.stop().check();
    }
  }

  private void run(OpenMode mode, Stage... stages) {
    run(runner(mode), mode, stages);
  }

  private void run(StageRunner runner, OpenMode mode, Stage... stages) {
    runner.run(List.of(stages), root, mode, directory -> done.add("finished"));
  }

  private StageRunner runner(OpenMode mode) {
    RunOptions options =
        new RunOptions(
            Optional.empty(),
            OptionalLong.empty(),
            OptionalInt.of(1),
            List.of(),
            mode,
            false,
            false);
    Ranks ranks = new Ranks(LocalRanks.single(), StopSignal.none());
    return new StageRunner(new Two(), options, ranks, new PrintWriter(out));
  }

  private static void requireCode(Throwable e, ExitCode code) {
    assertThat(e).isInstanceOf(LatticeLiftException.class);
    assertThat(((LatticeLiftException) e).exitCode()).isEqualTo(code);
  }

  @Test
  void aStoppedStageGoesOnAndItsTimesAddUp() {
    assertThatThrownBy(() -> run(OpenMode.NEW, first, stopped))
        .satisfies(e -> requireCode(e, ExitCode.STOPPED));
    WallTimes.StageTime one = WallTimes.read(root).get(0);
    WallTimes.StageTime before = WallTimes.read(root).get(1);
    assertThat(before.stage()).isEqualTo("second");
    assertThat(before.sessions()).isEqualTo(1);
    run(OpenMode.RESUME, first, stopped);
    assertThat(WallTimes.read(root)).hasSize(2).first().isEqualTo(one);
    WallTimes.StageTime after = WallTimes.read(root).get(1);
    assertThat(after.sessions()).isEqualTo(2);
    assertThat(after.seconds()).isGreaterThanOrEqualTo(before.seconds());
    assertThat(after.outputs()).containsExactly("b.txt");
    assertThat(done).containsExactly("checked 2", "checked 2", "finished");
    assertThat(out.toString()).contains("first: done in", "first: complete", "second: done in");
  }

  @Test
  void whatIsCompleteIsNeitherMadeNorTimedAgain() {
    run(OpenMode.NEW, first);
    List<WallTimes.StageTime> times = WallTimes.read(root);
    run(OpenMode.RESUME, first);
    assertThat(WallTimes.read(root)).isEqualTo(times).hasSize(1);
  }

  /** So a diagnosis that is stopped leaves the run the certificate it had. */
  @Test
  void whatIsMadeAnewStaysUntilItIsReplaced() throws IOException {
    run(OpenMode.NEW, first);
    Stage again = new TextStage("first", List.of(), "a.txt", this::stopOnce);
    StageRunner anew = runner(OpenMode.RESUME).anew();
    assertThatThrownBy(() -> run(anew, OpenMode.RESUME, again))
        .satisfies(e -> requireCode(e, ExitCode.STOPPED));
    assertThat(root.resolve("a.txt")).hasContent("word");
    run(runner(OpenMode.RESUME), OpenMode.RESUME, first);
    assertThat(out.toString()).endsWith("first: complete\n");
    run(runner(OpenMode.RESUME).anew(), OpenMode.RESUME, again);
    assertThat(out.toString()).contains("first: complete\nfirst: done in");
  }

  @Test
  void aMissingInputNamesTheStageThatMakesIt() {
    assertThatThrownBy(() -> run(OpenMode.NEW, stopped))
        .satisfies(e -> requireCode(e, ExitCode.MISSING_INPUT))
        .hasMessageContaining("a.txt")
        .hasMessageContaining("latticelift first");
    assertThat(wasStopped).isFalse();
  }

  /** Bits of a configuration are those of one program. */
  @Test
  void whatAnotherProgramMadeIsSaidToBe() {
    run(OpenMode.NEW, new MadeBy("own", Provenance.here("{}", 1, 1)));
    Provenance other =
        new Provenance(
            "{}",
            1,
            new Provenance.Process("0.0.9", "c0ffee", "17", "local", 1, 1, "host", "now"),
            Map.of(),
            Map.of());
    run(OpenMode.RESUME, new MadeBy("own", other), new MadeBy("taken", other));
    run(OpenMode.RESUME, new MadeBy("taken", other));
    assertThat(out.toString())
        .contains("own: complete\n")
        .containsPattern(
            "taken: done in [0-9.]+ s, made by another program \\(0.0.9, commit c0ffee")
        .endsWith("taken: complete, made by another program (0.0.9, commit c0ffee)\n");
  }

  /** A stage whose file another run may have made. */
  private record MadeBy(String name, Provenance provenance) implements Stage {
    @Override
    public List<String> outputs() {
      return List.of(name + ".h5");
    }

    @Override
    public StagePlan plan() {
      return new StagePlan(name, 1, "a file", 0, 4);
    }

    @Override
    public void run(StageContext context) {
      context
          .directory()
          .commit(
              name + ".h5",
              beside -> {
                try (Hdf5Writer writer = Hdf5Writer.create(beside)) {
                  provenance.writeTo(writer);
                }
              });
    }
  }
}
