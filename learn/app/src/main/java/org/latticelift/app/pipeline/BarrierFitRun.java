package org.latticelift.app.pipeline;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.learn.barrierfit.BarrierTrainingConfig;
import org.latticelift.sim.parallel.tasks.Ranks;

/**
 * What {@code barrier sample} and {@code barrier train} share: configuration, folder, one stage.
 */
public final class BarrierFitRun {
  private final RunOptions options;
  private final Ranks ranks;
  private final PrintWriter out;
  private final Path file;
  private final BarrierStages stages;

  /**
   * Reads a configuration.
   *
   * @param file YAML
   * @param options of the command line
   * @param ranks the job
   * @param out where results are printed
   */
  public BarrierFitRun(Path file, RunOptions options, Ranks ranks, PrintWriter out) {
    this.file = file;
    this.options = options;
    this.ranks = ranks;
    this.out = out;
    ConfigNode read =
        ranks.firstThenOthers(
            () -> {
              ConfigNode user = ConfigNode.load(file, options.overrides());
              Binder.bind(user, BarrierTrainingConfig.class);
              return user;
            });
    ConfigNode node =
        options.seed().isPresent() ? read.with("seed", options.seed().getAsLong()) : read;
    this.stages = BarrierStages.of(node, file.toString());
  }

  /**
   * What the configuration describes.
   *
   * @return its stages
   */
  public BarrierStages stages() {
    return stages;
  }

  /**
   * Runs one stage in the run directory.
   *
   * @param stage to run
   * @param suffix of the default folder
   * @param finished called at the end
   */
  public void run(Stage stage, String suffix, Consumer<RunDirectory> finished) {
    Path root = options.out().orElseGet(() -> defaultFolder(suffix));
    new StageRunner(stages, options, ranks, out)
        .run(List.of(stage), root, options.mode(), finished);
  }

  private Path defaultFolder(String suffix) {
    return Path.of("runs", ResolvedConfiguration.name(file) + suffix);
  }

  /**
   * Prints a file of results.
   *
   * @param results a text file
   */
  public void print(Path results) {
    try {
      out.print(Files.readString(results));
      out.flush();
    } catch (java.io.IOException e) {
      throw new LatticeLiftException(
          ExitCode.OUTPUT,
          "the results cannot be read back",
          results.toString(),
          "a readable file",
          "Check the disk",
          e);
    }
  }

  /**
   * Prints one line.
   *
   * @param line without its end
   */
  public void say(String line) {
    out.println(line);
    out.flush();
  }
}
