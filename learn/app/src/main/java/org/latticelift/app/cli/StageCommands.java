package org.latticelift.app.cli;

import java.util.List;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.directory.Stage;
import org.latticelift.learn.evaluate.AveragesTable;
import org.latticelift.learn.report.ReportStage;
import org.latticelift.sim.simulate.DirectStage;
import org.latticelift.sim.simulate.RankUse;
import org.latticelift.sim.simulate.SimulateStage;
import picocli.CommandLine.Command;

/** The commands that run one stage each. */
final class StageCommands {
  private StageCommands() {}

  /** Small system. */
  @Command(
      name = "simulate",
      description = {
        "Simulate the small system and store snapshots; averages go to the screen and simulate.csv."
      })
  static final class Simulate extends StageCommand {
    @Override
    List<Stage> stages(Pipeline pipeline) {
      return named(pipeline, "simulate");
    }

    @Override
    void finished(RunDirectory directory) {
      AveragesTable.lines(directory.file(SimulateStage.AVERAGES)).forEach(this::print);
      super.finished(directory);
    }
  }

  /** Large states and pairs. */
  @Command(
      name = "lift",
      aliases = {"upsample", "evolve"},
      description =
          "Upsample snapshots, evolve a patch of each, and store the pairs: one streaming stage, so"
              + " 'upsample' and 'evolve' are the same command.")
  static final class Lift extends StageCommand {
    @Override
    List<Stage> stages(Pipeline pipeline) {
      return named(pipeline, "lift");
    }

    @Override
    boolean needsInputs() {
      return true;
    }
  }

  /** Closure variables. */
  @Command(
      name = "closure",
      description =
          "Learn closure variables (section 'closure', dim above 0) and encode the pairs with them.")
  static final class Closure extends StageCommand {
    @Override
    List<Stage> stages(Pipeline pipeline) {
      return List.of(pipeline.closureStage());
    }

    @Override
    boolean needsInputs() {
      return true;
    }
  }

  /** Training. */
  @Command(name = "train", description = "Train the stochastic differential equation on the pairs.")
  static final class Train extends StageCommand {
    @Override
    List<Stage> stages(Pipeline pipeline) {
      return named(pipeline, "train");
    }

    @Override
    boolean needsInputs() {
      return true;
    }
  }

  /** Prediction. */
  @Command(name = "ensemble", description = "Predict the large system with an ensemble.")
  static final class Ensemble extends StageCommand {
    @Override
    List<Stage> stages(Pipeline pipeline) {
      return named(pipeline, "ensemble");
    }

    @Override
    boolean needsInputs() {
      return true;
    }
  }

  /** Ground truth. */
  @Command(name = "direct", description = "Simulate the large system itself (section 'direct').")
  static final class Direct extends StageCommand {
    @Override
    List<Stage> stages(Pipeline pipeline) {
      return List.of(pipeline.directStage());
    }

    @Override
    void finished(RunDirectory directory) {
      AveragesTable.lines(directory.file(DirectStage.AVERAGES)).forEach(this::print);
      RankUse.lines(directory.file(DirectStage.TRAJECTORY)).forEach(this::print);
      super.finished(directory);
    }

    @Override
    boolean needsInputs() {
      return true;
    }
  }

  /** Monte Carlo on its own. */
  @Command(
      name = "kmc",
      description =
          "Kinetic Monte Carlo of lattice.large by itself (section 'direct'): trajectory, last"
              + " states, averages; 'stop: {precision: E}' ends it when those are precise enough.")
  static final class Kmc extends StageCommand {
    @Override
    List<Stage> stages(Pipeline pipeline) {
      return List.of(pipeline.directStageAlone());
    }

    @Override
    void finished(RunDirectory directory) {
      AveragesTable.lines(directory.file(DirectStage.AVERAGES)).forEach(this::print);
      RankUse.lines(directory.file(DirectStage.TRAJECTORY)).forEach(this::print);
      super.finished(directory);
    }
  }

  /** Comparison. */
  @Command(name = "evaluate", description = "Compare prediction and direct simulation.")
  static final class Evaluate extends StageCommand {
    @Override
    List<Stage> stages(Pipeline pipeline) {
      return named(pipeline, "evaluate");
    }

    @Override
    boolean needsInputs() {
      return true;
    }
  }

  /** Report. */
  @Command(name = "report", description = "Write the report of a run directory.")
  static final class Report extends StageCommand {
    @Override
    List<Stage> stages(Pipeline pipeline) {
      return named(pipeline, "report");
    }

    @Override
    boolean needsInputs() {
      return true;
    }

    @Override
    void finished(RunDirectory directory) {
      ReportStage.lines(directory).forEach(this::print);
    }
  }
}
