package org.latticelift.app.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;

/** What {@link StageRunner} has to know of a configuration, whatever its stages are. */
public interface RunConfiguration {
  /** Everything with defaults filled in. */
  String resolvedYaml();

  /** What a continued run has to share with the one that began. */
  String fingerprint(List<Stage> stages);

  /**
   * Returns whether the run that a folder holds is this one although its line is another, because
   * files have moved; an error (65) if one has another content.
   */
  default boolean continues(String begun, Path root) {
    return false;
  }

  /**
   * The line with which a folder is opened: its own if it holds this run ({@code root}: run
   * directory, which need not exist; {@code mode}: what to do with earlier results).
   */
  default String fingerprint(List<Stage> stages, Path root, OpenMode mode) {
    String now = fingerprint(stages);
    Optional<String> begun =
        mode == OpenMode.RESUME ? RunDirectory.fingerprint(root) : Optional.empty();
    return begun.filter(line -> line.equals(now) || continues(line, root)).orElse(now);
  }

  /**
   * Names what differs from the run that a folder holds, if that can be told by its files, among
   * which may be copies from another run; an error (65) if something does ({@code root}: run
   * directory, which need not exist).
   */
  default void requireSame(Path root) {}

  /**
   * Values of keys that a continued run may change, and has changed since its results were made
   * ({@code directory}: with results); such as {@code direct.runs was 3, is 5}; most often none.
   */
  default List<String> changed(RunDirectory directory) {
    return List.of();
  }

  /** The results that such values make again; names in the run directory, the last ones first. */
  default List<String> madeAgain(List<Stage> stages) {
    return List.of();
  }

  /** The files that the configuration names for reading, such as a start or a model. */
  default List<Path> files() {
    return List.of();
  }

  /** The seed of all random streams. */
  long seed();

  /** Wall time after which a run stops with a checkpoint; s; 0 never. */
  default double walltimeSeconds() {
    return 0;
  }

  /** Throws the error of the first mistake that shows before anything runs. */
  default void check(List<Stage> stages) {
    stages.forEach(Stage::check);
  }

  /** What a user should know before the stages run. */
  default List<String> remarks(List<Stage> stages) {
    return List.of();
  }

  /**
   * The command that makes a file ({@code input}: a file that a stage needs and that is not there),
   * for example {@code simulate}; empty where no command makes such files.
   */
  default Optional<String> makerOf(String input) {
    return Optional.empty();
  }
}
