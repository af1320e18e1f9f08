package org.latticelift.app.pipeline;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.latticelift.app.pipeline.StageRunner.RunOptions;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.output.Figure;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.learn.experiment.Experiment;
import org.latticelift.learn.experiment.ExperimentConfig;
import org.latticelift.learn.experiment.ExperimentFile;
import org.latticelift.learn.experiment.ExperimentTable;
import org.latticelift.sim.parallel.tasks.Ranks;
import org.latticelift.sim.system.LatticeSystem;

/**
 * Runs a configuration with a section {@code experiment}: direct simulations from every initial
 * state, every variant up to its model, and predictions from every initial state; then one table
 * and one figure. Every run has a folder of its own and is continued with {@code --resume}.
 */
public final class ExperimentRun {
  private static final String TABLE = "experiment.csv";
  private static final String CELLS = "experiment-cells.csv";
  private static final String FITS = "experiment-fits.csv";
  private static final String INTERVALS = "experiment-intervals.csv";
  private static final String FULL = "full";

  private final Pipeline pipeline;
  private final RunOptions options;
  private final Ranks ranks;
  private final PrintWriter out;
  private final Optional<EarlierExperiment> earlier;
  private final ExperimentConfig config;

  /**
   * A run of a configuration that has the section.
   *
   * @param options how it is run
   * @param ranks the job
   * @param out where progress and results are printed
   * @param from folder of another experiment, whose results are taken over where they are the same
   */
  public ExperimentRun(
      Pipeline pipeline, RunOptions options, Ranks ranks, PrintWriter out, Optional<Path> from) {
    this.earlier = from.map(EarlierExperiment::new);
    this.pipeline = pipeline;
    this.options = options;
    this.ranks = ranks;
    this.out = out;
    this.config = config(pipeline);
  }

  private static ExperimentConfig config(Pipeline pipeline) {
    ExperimentConfig experiment = pipeline.config().variants().experiment().orElseThrow();
    boolean preset = pipeline.configuration().user().find("preset").isPresent();
    LatticeSystem<?> system = pipeline.system();
    return (preset ? experiment.ofPreset() : experiment)
        .of(system.macroscopics().names(), system.conditions().get(0).parameter());
  }

  /**
   * What is run: the configuration of every variant of the chosen size, by its name ({@code
   * pipeline}: a configuration that has the section; {@code overrides}: of the command line), as
   * many as there are variants.
   */
  public static Map<String, Pipeline> variants(Pipeline pipeline, List<String> overrides) {
    ExperimentConfig config = config(pipeline);
    Path root = pipeline.configuration().directory(Optional.empty());
    return new ExperimentPlan(pipeline, config, overrides, root, config.runs().size()).variants();
  }

  /**
   * Finds what is wrong in any of the runs, before one of them begins ({@code pipeline}: a
   * configuration that has the section; {@code overrides}: of the command line).
   */
  public static void check(Pipeline pipeline, List<String> overrides) {
    ExperimentConfig config = config(pipeline);
    Path root = pipeline.configuration().directory(Optional.empty());
    new ExperimentPlan(pipeline, config, overrides, root, config.runs().size())
        .parts()
        .forEach(part -> part.pipeline().check(part.stages()));
  }

  /**
   * Runs all parts, or with {@code --dry-run} says what they would cost ({@code mode}: what to do
   * with folders that are not empty).
   */
  public void run(OpenMode mode) {
    Path root = pipeline.configuration().directory(options.out());
    ExperimentPlan plan = ranks.firstThenOthers(() -> plan(root, config.runs().size()));
    ranks.firstThenOthers(
        () -> {
          plan.parts().forEach(part -> part.pipeline().check(part.stages()));
          return plan;
        });
    if (options.dryRun()) {
      describe(root);
      return;
    }
    List<ExperimentPlan.Part> parts = ranks.firstThenOthers(() -> parts(plan, root));
    List<Path> folders = plan.parts().stream().map(ExperimentPlan.Part::folder).toList();
    try (RunDirectory tables =
        ranks.open(
            () -> RunDirectory.openAround(root, mode, ExperimentPlan.SECTION, folders), root)) {
      run(plan, parts, mode, tables);
    }
  }

  private List<ExperimentPlan.Part> parts(ExperimentPlan plan, Path root) {
    return earlier.map(it -> it.parts(plan.parts(), root)).orElse(plan.parts());
  }

  private void run(
      ExperimentPlan plan, List<ExperimentPlan.Part> parts, OpenMode mode, RunDirectory tables) {
    Path root = tables.root();
    ranks.firstThenOthers(
        () -> {
          List.of(TABLE, CELLS, FITS, INTERVALS, ExperimentFile.NAME).forEach(tables::requireFree);
          return tables;
        });
    long start = System.nanoTime();
    for (ExperimentPlan.Part part : parts) {
      say(part.name());
      new StageRunner(part.pipeline(), options, ranks, out)
          .run(part.stages(), part.folder(), mode, directory -> {});
    }
    if (ranks.first()) {
      finish(plan, tables);
      say(
          String.format(
              Locale.ROOT,
              "Size %s, %d runs, %.0f s.",
              config.runs().size(),
              plan.parts().size(),
              (System.nanoTime() - start) / 1e9));
      estimate(root);
    }
  }

