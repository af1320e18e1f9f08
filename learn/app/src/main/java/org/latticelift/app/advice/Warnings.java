package org.latticelift.app.advice;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.app.pipeline.PipelineConfig;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.system.Condition;

/** What is doubtful in a configuration that is valid. */
public final class Warnings {
  private Warnings() {}

  /**
   * All warnings.
   *
   * @param pipeline a valid configuration
   * @param directory of its runs, where earlier results may tell how long relaxation takes
   * @return one line each, with what to do; often none
   */
  public static List<String> of(Pipeline pipeline, Path directory) {
    ConfigNode resolved = ConfigNode.parse(pipeline.resolvedYaml(), "resolved");
    return all(pipeline, directory).stream()
        .flatMap(advice -> advice.about(pipeline.configuration().user(), resolved).stream())
        .toList();
  }

  /** What is looked at, in the order of the sections. */
  private static List<Advice> all(Pipeline pipeline, Path directory) {
    PipelineConfig config = pipeline.config();
    List<Condition> conditions = pipeline.system().conditions();
    boolean ownDynamics = config.direct().map(d -> d.dynamics().isEmpty()).orElse(true);
    RelaxationKnowledge known = new RelaxationKnowledge(pipeline.system(), directory, ownDynamics);
    return List.of(
        new UnequalComposition(),
        new SingleRun(),
        new ShortRuns("simulate", Optional.of(config.simulate()), conditions, known),
        new ShortRuns("direct", config.direct(), conditions, known),
        new OneEquationForAll(),
        new MixedAges(),
        new PresetKappa(),
        new NoInterval(),
        new ShortPrediction(),
        new NothingToCompare());
  }
}
