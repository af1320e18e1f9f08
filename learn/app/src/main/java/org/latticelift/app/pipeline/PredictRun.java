package org.latticelift.app.pipeline;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.learn.predict.PredictConfig;
import org.latticelift.learn.predict.PredictStage;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.sim.parallel.tasks.Ranks;

/** The command {@code predict}: one stage whose configuration is the command line. */
public final class PredictRun implements RunConfiguration {
  private static final Path FOLDER = Path.of("runs", "predict");

  private final RunOptions options;
  private final Ranks ranks;
  private final PrintWriter out;
  private final PredictConfig config;

  /**
   * Reads what is asked.
   *
   * @param model file, or folder of a run
   * @param schedules files and protocols
   * @param extrapolate whether conditions outside the trained range are accepted
   * @param options of the command line
   * @param ranks the job
   * @param out where results are printed
   */
  public PredictRun(
      Path model,
      List<String> schedules,
      boolean extrapolate,
      RunOptions options,
      Ranks ranks,
      PrintWriter out) {
    this.options = options;
    this.ranks = ranks;
    this.out = out;
    Path file = Files.isDirectory(model) ? model.resolve(ModelFile.NAME) : model;
    ConfigNode node =
        ConfigNode.parse("{model: " + ScheduleList.quoted(file.toString()) + "}", "MODEL")
            .with("allow_extrapolation", Boolean.toString(extrapolate));
    for (String override : options.overrides()) {
      node = node.set(override);
    }
    if (options.seed().isPresent()) {
      node = node.with("seed", options.seed().getAsLong());
    }
    ConfigNode asked = node;
    this.config =
        ranks.firstThenOthers(
            () ->
                Binder.bind(
                    asked.with("schedules", ScheduleList.of(schedules)), PredictConfig.class));
  }

  /** Predicts. */
  public void run() {
    PredictStage stage = ranks.firstThenOthers(() -> new PredictStage(config));
    new StageRunner(this, options, ranks, out)
        .run(
            List.of(stage),
            options.out().orElse(FOLDER),
            options.mode(),
            directory -> {
              stage.lines(directory).forEach(out::println);
              out.flush();
            });
  }

  @Override
  public String resolvedYaml() {
    return Binder.resolve(config).toYaml();
  }

  @Override
  public String fingerprint(List<Stage> stages) {
    return "predict " + resolvedYaml().replace('\n', ' ');
  }

  @Override
  public long seed() {
    return config.seed();
  }

  @Override
  public void check(List<Stage> stages) {
    stages.forEach(Stage::check);
  }

  @Override
  public String makerOf(String input) {
    throw new IllegalStateException(input);
  }
}
