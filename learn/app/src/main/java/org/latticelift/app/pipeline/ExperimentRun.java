package org.latticelift.app.pipeline;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.plot.Figure;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.learn.closure.ClosureFile;
import org.latticelift.learn.experiment.Experiment;
import org.latticelift.learn.experiment.ExperimentConfig;
import org.latticelift.learn.experiment.ExperimentFile;
import org.latticelift.learn.experiment.ExperimentTable;
import org.latticelift.sim.parallel.tasks.Ranks;
import org.latticelift.sim.simulate.Sampling;

/**
 * Runs a configuration with a section {@code experiment}: direct simulations from every initial
 * state, every variant up to its model, and predictions from every initial state; then one table
 * and one figure. Every run has a folder of its own and is continued with {@code --resume}.
 */
public final class ExperimentRun {
  private static final String SECTION = "experiment";
  private static final String TABLE = "experiment.csv";
  private static final String CELLS = "experiment-cells.csv";
  private static final String FULL = "full";

  private final Pipeline pipeline;
  private final RunOptions options;
  private final Ranks ranks;
  private final PrintWriter out;
  private final ExperimentConfig config;

  /** Folders of the direct runs that a run is compared with, by its folder. */
  private final Map<Path, Path> truths = new HashMap<>();

  /** One run: what it does, and where. */
  private record Part(String name, Path folder, Pipeline pipeline, List<Stage> stages) {}

  /**
   * A run of a configuration that has the section.
   *
   * @param pipeline the configuration
   * @param options how it is run
   * @param ranks the job
   * @param out where progress and results are printed
   */
  public ExperimentRun(Pipeline pipeline, RunOptions options, Ranks ranks, PrintWriter out) {
    this.pipeline = pipeline;
    this.options = options;
    this.ranks = ranks;
    this.out = out;
    ExperimentConfig experiment = pipeline.config().experiment().orElseThrow();
    boolean preset = pipeline.user().find("preset").isPresent();
    List<String> observables = pipeline.system().macroscopics().names();
    this.config = (preset ? experiment.ofPreset() : experiment).of(observables);
  }

  /**
   * Runs all parts, or with {@code --dry-run} says what they would cost.
   *
   * @param mode what to do with folders that are not empty
   */
  public void run(OpenMode mode) {
    Path root = pipeline.directory(options.out());
    List<Part> parts = ranks.firstThenOthers(() -> parts(root, config.size()));
    ranks.firstThenOthers(
        () -> {
          parts.forEach(part -> part.pipeline().check(part.stages()));
          return parts;
        });
    if (options.dryRun()) {
      describe(root);
      return;
    }
    List<Path> folders = parts.stream().map(Part::folder).toList();
    try (RunDirectory tables =
        ranks.open(() -> RunDirectory.openAround(root, mode, SECTION, folders), root)) {
      run(parts, mode, tables);
    }
  }

