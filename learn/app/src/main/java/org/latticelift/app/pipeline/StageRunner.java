package org.latticelift.app.pipeline;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.WallTimes;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.parallel.tasks.Ranks;

/**
 * Runs stages one after the other in a run directory, skipping those that are complete, and records
 * how long each took. All ranks do so together; what a stage does not share among them, the first
 * one does.
 */
public final class StageRunner {
  private static final double NANOS = 1e9;

  private final RunConfiguration configuration;
  private final RunOptions options;
  private final Ranks ranks;
  private final PrintWriter out;
  private final boolean anew;
  private final Optional<Replacement> replacement;

  /**
   * A runner of one configuration.
   *
   * @param configuration whose stages run
   * @param options how they are run
   * @param ranks the job
   * @param out where progress and results are printed
   */
  public StageRunner(
      RunConfiguration configuration, RunOptions options, Ranks ranks, PrintWriter out) {
    this(configuration, options, ranks, out, false, Optional.empty());
  }

  private StageRunner(
      RunConfiguration configuration,
      RunOptions options,
      Ranks ranks,
      PrintWriter out,
      boolean anew,
      Optional<Replacement> replacement) {
    this.configuration = configuration;
    this.options = options;
    this.ranks = ranks;
    this.out = out;
    this.anew = anew;
    this.replacement = replacement;
  }

  /**
   * A runner that makes again what is complete; what there was stays until it is replaced; a new
   * runner.
   */
  public StageRunner anew() {
    return new StageRunner(configuration, options, ranks, out, true, replacement);
  }

  /** Returns a runner that replaces with {@code --overwrite} no more than {@code some}. */
  public StageRunner replacing(Replacement some) {
    return new StageRunner(configuration, options, ranks, out, anew, Optional.of(some));
  }

  /**
   * Runs, or with {@code --dry-run} says what would run.
   *
   * @param stages in order
   * @param root the run directory
   * @param mode what to do with a folder that is not empty
   * @param finished called at the end, unless it was a dry run
   */
  public void run(List<Stage> stages, Path root, OpenMode mode, Consumer<RunDirectory> finished) {
    ranks.firstThenOthers(
        () -> {
          configuration.check(stages);
          return stages;
        });
    if (options.dryRun()) {
      describe(stages, root);
    }
    configuration.remarks(stages).forEach(remark -> say("note: " + remark));
    if (options.dryRun()) {
      return;
    }
    double limit = configuration.walltimeSeconds();
    if (limit > 0) {
      ranks.stop().limit(Duration.ofNanos((long) (limit * NANOS)));
    }
    try (RunDirectory directory = ranks.open(() -> open(stages, root, mode), root)) {
      StageContext context = context(directory);
      context.tasks().once(() -> requireOwn(stages, directory));
      if (mode == OpenMode.OVERWRITE) {
        context.tasks().once(() -> removeReplaced(stages, directory));
      }
      context.tasks().once(() -> removeOutdated(stages, directory));
      context.tasks().once(() -> prepare(stages, directory));
      for (Stage stage : stages) {
        run(stage, context);
      }
      context.tasks().once(() -> finished.accept(directory));
    }
  }

  /** The folder knows whether it is that of this configuration; files in it find words for it. */
  private RunDirectory open(List<Stage> stages, Path root, OpenMode given) {
    OpenMode mode =
        given == OpenMode.OVERWRITE
            ? replacement.map(some -> some.mode(root)).orElse(given)
            : given;
    if (mode == OpenMode.OVERWRITE && RunDirectory.fingerprint(root).isPresent()) {
      Replacement.requireOutside(root, configuration.files());
      stages.forEach(Stage::prepare);
      sayReplaced(RunDirectory.view(root).results());
    }
    String line = configuration.fingerprint(stages, root, mode);
    try {
      return RunDirectory.open(root, mode, line);
    } catch (LatticeLiftException e) {
      if (mode == OpenMode.RESUME && e.exitCode() == ExitCode.BAD_DATA) {
        requireSame(root, given);
      }
      throw e;
    }
  }

  private void requireSame(Path root, OpenMode given) {
    try {
      configuration.requireSame(root);
    } catch (LatticeLiftException e) {
      throw given == OpenMode.OVERWRITE ? replacement.orElseThrow().otherRun(root, e) : e;
    }
  }

  private void sayReplaced(List<String> names) {
    if (!names.isEmpty()) {
      say("replaced: " + Replacement.listed(names));
    }
  }

  /** Whatever the stages need is there before the first result goes. */
  private void removeReplaced(List<Stage> stages, RunDirectory directory) {
    if (replacement.isPresent()) {
      stages.forEach(stage -> requireInputs(stage, directory));
      stages.forEach(Stage::prepare);
      sayReplaced(replacement.get().apply(directory));
    }
  }

  /** What was written must be what is read, and what will be written replaces nobody's files. */
  private static void requireOwn(List<Stage> stages, RunDirectory directory) {
    directory.results().forEach(directory::complete);
    stages.forEach(stage -> stage.outputs().forEach(directory::requireFree));
    directory.requireFree(WallTimes.NAME);
  }

