package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.latticelift.app.cli.StateFileCommand.OverwriteOption;
import org.latticelift.app.pipeline.CommandRun.Job;
import org.latticelift.app.pipeline.ResolvedConfiguration;
import org.latticelift.app.pipeline.StageRunner.RunOptions;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.learn.sde.ModelFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The options that every stage has; a command takes them with {@code @Mixin}. {@code --debug} is an
 * option of {@link LatticeLift} that all commands inherit.
 */
public final class CommonOptions {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run directory; default: runs/NAME of the file.")
  private Path out;

  @Option(names = "--seed", paramLabel = "N", description = "Overrides the configuration's seed.")
  private Long seed;

  @Mixin private OverrideOptions overrides;

  @ArgGroup private Existing existing = new Existing();

  @Mixin private ProcessOptions process;

  @Option(
      names = "--dry-run",
      description = "Only say what would be done: stages, sizes, estimated work and disk.")
  private boolean dryRun;

  @Option(
      names = "--details",
      description = "Show all observables, such as farther shells of neighbours.")
  private boolean details;

  /** What to do with a run directory that is not empty; at most one of the two. */
  private static final class Existing {
    @Option(
        names = "--resume",
        description = "Continue the run directory: skip what is complete, continue what is not.")
    private boolean resume;

    @Option(
        names = "--overwrite",
        description =
            "Replace results: 'run' those of the whole run, a stage its own and those made from"
                + " them. Files of others stay.")
    private boolean overwrite;
  }

  OptionalLong seed() {
    return seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
  }

  List<String> overrides() {
    return details
        ? Stream.concat(overrides.values().stream(), Stream.of("report.details=true")).toList()
        : overrides.values();
  }

  boolean details() {
    return details;
  }

  /** What to do with a run directory that is not empty. */
  OpenMode mode() {
    if (existing.overwrite) {
      return OpenMode.OVERWRITE;
    }
    return existing.resume ? OpenMode.RESUME : OpenMode.NEW;
  }

  RunOptions toRun() {
    return new RunOptions(
        Optional.ofNullable(out),
        seed(),
        process.threads(),
        overrides(),
        mode(),
        process.quiet(),
        dryRun);
  }

  /** How a command was started ({@code spec}: of the command). */
  Job job(CommandSpec spec) {
    return new Job(toRun(), ProcessContext.of(spec).ranks(), spec.commandLine().getOut());
  }

  static final class ModelArgument {
    @Parameters(
        paramLabel = "MODEL",
        description = ModelFile.NAME + ", or the run directory in which it is.")
    private Path path;

    Path path() {
      return path;
    }
  }

  /** Values that take the place of those of a configuration; a mixin of commands that read one. */
  public static final class OverrideOptions {
    @Option(
        names = "--set",
        paramLabel = "KEY.PATH=VALUE",
        description = "Overrides one value of the configuration; may be given several times.")
    private List<String> values = new ArrayList<>();

    /** None are given yet. */
    public OverrideOptions() {}

    /** What was given; {@code key.path=value} each, in the order given. */
    public List<String> values() {
      return List.copyOf(values);
    }
  }

  /** A configuration of its own kind that becomes a file, by default one of its name here. */
  static final class ConfiguredFileOptions {
    @Parameters(paramLabel = "CONFIG", description = "The configuration (YAML).")
    private Path file;

    @Mixin private OverrideOptions overrides;
    @Mixin private OverwriteOption overwrite;

    <T extends Record> T read(Class<T> type) {
      return Binder.bind(ConfigNode.load(file, overrides.values()), type);
    }

    /** Where to: what was asked for, else the configuration's name with an ending such as .csv. */
    Path target(Path asked, String ending) {
      return asked != null ? asked : Path.of(ResolvedConfiguration.name(file) + ending);
    }

    boolean overwrite() {
      return overwrite.given();
    }
  }

  /** How a process works and talks, whatever it does. */
  static final class ProcessOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private OptionalInt threads = OptionalInt.empty();

    @Mixin private QuietOption quiet;

    @Option(
        names = "--threads",
        paramLabel = "N",
        description = "Threads of a rank; default: all cores. Results do not depend on it.")
    private void threads(int value) {
      if (value < 1) {
        throw new ParameterException(
            command.commandLine(),
            "Invalid value for option '--threads': " + value + " is below 1");
      }
      threads = OptionalInt.of(value);
    }

    OptionalInt threads() {
      return threads;
    }

    boolean quiet() {
      return quiet.given();
    }

    static final class QuietOption {
      @Option(names = "--quiet", description = "No progress, only results and errors.")
      private boolean given;

      boolean given() {
        return given;
      }
    }
  }
}
