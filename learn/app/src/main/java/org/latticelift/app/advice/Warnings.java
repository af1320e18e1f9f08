package org.latticelift.app.advice;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.app.pipeline.ExperimentRun;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.app.pipeline.PipelineConfig;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.learn.experiment.Experiment;
import org.latticelift.sim.system.Condition;

/** What is doubtful in a configuration that is valid. */
public final class Warnings {
  private static final int MOST_NAMES = 3;

  private Warnings() {}

  /**
   * All warnings.
   *
   * @param pipeline a valid configuration
   * @param overrides of the command line, which its variants need where it is an experiment
   * @param directory of its runs, where earlier results may tell how long relaxation takes
   * @return one line each, with what to do; often none
   */
  public static List<String> of(Pipeline pipeline, List<String> overrides, Path directory) {
    return pipeline.config().experiment().isPresent()
        ? of(ExperimentRun.variants(pipeline, overrides), directory)
        : of(pipeline, directory);
  }

  private static List<String> of(Pipeline pipeline, Path directory) {
    ConfigNode resolved = ConfigNode.parse(pipeline.resolvedYaml(), "resolved");
    return all(pipeline, directory).stream()
        .flatMap(advice -> advice.about(pipeline.configuration().user(), resolved).stream())
        .toList();
  }

  /** Of an experiment: where not all variants are meant, a line begins with those that are. */
  private static List<String> of(Map<String, Pipeline> variants, Path directory) {
    Map<String, List<String>> meant = new LinkedHashMap<>();
    variants.forEach(
        (name, pipeline) ->
            of(pipeline, Experiment.folder(directory, name, 0))
                .forEach(line -> meant.computeIfAbsent(line, l -> new ArrayList<>()).add(name)));
    return meant.entrySet().stream()
        .map(
            one ->
                one.getValue().size() == variants.size()
                    ? one.getKey()
                    : some(one.getValue()) + ": " + one.getKey())
        .toList();
  }

  private static String some(List<String> names) {
    int shown = Math.min(MOST_NAMES, names.size());
    String first = String.join(", ", names.subList(0, shown));
    return names.size() == shown ? first : first + " and " + (names.size() - shown) + " more";
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
