package org.latticelift.app.pipeline;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.learn.evaluate.AveragesTable;
import org.latticelift.learn.evaluate.EvaluationTables;
import org.latticelift.learn.predict.PathComparisonStage;
import org.latticelift.learn.report.ReportStage;
import org.latticelift.sim.simulate.DirectStage;
import org.latticelift.sim.simulate.RankUse;
import org.latticelift.sim.simulate.SimulateStage;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.system.Imported;

/**
 * The stages of the method (ME-03), in order, and the only list of them: commands and their help,
 * whole runs, experiments, jobs of Slurm and the costs of a scaling study follow from it. Which
 * files a stage reads and writes is told by its {@link Stage}.
 */
public enum MethodStage {
  /** Snapshots of the small system. */
  SIMULATE(
      Part.LEARNING,
      "Simulate the small system and store snapshots; averages go to the screen and simulate.csv.",
      pipeline -> pipeline.imported().isEmpty(),
      Pipeline::simulateStage) {
    @Override
    public List<String> summary(RunDirectory directory, boolean details) {
      return AveragesTable.lines(directory.file(SimulateStage.AVERAGES), details);
    }
  },

  /** Pairs of macroscopic states of large systems. */
  LIFT(
      Part.LEARNING,
      "Upsample snapshots, evolve a patch of each, and store the pairs: one streaming stage, so"
          + " 'upsample' and 'evolve' are the same command.",
      pipeline -> true,
      Pipeline::liftStage,
      "upsample",
      "evolve"),

  /** Closure variables. */
  CLOSURE(
      Part.LEARNING,
      "Learn closure variables (section 'closure', dim above 0) and encode the pairs with them.",
      pipeline -> pipeline.config().learning().closure().wanted(),
      Pipeline::closureStage),

  /** The stochastic differential equation. */
  TRAIN(
      Part.LEARNING,
      "Train the stochastic differential equation on the pairs.",
      pipeline -> true,
      Pipeline::trainStage),

  /** Predictions. */
  ENSEMBLE(
      Part.PREDICTION,
      "Predict the large system with an ensemble.",
      pipeline -> true,
      Pipeline::ensembleStage),

  /** Ground truth. */
  DIRECT(
      Part.TRUTH,
      "Simulate the large system itself (section 'direct').",
      pipeline ->
          pipeline.config().answers().direct().isPresent()
              || pipeline.imported().flatMap(Imported::direct).isPresent(),
      Pipeline::directStage) {
    @Override
    public List<String> summary(RunDirectory directory, boolean details) {
      return directSummary(directory, details);
    }
  },

  /** Comparison of both. */
  EVALUATE(
      Part.COMPARISON,
      "Compare prediction and direct simulation.",
      pipeline -> true,
      Pipeline::evaluateStage) {
    @Override
    public List<String> summary(RunDirectory directory, boolean details) {
      return directory.complete(PathComparisonStage.TABLE)
          ? PathComparisonStage.lines(directory)
          : EvaluationTables.lines(directory, details);
    }
  },

  /** A page. */
  REPORT(
      Part.COMPARISON,
      "Write the report of a run directory.",
      pipeline -> pipeline.config().answers().schedule().isEmpty(),
      Pipeline::reportStage) {
    @Override
    public List<String> summary(RunDirectory directory, boolean details) {
      return ReportStage.lines(directory);
    }
  };

  /** What a stage is for. */
  public enum Part {
    /** From simulations of a small system to a model. */
    LEARNING,
    /** From the model to the large system. */
    PREDICTION,
    /** The large system itself, which the method does without. */
    TRUTH,
    /** Reads what others have made. */
    COMPARISON
  }

  private final Part part;
  private final String description;
  private final Predicate<Pipeline> wanted;
  private final Function<Pipeline, Stage> factory;
  private final List<String> aliases;

  MethodStage(
      Part part,
      String description,
      Predicate<Pipeline> wanted,
      Function<Pipeline, Stage> factory,
      String... aliases) {
    this.part = part;
    this.description = description;
    this.wanted = wanted;
    this.factory = factory;
    this.aliases = List.of(aliases);
  }

  /** The command that runs it alone; its name, that of the {@link Stage}, too. */
  public String command() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Other names of the command; may be empty. */
  public List<String> aliases() {
    return aliases;
  }

  /** What the command does; sentences. */
  public String description() {
    return description;
  }

  /** The stage of a configuration; an error where that does not ask for it; a new stage. */
  public Stage of(Pipeline pipeline) {
    return factory.apply(pipeline);
  }

  /**
   * The stage where a whole run has it ({@code pipeline}: the configuration); empty where the
   * configuration does not ask for it.
   */
  public Optional<Stage> wantedBy(Pipeline pipeline) {
    return wanted.test(pipeline) ? Optional.of(of(pipeline)) : Optional.empty();
  }

  /**
   * What a terminal shows after the stage, besides its folder ({@code directory}: of the run;
   * {@code details}: whether all observables are shown); lines; none of most stages.
   */
  public List<String> summary(RunDirectory directory, boolean details) {
    return List.of();
  }

  /** What a terminal shows after a direct simulation. */
  static List<String> directSummary(RunDirectory directory, boolean details) {
    List<String> lines =
        new java.util.ArrayList<>(
            AveragesTable.lines(directory.file(DirectStage.AVERAGES), details));
    lines.addAll(RankUse.lines(directory.file(TrajectoryFile.NAME)));
    return lines;
  }

  /** The stages that some parts of a run have, in order. */
  static List<Stage> stages(Pipeline pipeline, Set<Part> parts) {
    return Arrays.stream(values())
        .filter(stage -> parts.contains(stage.part))
        .flatMap(stage -> stage.wantedBy(pipeline).stream())
        .collect(Collectors.toList());
  }

  /**
   * The commands of some parts ({@code first}: a part; {@code others}: more parts); names of
   * stages.
   */
  public static Set<String> commands(Part first, Part... others) {
    Set<Part> parts = EnumSet.of(first, others);
    return Arrays.stream(values())
        .filter(stage -> parts.contains(stage.part))
        .map(MethodStage::command)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** All commands in order; separated by commas. */
  public static String listed() {
    return Arrays.stream(values()).map(MethodStage::command).collect(Collectors.joining(", "));
  }
}
