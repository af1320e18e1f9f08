package org.latticelift.app.pipeline;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The stages of a configuration for programs that start them, such as {@code slurm/submit}. */
public final class StageTable {
  private StageTable() {}

  /**
   * One line for each stage, in order: command, {@code all} or {@code one} of the ranks, or {@code
   * none} where the configuration does not ask for it, and the run directory. An experiment is one
   * command. Returns three words a line; the last may have blanks.
   */
  public static List<String> lines(Pipeline pipeline, Path root) {
    if (pipeline.config().variants().experiment().isPresent()) {
      return List.of("run all " + root);
    }
    return Arrays.stream(MethodStage.values())
        .map(stage -> stage.command() + " " + ranks(stage, pipeline) + " " + root)
        .toList();
  }

  private static String ranks(MethodStage stage, Pipeline pipeline) {
    return stage.wantedBy(pipeline).map(s -> s.shared() ? "all" : "one").orElse("none");
  }
}
