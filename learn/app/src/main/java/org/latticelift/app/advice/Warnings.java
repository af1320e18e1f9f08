package org.latticelift.app.advice;

import java.util.List;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.io.config.ConfigNode;

/** What is doubtful in a configuration that is valid. */
public final class Warnings {
  /** What is looked at, in the order of the sections. */
  private static final List<Advice> ALL =
      List.of(
          new UnequalComposition(),
          new SingleRun(),
          new OneEquationForAll(),
          new PresetKappa(),
          new SingleModel(),
          new ShortPrediction(),
          new NothingToCompare());

  private Warnings() {}

  /**
   * All warnings.
   *
   * @param pipeline a valid configuration
   * @return one line each, with what to do; often none
   */
  public static List<String> of(Pipeline pipeline) {
    ConfigNode resolved = ConfigNode.parse(pipeline.resolvedYaml(), "resolved");
    return ALL.stream()
        .flatMap(advice -> advice.about(pipeline.user(), resolved).stream())
        .toList();
  }
}
