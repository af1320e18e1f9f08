package org.latticelift.app.pipeline;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.sim.parallel.tasks.Ranks;

/**
 * A command that asks a trained model something: one stage, whose configuration is the command
 * line.
 */
final class ModelRun implements RunConfiguration {
  private final String command;
  private final RunOptions options;
  private final Ranks ranks;
  private final PrintWriter out;
  private final ConfigNode resolved;

  /**
   * A command.
   *
   * @param command its name, that of its folder below runs, too
   * @param config what is asked, with defaults filled in
   * @param options of the command line
   * @param ranks the job
   * @param out where results are printed
   */
  ModelRun(String command, Record config, RunOptions options, Ranks ranks, PrintWriter out) {
    this.command = command;
    this.options = options;
    this.ranks = ranks;
    this.out = out;
    this.resolved = Binder.resolve(config);
  }

  /**
   * What is asked, as a configuration.
   *
   * @param model file, or folder of a run
   * @param options whose overrides and seed it has
   */
  static ConfigNode asked(Path model, RunOptions options) {
    Path file = Files.isDirectory(model) ? model.resolve(ModelFile.NAME) : model;
    ConfigNode node =
        ConfigNode.parse("{model: " + ScheduleList.quoted(file.toString()) + "}", "MODEL");
    for (String override : options.overrides()) {
      node = node.set(override);
    }
    return options.seed().isPresent() ? node.with("seed", options.seed().getAsLong()) : node;
  }

  /**
   * Runs the stage.
   *
   * @param stage reads the model
   * @param lines what a terminal shows at the end
   * @param <S> its class
   */
  <S extends Stage> void run(Supplier<S> stage, BiFunction<S, RunDirectory, List<String>> lines) {
    S made = ranks.firstThenOthers(stage);
    new StageRunner(this, options, ranks, out)
        .run(
            List.of(made),
            options.out().orElse(Path.of("runs", command)),
            options.mode(),
            directory -> {
              lines.apply(made, directory).forEach(out::println);
              out.flush();
            });
  }

  @Override
  public String resolvedYaml() {
    return resolved.toYaml();
  }

  @Override
  public String fingerprint(List<Stage> stages) {
    return identity().line();
  }

  @Override
  public Optional<List<String>> continues(String begun, Path root, List<Stage> stages) {
    RunIdentity now = identity();
    return now.asksAs(begun) ? Optional.of(now.requireSameFiles(begun, root)) : Optional.empty();
  }

  private RunIdentity identity() {
    return RunIdentity.of(resolved, config -> command + " " + config.toYaml().replace('\n', ' '));
  }

  /** All keys count. */
  @Override
  public void requireSame(Path root) {
    EarlierConfiguration.requireSame(root, resolved, Set.of());
  }

  @Override
  public long seed() {
    return resolved.get("seed").integer();
  }
}
