package org.latticelift.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.latticelift.progress.ProgressFactory;
import org.latticelift.rundir.OpenMode;
import org.latticelift.rundir.Provenance;
import org.latticelift.rundir.RunDirectory;
import org.latticelift.rundir.Stage;
import org.latticelift.rundir.StageContext;
import org.latticelift.rundir.StagePlan;
import org.latticelift.task.StopSignal;

/** Runs stages one after the other in a run directory, skipping those that are complete. */
final class StageRunner {
  private static final double NANOS = 1e9;

  private final Pipeline pipeline;
  private final CommonOptions options;
  private final PrintWriter out;

  StageRunner(Pipeline pipeline, CommonOptions options, PrintWriter out) {
    this.pipeline = pipeline;
    this.options = options;
    this.out = out;
  }

  /**
   * Runs, or with {@code --dry-run} says what would run.
   *
   * @param stages in order
   * @param mode what to do with a folder that is not empty
   * @param finished called at the end, unless it was a dry run
   */
  void run(List<Stage> stages, OpenMode mode, Consumer<RunDirectory> finished) {
    pipeline.check(stages);
    Path root = pipeline.directory(options.out());
    if (options.dryRun()) {
      describe(stages, root);
      return;
    }
    StopSignal stop = StopSignal.installed();
    double limit = pipeline.config().checkpoint().walltimeS();
    if (limit > 0) {
      stop.limit(Duration.ofNanos((long) (limit * NANOS)));
    }
    try (RunDirectory directory = RunDirectory.open(root, mode, pipeline.fingerprint())) {
      StageContext context = context(directory, stop);
      directory.results().forEach(directory::complete); // what was written must be what is read
      for (Stage stage : stages) {
        run(stage, context);
      }
      finished.accept(directory);
    }
  }

  private StageContext context(RunDirectory directory, StopSignal stop) {
    long seed = pipeline.config().seed();
    return new StageContext(
        directory,
        Provenance.here(pipeline.resolvedYaml(), seed, options.threads()),
        seed,
        options.threads(),
        ProgressFactory.standard(options.quiet()),
        stop);
  }

  private void run(Stage stage, StageContext context) {
    boolean complete = stage.outputs().stream().allMatch(context.directory()::complete);
    if (complete) {
      say(stage.name() + ": complete");
      return;
    }
    context.stop().check();
    long start = System.nanoTime();
    stage.run(context);
    double seconds = (System.nanoTime() - start) / NANOS;
    say(String.format(Locale.ROOT, "%s: done in %.1f s", stage.name(), seconds));
  }

  private void say(String line) {
    if (!options.quiet()) {
      out.println(line);
      out.flush();
    }
  }

  /** What would be done: one line per stage, and the sum. */
  private void describe(List<Stage> stages, Path root) {
    double seconds = 0;
    long bytes = 0;
    out.printf("%-10s %8s %10s %10s  %s%n", "stage", "tasks", "core time", "disk", "size");
    for (Stage stage : stages) {
      StagePlan plan = stage.plan();
      seconds += plan.seconds();
      bytes += plan.bytes();
      out.printf(
          "%-10s %8d %10s %10s  %s%n",
          plan.stage(), plan.tasks(), time(plan.seconds()), disk(plan.bytes()), plan.size());
    }
    out.printf("%-10s %8s %10s %10s  into %s%n", "all", "", time(seconds), disk(bytes), root);
    out.println("Nothing was done; estimates are rough (factor 2).");
  }

  private static String time(double seconds) {
    return seconds < 600
        ? String.format(Locale.ROOT, "%.0f s", seconds)
        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }

  private static String disk(long bytes) {
    return bytes < 10_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