  private void run(List<Part> parts, OpenMode mode, RunDirectory tables) {
    Path root = tables.root();
    ranks.firstThenOthers(
        () -> {
          List.of(TABLE, CELLS, ExperimentFile.NAME).forEach(tables::requireFree);
          return tables;
        });
    long start = System.nanoTime();
    for (Part part : parts) {
      say(part.name());
      new StageRunner(part.pipeline(), options, ranks, out)
          .run(part.stages(), part.folder(), mode, directory -> {});
    }
    if (ranks.first()) {
      finish(tables);
      say(
          String.format(
              Locale.ROOT,
              "Size %s, %d runs, %.0f s.",
              config.size(),
              parts.size(),
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

  private List<Part> parts(Path root, String size) {
    truths.clear();
    List<Part> parts = new ArrayList<>();
    Map<String, String> sizes = new LinkedHashMap<>();
    Map<String, Map<String, Pipeline>> starts = new LinkedHashMap<>();
    for (String variant : config.variants().keys()) {
      Pipeline compared = with(size, config.values(config.comparedWith(variant)), 0);
      String large = compared.largeSize();
      sizes.put(variant, large);
      starts.computeIfAbsent(large, any -> starts(size, compared));
    }
    String own = with(size, config.sizes().section("none"), 0).largeSize();
    for (String large : starts.keySet()) {
      boolean open =
          config.variants().keys().stream()
              .filter(variant -> sizes.get(variant).equals(large))
              .anyMatch(variant -> !comparesClosures(with(size, config.values(variant), 0)));
      if (open) {
        parts.addAll(directs(truth(root, own, large), starts.get(large)));
      }
    }
    Map<String, Path> data = new HashMap<>();
    Map<String, Path> simulations = new HashMap<>();
    for (String variant : config.variants().keys()) {
      String large = sizes.get(variant);
      for (int repeat = 0; repeat < config.repeats(); repeat++) {
        ConfigNode values = config.values(variant);
        Pipeline one = with(size, values, repeat);
        if (one.config().closure().wanted()) {
          requireOwnSize(variant, one, large);
        }
        Path folder = Experiment.folder(root, variant, repeat);
        Pipeline source = with(size, values, config.dataOf(repeat));
        Optional<Path> earlier = Optional.ofNullable(data.putIfAbsent(source.dataKey(), folder));
        Optional<Path> simulated =
            earlier.isPresent()
                ? earlier
                : Optional.ofNullable(simulations.putIfAbsent(source.simulationKey(), folder));
        List<Stage> stages = training(one, earlier, simulated);
        starts
            .get(large)
            .forEach(
                (start, direct) ->
                    stages.add(new PredictionStage(one, direct, Experiment.predictions(start))));
        String name = variant + (config.repeats() > 1 ? ", repeat " + (repeat + 1) : "");
        parts.add(new Part(name, folder, one, stages));
        truths.put(folder, truth(root, own, large));
        if (comparesClosures(one)) {
          Path truth = Experiment.closedTruth(root, other(own, large), earlier.orElse(folder));
          truths.put(folder, truth);
          if (earlier.isEmpty()) {
            parts.addAll(closedTruth(truth, folder, size, variant, repeat));
          }
        }
      }
    }
    return parts;
  }

  private static Optional<String> other(String own, String large) {
    return Optional.of(large).filter(name -> !name.equals(own));
  }

  private static Path truth(Path root, String own, String large) {
    return Experiment.truth(root, other(own, large));
  }

  /** Direct simulations of the size of a variant, by initial state; observables need no encoder. */
  private Map<String, Pipeline> starts(String size, Pipeline compared) {
    Map<String, Pipeline> starts = new LinkedHashMap<>();
    for (String start : config.starts().keys()) {
      ConfigNode node = node(size, List.of(config.starts().get(start)), 0).with("closure.dim", 0);
      Optional<ConfigNode> large =
          compared.user().find("lattice").flatMap(lattice -> lattice.find("large"));
      ConfigNode sized = large.map(value -> node.with("lattice.large", value)).orElse(node);
      starts.put(start, Pipeline.of(sized, pipeline.name()));
    }
    return starts;
  }

  private static List<Part> directs(Path folder, Map<String, Pipeline> starts) {
    List<Part> parts = new ArrayList<>();
    starts.forEach(
        (start, direct) ->
            parts.add(
                new Part(
                    "direct from " + start + ", size " + direct.largeSize(),
                    folder.resolve(start),
                    direct,
                    List.of(direct.directStage()))));
    return parts;
  }

  /** An encoder reads states of the size it was trained on. */
  private static void requireOwnSize(String variant, Pipeline one, String compared) {
    if (!one.largeSize().equals(compared)) {
      throw LatticeLiftException.badData(
          "closure variables of size " + one.largeSize() + " compared with size " + compared,
          "experiment.variants." + variant + ".compare_with",
          "a variant of equal lattice.large, or closure.dim: 0",
          "Change one of them");
    }
  }

  /** Then direct runs are made for every encoder; otherwise once, in observables alone. */
  private boolean comparesClosures(Pipeline one) {
    return one.config().closure().wanted() && config.ofLatents();
  }

  /** Direct runs whose records hold the closures of a trained encoder. */
  private List<Part> closedTruth(
      Path truth, Path encoder, String size, String variant, int repeat) {
    List<Part> parts = new ArrayList<>();
    for (String start : config.starts().keys()) {
      List<ConfigNode> values = List.of(config.values(variant), config.starts().get(start));
      Pipeline direct = Pipeline.of(node(size, values, repeat), pipeline.name());
      List<Stage> stages =
          List.of(
              new CopiedResults("encoder", encoder, List.of(ClosureFile.NAME)),
              direct.directStage());
      String name = "direct from " + start + ", closures of " + encoder.getParent().getFileName();
      parts.add(new Part(name, truth.resolve(start), direct, stages));
    }
    return parts;
  }

  /** Stages up to the model; what an earlier run has made from the same is taken from there. */
  private static List<Stage> training(
      Pipeline one, Optional<Path> earlier, Optional<Path> simulated) {
    if (earlier.isPresent()) {
      Stage pairs = new CopiedResults("pairs", earlier.get(), one.trainingInputs());
      return new ArrayList<>(List.of(pairs, one.trainStage()));
    }
    List<Stage> stages = new ArrayList<>(one.learning());
    simulated.ifPresent(
        from -> {
          Stage simulate = stages.get(0);
          stages.set(0, new CopiedResults(simulate.name(), from, simulate.outputs()));
        });
    return stages;
  }

  /** The configuration of a run: size, then preset, then variant, then the command line. */
  private Pipeline with(String size, ConfigNode values, int repeat) {
    return Pipeline.of(node(size, List.of(values), repeat), pipeline.name());
  }

  private ConfigNode node(String size, List<ConfigNode> values, int repeat) {
    ConfigNode node = pipeline.user().without(java.util.Set.of(SECTION));
    if (config.sizes().find(size).isPresent()) {
      node = node.with(config.sizes().get(size));
    }
    if (node.find("preset").isPresent()) {
      node = node.with(config.withPreset());
    }
    for (ConfigNode each : values) {
      node = node.with(each);
    }
    for (String override : options.overrides()) {
      if (!override.startsWith(SECTION)) {
        node = node.set(override);
      }
    }
    if (repeat > 0) {
      node = node.with("seed", pipeline.config().seed() + repeat);
    }
    return node;
  }

  private void finish(RunDirectory tables) {
    Path root = tables.root();
    boolean byEvents =
        with(config.size(), config.sizes().section("none"), 0)
            .config()
            .direct()
            .filter(direct -> direct.sampling() == Sampling.EVENTS)
            .isPresent();
    Experiment experiment =
        new Experiment(config, root, truths, byEvents, pipeline.config().seed());
    ExperimentTable table = experiment.table();
    tables.commit(TABLE, beside -> Files.writeString(beside, table.csv()));
    tables.commit(CELLS, beside -> Files.writeString(beside, table.cells()));
    tables.commit(ExperimentFile.NAME, beside -> ExperimentFile.write(beside, table));
    for (Figure figure : experiment.figures(table)) {
      tables.commit(
          figure.name() + ".svg",
          beside -> Files.writeString(beside, figure.svg(), StandardCharsets.UTF_8));
    }
    table.lines().forEach(out::println);
    out.println("Results: " + root.resolve(TABLE));
  }

  private void describe(Path root) {
    for (String size : config.sizes().keys()) {
      out.println(work(root, size));
    }
    out.println("Nothing was done; estimates are rough (factor 2).");
  }

  private void estimate(Path root) {
    if (config.sizes().keys().contains(FULL) && !config.size().equals(FULL)) {
      say("--set experiment.size=" + work(root, FULL) + " (estimated, factor 2)");
    }
  }

  private String work(Path root, String size) {
    double seconds = 0;
    int runs = 0;
    try {
      for (Part part : parts(root, size)) {
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
}