  private void removeOutdated(List<Stage> stages, RunDirectory directory) {
    List<String> changed = configuration.changed(directory);
    List<String> outdated =
        configuration.madeAgain(stages).stream().filter(directory::complete).toList();
    if (!changed.isEmpty() && !outdated.isEmpty()) {
      say("recomputed, as " + String.join(", ", changed) + ": " + String.join(", ", outdated));
      outdated.forEach(directory::delete);
    }
  }

  private void prepare(List<Stage> stages, RunDirectory directory) {
    stages.stream().filter(stage -> !isComplete(stage, directory)).forEach(Stage::prepare);
  }

  private boolean isComplete(Stage stage, RunDirectory directory) {
    return !anew && stage.outputs().stream().allMatch(directory::complete);
  }

  private StageContext context(RunDirectory directory) {
    long seed = configuration.seed();
    int threads = options.threads(ranks);
    return new StageContext(
        directory,
        Provenance.here(configuration.resolvedYaml(), seed, threads)
            .withTransport(ranks.communicator().transport(), ranks.communicator().size()),
        seed,
        threads,
        ranks.progress(ProgressFactory.standard(options.quiet())),
        ranks.stop(),
        ranks.tasks(threads));
  }

  private void run(Stage stage, StageContext context) {
    if (context.tasks().decide(() -> complete(stage, context))) {
      context.tasks().once(() -> tidy(stage, context.directory()));
      context.tasks().once(() -> say(stage.name() + ": complete" + maker(stage, context)));
      return;
    }
    context.tasks().once(() -> requireInputs(stage, context.directory()));
    Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    long started = System.nanoTime();
    try {
      if (stage.shared()) {
        stage.run(context);
      } else {
        context.tasks().once(() -> stage.run(context.alone()));
      }
    } catch (LatticeLiftException e) {
      if (e.exitCode() == ExitCode.STOPPED) {
        recordStopped(session(stage, context, start, started, false), context, e);
      }
      throw e;
    }
    WallTimes.Session session = session(stage, context, start, started, true);
    context.tasks().once(() -> WallTimes.add(context.directory(), session));
    String done = String.format(Locale.ROOT, "%s: done in %.1f s", stage.name(), session.seconds());
    context.tasks().once(() -> say(done + maker(stage, context)));
  }

  /**
   * The same configuration is the same bits with one program; another may have made what was there,
   * or what was taken over.
   */
  private static String maker(Stage stage, StageContext context) {
    return stage.outputs().stream()
        .filter(file -> file.endsWith(".h5"))
        .flatMap(file -> Provenance.program(context.file(file)).stream())
        .filter(program -> !program.equals(Provenance.program()))
        .findFirst()
        .map(program -> ", made by another program (" + program + ")")
        .orElse("");
  }

  private boolean complete(Stage stage, StageContext context) {
    boolean complete = isComplete(stage, context.directory());
    if (!complete) {
      context.stop().check();
    }
    return complete;
  }

  /** A run may have been killed when its results were complete and their parts not yet removed. */
  private static void tidy(Stage stage, RunDirectory directory) {
    directory.results().stream()
        .filter(name -> stage.temporary().stream().anyMatch(name::startsWith))
        .forEach(directory::delete);
  }

  private void requireInputs(Stage stage, RunDirectory directory) {
    for (String input : stage.inputs()) {
      if (!directory.complete(input)) {
        Optional<String> maker = configuration.makerOf(input);
        throw new LatticeLiftException(
            ExitCode.MISSING_INPUT,
            "stage " + stage.name() + " has no " + input,
            directory.file(input).toString(),
            maker.map(name -> "the output of stage " + name).orElse("a complete file"),
            maker
                .map(name -> "Run 'latticelift " + name + "' with the same --out first")
                .orElse("Make it first"));
      }
    }
  }

  private WallTimes.Session session(
      Stage stage, StageContext context, Instant start, long started, boolean complete) {
    return new WallTimes.Session(
        stage.name(),
        stage.outputs(),
        start,
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        ranks.communicator().size(),
        context.threads(),
        (System.nanoTime() - started) / NANOS,
        complete);
  }

  /**
   * Not together with other ranks, which may have ended. That the run was stopped is what counts.
   */
  private void recordStopped(
      WallTimes.Session session, StageContext context, LatticeLiftException stop) {
    if (ranks.first()) {
      try {
        WallTimes.add(context.directory(), session);
      } catch (LatticeLiftException e) {
        stop.addSuppressed(e);
      }
    }
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

  /**
   * How a configuration is run; nothing of it changes results but seed and overrides.
   *
   * @param out run directory; empty: that of the configuration
   * @param seed replaces that of the configuration
   * @param threads of a rank; empty: all cores
   * @param overrides {@code key.path=value}
   * @param mode what to do with a run directory that is not empty
   * @param quiet no progress, only results and errors
   * @param dryRun only say what would be done
   */
  public record RunOptions(
      Optional<Path> out,
      OptionalLong seed,
      OptionalInt threads,
      List<String> overrides,
      OpenMode mode,
      boolean quiet,
      boolean dryRun) {
    /**
     * Threads of one rank; by default ranks within one process share its cores ({@code ranks}: the
     * job); 1 or more.
     */
    public int threads(Ranks ranks) {
      int cores = Runtime.getRuntime().availableProcessors();
      boolean oneProcess = ranks.communicator().transport().equals(LocalRanks.NAME);
      return threads.orElse(oneProcess ? Math.max(1, cores / ranks.communicator().size()) : cores);
    }
  }
}
