package org.latticelift.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.latticelift.communicator.LocalRanks;
import org.latticelift.distribution.Ranks;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options that every stage has; a command takes them with {@code @Mixin}. {@code --debug} is an
 * option of {@link LatticeLift} that all commands inherit.
 */
final class CommonOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--out", paramLabel = "DIR", description = "The run directory.")
  private Path out;

  @Option(names = "--seed", paramLabel = "N", description = "Overrides the configuration's seed.")
  private Long seed;

  private boolean threadsGiven;
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--set",
      paramLabel = "KEY.PATH=VALUE",
      description = "Overrides one value of the configuration; may be given several times.")
  private List<String> overrides = new ArrayList<>();

  @ArgGroup private Existing existing = new Existing();

  @Option(names = "--quiet", description = "No progress, only results and errors.")
  private boolean quiet;

  @Option(
      names = "--dry-run",
      description = "Only say what would be done: stages, sizes, estimated work and disk.")
  private boolean dryRun;

  /** What to do with a run directory that is not empty; at most one of the two. */
  private static final class Existing {
    @Option(
        names = "--resume",
        description = "Continue the run directory: skip what is complete, continue what is not.")
    private boolean resume;

    @Option(
        names = "--overwrite",
        description = "Replace the run in the run directory; files of others stay.")
    private boolean overwrite;
  }

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of a rank; default: all cores. Results do not depend on it.")
  private void threads(int value) {
    if (value < 1) {
      throw new ParameterException(
          command.commandLine(), "Invalid value for option '--threads': " + value + " is below 1");
    }
    threads = value;
    threadsGiven = true;
  }

  Optional<Path> out() {
    return Optional.ofNullable(out);
  }

  OptionalLong seed() {
    return seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
  }

  int threads() {
    return threads;
  }

  /** Threads of one rank; by default ranks within one process share its cores. */
  int threads(Ranks ranks) {
    boolean oneProcess = ranks.communicator().transport().equals(LocalRanks.NAME);
    return threadsGiven || !oneProcess
        ? threads
        : Math.max(1, threads / ranks.communicator().size());
  }

  List<String> overrides() {
    return List.copyOf(overrides);
  }

  boolean resume() {
    return existing.resume;
  }

  boolean overwrite() {
    return existing.overwrite;
  }

  boolean quiet() {
    return quiet;
  }

  boolean dryRun() {
    return dryRun;
  }
}
