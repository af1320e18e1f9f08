package org.latticelift.app.pipeline;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.directory.Stage;
import org.latticelift.io.run.directory.StageContext;
import org.latticelift.io.run.progress.ProgressFactory;
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
  private final ConfigNode node;

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
    this.node = options.seed().isPresent() ? read.with("seed", options.seed().getAsLong()) : read;
  }

  /**
   * What the configuration describes.
   *
   * @return its stages
   */
  public BarrierStages stages() {
    return BarrierStages.of(node, file.toString());
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
    if (options.dryRun()) {
      new PlanTable(List.of(stage.plan()), options.threads(ranks), Runtime.getRuntime().maxMemory())
          .lines(root)
          .forEach(out::println);
      return;
    }
    String resolved = stages().resolvedYaml();
    Supplier<RunDirectory> opener =
        () -> RunDirectory.open(root, options.mode(), fingerprint(stage, resolved));
    try (RunDirectory directory = ranks.open(opener, root)) {
      StageContext context = context(directory, resolved);
      context.tasks().once(() -> stage.outputs().forEach(directory::requireFree));
      run(stage, context);
      context.tasks().once(() -> finished.accept(directory));
    }
  }

  private StageContext context(RunDirectory directory, String resolved) {
    long seed = stages().config().seed();
    int threads = options.threads(ranks);
    return new StageContext(
        directory,
        Provenance.here(resolved, seed, threads)
            .withTransport(ranks.communicator().transport(), ranks.communicator().size()),
        seed,
        threads,
        ranks.progress(ProgressFactory.standard(options.quiet())),
        ranks.stop(),
        ranks.tasks(threads));
  }

  private static void run(Stage stage, StageContext context) {
    RunDirectory directory = context.directory();
    if (context.tasks().decide(() -> stage.outputs().stream().allMatch(directory::complete))) {
      return;
    }
    if (stage.shared()) {
      stage.run(context);
    } else {
      context.tasks().once(() -> stage.run(context.alone()));
    }
  }

  private Path defaultFolder(String suffix) {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
    return Path.of("runs", name + suffix);
  }

  private static String fingerprint(Stage stage, String resolved) {
    return stage.name() + " " + resolved.replace('\n', ' ');
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
