package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.latticelift.app.pipeline.StageRunner.RunOptions;
import org.latticelift.io.run.directory.RunDirectory.OpenMode;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options that every stage has; a command takes them with {@code @Mixin}. {@code --debug} is an
 * option of {@link LatticeLift} that all commands inherit.
 */
final class CommonOptions {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run directory; default: output.directory, else runs/NAME of the file.")
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
        description = "Replace the run in the run directory; files of others stay.")
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

  /** What a run is told. */
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
}
