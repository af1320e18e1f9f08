package org.latticelift.learn.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.learn.evaluate.AveragesTable.SmallRuns;
import org.latticelift.learn.evaluate.Calibration.PairCalibration;
import org.latticelift.learn.kernel.Steps;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.system.Condition;

/**
 * The results of earlier stages that an evaluation compares.
 *
 * @param model the equation
 * @param parameter name of the varied parameter
 * @param predictions ascending in the condition
 * @param direct direct runs by condition; empty without direct simulation
 * @param small results of the small runs by condition and observable; empty where there are none
 * @param calibration of the equation on its training samples
 * @param ofRuns whether samples are means of small runs: then the drift at their size is theirs
 * @param provenance of results that are made from them
 */
record EvaluationInputs(
    SdeModel model,
    String parameter,
    List<Prediction> predictions,
    Map<String, List<TimeSeries>> direct,
    Map<String, Map<String, SmallRuns>> small,
    PairCalibration calibration,
    boolean ofRuns,
    Provenance provenance) {
  /** Names of the files that have to be there ({@code events}: whether events are counted). */
  static List<String> names(String pairs, boolean events) {
    return StageFiles.needed(pairs, events);
  }

  /** Reads all of them ({@code pairs}: name of the file of training samples). */
  static EvaluationInputs read(StageContext context, String pairs) {
    SdeModel model = ModelFile.read(context.file(ModelFile.NAME));
    List<String> observables = model.map().observables();
    List<Prediction> predictions = StageFiles.predictions(context, model);
    try (PairsFile trained = PairsFile.open(context.file(pairs))) {
      StageFiles.requireSame(trained.observables(), observables, trained.file());
      return new EvaluationInputs(
          model,
          trained.parameter(),
          predictions,
          StageFiles.direct(context, observables),
          StageFiles.small(context),
          new PairCalibration(trained, model),
          trained.has(PairColumn.RUNS),
          StageFiles.provenance(context, pairs));
    }
  }

  Condition condition(Prediction prediction) {
    return new Condition(prediction.condition(), parameter, prediction.value());
  }

  /** The direct runs of a condition; none without direct simulation. */
  List<TimeSeries> direct(Prediction prediction) {
    return direct.getOrDefault(prediction.condition(), List.of());
  }

  /**
   * The small runs of a condition by observable, with means that are corrected for the size, and
   * with the path that the equation has at their size, where these are known.
   */
  Map<String, SmallRuns> small(
      StageContext context, Prediction prediction, Steps steps, SystemEstimates system) {
    Map<String, SmallRuns> runs =
        new LinkedHashMap<>(small.getOrDefault(prediction.condition(), Map.of()));
    system
        .sizeCorrections(context, condition(prediction))
        .forEach((name, by) -> runs.computeIfPresent(name, (n, own) -> own.corrected(by)));
    List<String> observables = model.map().observables();
    List<Reproduction> training =
        ofRuns
            ? Reproduction.of(context, model, steps, condition(prediction), prediction, system)
            : List.of();
    for (int c = 0; c < training.size(); c++) {
      Reproduction by = training.get(c);
      runs.merge(
          observables.get(c),
          SmallRuns.UNKNOWN.reproduced(by),
          (own, unknown) -> own.reproduced(by));
    }
    return runs;
  }

  Calibration calibration(Prediction prediction) {
    return calibration.at(prediction.condition());
  }

  /** The results of all conditions together ({@code deficit}: of the sum rules). */
  Evaluation evaluation(List<ConditionResult> results, double deficit) {
    return new Evaluation(
        parameter,
        model.map().observables(),
        results,
        deficit,
        model.scaling().quantities().timeUnit(),
        predictions.get(0).resampling(),
        List.of());
  }
}
