package org.latticelift.app.pipeline;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.directory.Stage;
import org.latticelift.io.run.directory.StageContext;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.sim.parallel.tasks.Ranks;

/**
 * Runs stages one after the other in a run directory, skipping those that are complete. All ranks
 * do so together; what a stage does not share among them, the first one does.
 */
public final class StageRunner {
  private static final double NANOS = 1e9;

  private final Pipeline pipeline;
  private final RunOptions options;
  private final Ranks ranks;
  private final PrintWriter out;

  /**
   * A runner of one configuration.
   *
   * @param pipeline the configuration
   * @param options how it is run
   * @param ranks the job
   * @param out where progress and results are printed
   */
  public StageRunner(Pipeline pipeline, RunOptions options, Ranks ranks, PrintWriter out) {
    this.pipeline = pipeline;
    this.options = options;
    this.ranks = ranks;
    this.out = out;
  }

  /**
   * Runs, or with {@code --dry-run} says what would run.
   *
   * @param stages in order
   * @param mode what to do with a folder that is not empty
   * @param finished called at the end, unless it was a dry run
   */
  public void run(List<Stage> stages, OpenMode mode, Consumer<RunDirectory> finished) {
    run(stages, pipeline.directory(options.out()), mode, finished);
  }

  /**
   * The same in a folder of its own.
   *
   * @param stages in order
   * @param root the run directory
   * @param mode what to do with a folder that is not empty
   * @param finished called at the end, unless it was a dry run
   */
  public void run(List<Stage> stages, Path root, OpenMode mode, Consumer<RunDirectory> finished) {
    ranks.firstThenOthers(
        () -> {
          pipeline.check(stages);
          return stages;
        });
    if (options.dryRun()) {
      describe(stages, root);
      remark(stages);
      return;
    }
    remark(stages);
    double limit = pipeline.config().checkpoint().walltimeS();
    if (limit > 0) {
      ranks.stop().limit(Duration.ofNanos((long) (limit * NANOS)));
    }
    Supplier<RunDirectory> opener = () -> RunDirectory.open(root, mode, pipeline.fingerprint());
    try (RunDirectory directory = ranks.open(opener, root)) {
      StageContext context = context(directory);
      // What was written must be what is read, and what will be written replaces nobody's files.
      context
          .tasks()
          .once(
              () -> {
                directory.results().forEach(directory::complete);
                stages.forEach(stage -> stage.outputs().forEach(directory::requireFree));
              });
      for (Stage stage : stages) {
        run(stage, context);
      }
      context.tasks().once(() -> finished.accept(directory));
    }
  }

  private void remark(List<Stage> stages) {
    List<String> names = stages.stream().map(Stage::name).toList();
    pipeline
        .system()
        .remarks(
            names.contains(MethodStage.SIMULATE.command()),
            names.contains(MethodStage.DIRECT.command()))
        .forEach(remark -> say("note: " + remark));
  }

  private StageContext context(RunDirectory directory) {
    long seed = pipeline.config().seed();
    int threads = options.threads(ranks);
    return new StageContext(
        directory,
        Provenance.here(pipeline.resolvedYaml(), seed, threads)
            .withTransport(ranks.communicator().transport(), ranks.communicator().size()),
        seed,
        threads,
        ranks.progress(ProgressFactory.standard(options.quiet())),
        ranks.stop(),
        ranks.tasks(threads));
  }

  private void run(Stage stage, StageContext context) {
    if (context.tasks().decide(() -> complete(stage, context))) {
      say(stage.name() + ": complete");
      return;
    }
    long start = System.nanoTime();
    if (stage.shared()) {
      stage.run(context);
    } else {
      context.tasks().once(() -> stage.run(context.alone()));
    }
    double seconds = (System.nanoTime() - start) / NANOS;
    say(String.format(Locale.ROOT, "%s: done in %.1f s", stage.name(), seconds));
  }

  private static boolean complete(Stage stage, StageContext context) {
    boolean complete = stage.outputs().stream().allMatch(context.directory()::complete);
    if (!complete) {
      context.stop().check();
    }
    return complete;
  }

  private void say(String line) {
    if (!options.quiet()) {
      out.println(line);
      out.flush();
    }
  }

  private void describe(List<Stage> stages, Path root) {
    new PlanTable(
            stages.stream().map(Stage::plan).toList(),
            options.threads(ranks),
            Runtime.getRuntime().maxMemory())
        .lines(root)
        .forEach(out::println);
  }
}