  private void say(String line) {
    if (!options.quiet()) {
      out.println(line);
      out.flush();
    }
  }

  private ExperimentPlan plan(Path root, String size) {
    return new ExperimentPlan(pipeline, config, options.overrides(), root, size);
  }

  private void finish(ExperimentPlan plan, RunDirectory tables) {
    Path root = tables.root();
    Experiment experiment =
        new Experiment(
            config, root, plan.runs(), plan.directByEvents(), pipeline.config().run().seed());
    ExperimentTable table = experiment.table();
    tables.commitText(TABLE, table.csv());
    tables.commitText(CELLS, table.cells());
    if (!config.fits().isEmpty()) {
      tables.commitText(FITS, table.fitsCsv());
    }
    table.intervals().ifPresent(text -> tables.commitText(INTERVALS, text));
    tables.commit(ExperimentFile.NAME, beside -> ExperimentFile.write(beside, table));
    for (Figure figure : experiment.figures(table)) {
      tables.commitText(figure.name() + ".svg", figure.svg());
    }
    table.lines().forEach(out::println);
    out.println("Results: " + root.resolve(TABLE));
  }

  private void describe(Path root) {
    for (String size : config.runs().sizes().keys()) {
      out.println(work(root, size));
    }
    out.println("Nothing was done; estimates are rough (factor 2).");
  }

  private void estimate(Path root) {
    if (config.runs().sizes().keys().contains(FULL) && !config.runs().size().equals(FULL)) {
      say("--set experiment.size=" + work(root, FULL) + " (estimated, factor 2)");
    }
  }

  private String work(Path root, String size) {
    double seconds = 0;
    int runs = 0;
    try {
      for (ExperimentPlan.Part part : plan(root, size).parts()) {
        runs++;
        for (Stage stage : part.stages()) {
          seconds += stage.plan().seconds();
        }
      }
    } catch (LatticeLiftException e) {
      return size + ": " + e.getMessage();
    }
    String warning = seconds > 365 * 86400.0 ? "; check the durations" : "";
    return size + ": " + runs + " runs, core time " + PlanTable.time(seconds) + warning;
  }

  /**
   * An experiment or a run in another folder, of which a new experiment takes over what any of its
   * parts has made the same, as {@link EarlierRun} does: first the part of equal name, then others
   * in the order of their names ({@code root}: its folder).
   */
  record EarlierExperiment(Path root) {
    /**
     * Replaces stages whose results are there.
     *
     * @return the same parts
     * @throws LatticeLiftException (66, 65) if there is no such folder, or nothing to take over
     */
    List<ExperimentPlan.Part> parts(List<ExperimentPlan.Part> parts, Path now) {
      requireOther(now);
      if (!Files.isDirectory(root)) {
        throw new LatticeLiftException(
            ExitCode.MISSING_INPUT,
            "there is no such folder",
            "--from " + root,
            "the folder of another experiment or run",
            "Check the path, or leave out --from");
      }
      Map<Path, EarlierRun> runs = runs();
      List<ExperimentPlan.Part> taking = new ArrayList<>();
      for (ExperimentPlan.Part part : parts) {
        List<EarlierRun> sources = new ArrayList<>(runs.values());
        Optional.ofNullable(runs.get(root.resolve(now.relativize(part.folder()).toString())))
            .ifPresent(own -> sources.add(0, own));
        taking.add(taking(part, sources));
      }
      if (taking.equals(parts)) {
        throw LatticeLiftException.badData(
            "nothing to take over: it has no complete results that are the same",
            "--from " + root,
            "an experiment or a run with the same small runs, pairs, models or direct runs",
            "Name another folder, or leave out --from");
      }
      return taking;
    }

    /** All that have results, by their folders: of parts, which are in those of variants. */
    private Map<Path, EarlierRun> runs() {
      List<Path> variants = folders(root);
      Map<Path, EarlierRun> runs = new LinkedHashMap<>();
      Stream.of(
              Stream.of(root),
              variants.stream(),
              variants.stream().map(EarlierExperiment::folders).flatMap(List::stream))
          .flatMap(Function.identity())
          .filter(folder -> Files.exists(folder.resolve(RunDirectory.CHECKSUMS)))
          .forEach(folder -> EarlierRun.in(folder).ifPresent(run -> runs.put(folder, run)));
      return runs;
    }

    private static List<Path> folders(Path in) {
      try (Stream<Path> all = Files.list(in)) {
        return all.filter(Files::isDirectory).sorted().toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static ExperimentPlan.Part taking(ExperimentPlan.Part part, List<EarlierRun> sources) {
      ResolvedConfiguration now = part.pipeline().configuration();
      List<Stage> stages =
          part.stages().stream()
              .map(
                  stage ->
                      sources.stream()
                          .flatMap(run -> run.taken(stage, now).stream())
                          .findFirst()
                          .orElse(stage))
              .toList();
      return new ExperimentPlan.Part(part.name(), part.folder(), part.pipeline(), stages);
    }

    private void requireOther(Path now) {
      if (now.toAbsolutePath().normalize().equals(root.toAbsolutePath().normalize())) {
        throw LatticeLiftException.badData(
            "an experiment that takes over its own results",
            "--from " + root,
            "the folder of another experiment",
            "Name another --out, or continue this one with --resume");
      }
    }
  }
}
