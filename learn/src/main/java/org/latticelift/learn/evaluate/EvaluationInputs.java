package org.latticelift.learn.evaluate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.learn.evaluate.AveragesTable.SmallRuns;
import org.latticelift.learn.evaluate.Calibration.PairCalibration;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.simulate.SimulateStage;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.system.Condition;

/**
 * The files that an evaluation reads.
 *
 * @param model the equation
 * @param parameter name of the varied parameter
 * @param resampling which models share their training samples
 * @param predictions ascending in the condition
 * @param direct direct runs by condition; empty without direct simulation
 * @param small results of the small runs by condition and observable; empty where there are none
 * @param calibrations of the equation by condition
 */
record EvaluationInputs(
    SdeModel model,
    String parameter,
    Resampling resampling,
    List<Prediction> predictions,
    Map<String, List<TimeSeries>> direct,
    Map<String, Map<String, SmallRuns>> small,
    Map<String, Calibration> calibrations) {

  /** Names of the files that have to be there ({@code events}: whether times of events count). */
  static List<String> names(String pairs, boolean events) {
    Stream<String> names = Stream.of(ModelFile.NAME, EnsembleFile.NAME, pairs);
    return (events ? Stream.concat(names, Stream.of(SnapshotsFile.NAME)) : names).toList();
  }

  /** Reads all of them ({@code pairs}: name of the file of training samples). */
  static EvaluationInputs read(StageContext context, String pairs) {
    SdeModel model = ModelFile.read(context.file(ModelFile.NAME));
    List<String> observables = model.map().observables();
    double[] conditions = model.scaling().condition();
    double[] range = {conditions[0], conditions[conditions.length - 1]};
    try (EnsembleFile ensemble = EnsembleFile.open(context.file(EnsembleFile.NAME));
        PairsFile trained = PairsFile.open(context.file(pairs))) {
      requireSame(ensemble.observables(), observables, ensemble.file());
      requireSame(trained.observables(), observables, trained.file());
      Path averages = context.file(SimulateStage.AVERAGES);
      return new EvaluationInputs(
          model,
          trained.parameter(),
          ensemble.resampling(),
          StageFiles.predictions(ensemble, range),
          StageFiles.direct(context.file(TrajectoryFile.NAME), observables),
          Files.exists(averages) ? AveragesTable.observables(averages) : Map.of(),
          PairCalibration.of(trained, model));
    }
  }

  private static void requireSame(List<String> found, List<String> observables, Path file) {
    if (!found.equals(observables)) {
      throw LatticeLiftException.badData(
          "the observables " + found + " are not those of the model",
          file.toString(),
          "the observables " + observables,
          "Run the stages after train again");
    }
  }

  /** The provenance of results that are made from them. */
  static Provenance provenance(StageContext context, String pairs) {
    Provenance provenance = context.provenance();
    for (String input :
        List.of(
            EnsembleFile.NAME,
            ModelFile.NAME,
            pairs,
            TrajectoryFile.NAME,
            SimulateStage.AVERAGES)) {
      if (Files.exists(context.file(input))) {
        provenance = provenance.withInput(context.file(input));
      }
    }
    return provenance;
  }

  Condition condition(Prediction prediction) {
    return new Condition(prediction.condition(), parameter, prediction.value());
  }

  /** The direct runs of a condition; none without direct simulation. */
  List<TimeSeries> direct(Prediction prediction) {
    return direct.getOrDefault(prediction.condition(), List.of());
  }

  Map<String, SmallRuns> small(Prediction prediction) {
    return small.getOrDefault(prediction.condition(), Map.of());
  }

  Calibration calibration(Prediction prediction) {
    return calibrations.getOrDefault(prediction.condition(), Calibration.NONE);
  }
}
