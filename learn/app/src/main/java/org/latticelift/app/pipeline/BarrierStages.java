package org.latticelift.app.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.latticelift.app.pipeline.CommandRun.Job;
import org.latticelift.app.pipeline.StageRunner.RunOptions;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigKey;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.learn.barrierfit.BarrierSampleStage;
import org.latticelift.learn.barrierfit.BarrierTrainStage;
import org.latticelift.learn.barrierfit.BarrierTrainingConfig;
import org.latticelift.learn.barrierfit.NetworkTrainingConfig;
import org.latticelift.learn.barrierfit.choice.ModelChoiceStage;
import org.latticelift.sim.vacancy.crystal.Crystal;

/**
 * The stages of a configuration of {@code barrier sample} and {@code barrier train}.
 *
 * @param config of both
 * @param file where it is from, for messages
 */
public record BarrierStages(BarrierTrainingConfig config, String file) {
  /**
   * Whether a configuration is one of these, and not one of a whole pipeline; whether it has one of
   * the sections.
   */
  public static boolean fit(ConfigNode node) {
    return node.isMapping()
        && node.find("conditions").isEmpty()
        && (node.find("sample").isPresent()
            || node.find("train")
                .filter(ConfigNode::isMapping)
                .flatMap(train -> train.find("table"))
                .isPresent());
  }

  /**
   * Takes a configuration ({@code node}: the whole configuration; {@code seed}: in place of its
   * own; {@code file}: where it is from, for messages); its stages.
   */
  public static BarrierStages of(ConfigNode node, OptionalLong seed, String file) {
    ConfigKey<Long> key = Binder.key(BarrierTrainingConfig::seed);
    ConfigNode asked = seed.isPresent() ? node.with(key, seed.getAsLong()) : node;
    return new BarrierStages(Binder.bind(asked, BarrierTrainingConfig.class), file);
  }

  /** The stage that makes a table; the stage; an error where a section is missing. */
  public BarrierSampleStage sample() {
    return new BarrierSampleStage(
        config.sample().orElseThrow(() -> missing("sample")),
        config.barrier().orElseThrow(() -> missing("barrier")),
        Crystal.bcc());
  }

  /**
   * The stage that fits a network with given settings, or else compares models; an error where the
   * section is missing.
   */
  public Stage train() {
    NetworkTrainingConfig train = config.train().orElseThrow(() -> missing("train"));
    return train.fit().isPresent() ? new BarrierTrainStage(train) : new ModelChoiceStage(train);
  }

  /** Those that have a section; stages in order. */
  public List<Stage> all() {
    List<Stage> all = new ArrayList<>();
    if (config.sample().isPresent()) {
      all.add(sample());
    }
    if (config.train().isPresent()) {
      all.add(train());
    }
    return all;
  }

  private LatticeLiftException missing(String section) {
    return LatticeLiftException.badData(
        "section '" + section + "' is missing",
        file,
        "a mapping; its keys are in configs/models/compact.yaml",
        "Add it");
  }

  /**
   * What {@code barrier sample} and {@code barrier train} share: configuration, folder, one stage.
   */
  public static final class BarrierFitRun {
    private final Job job;
    private final Path file;
    private final BarrierStages stages;

    /** Reads a configuration ({@code file}: YAML). */
    public BarrierFitRun(Path file, Job job) {
      this.file = file;
      this.job = job;
      RunOptions options = job.options();
      ConfigNode read =
          job.ranks()
              .firstThenOthers(
                  () -> {
                    ConfigNode user = ConfigNode.load(file, options.overrides());
                    Binder.bind(user, BarrierTrainingConfig.class);
                    return user;
                  });
      this.stages = BarrierStages.of(read, options.seed(), file.toString());
    }

    /** What the configuration describes; its stages. */
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
      Path root = job.options().out().orElseGet(() -> defaultFolder(suffix));
      new CommandRun(stage.name(), stages.config(), stages.config().seed(), job)
          .run(stage, root, finished);
    }

    private Path defaultFolder(String suffix) {
      return Path.of("runs", ResolvedConfiguration.name(file) + suffix);
    }

    /** Prints a file of results ({@code results}: a text file). */
    public void print(Path results) {
      try {
        job.out().print(Files.readString(results));
        job.out().flush();
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

    /** Prints one line ({@code line}: without its end). */
    public void say(String line) {
      job.out().println(line);
      job.out().flush();
    }
  }
}
