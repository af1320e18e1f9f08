package org.latticelift.learn.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.evaluate.StageFiles;
import org.latticelift.learn.experiment.Measured.OfModels;
import org.latticelift.learn.judgement.Interval;
import org.latticelift.learn.sde.ClosureNames;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.system.Condition;

/**
 * The runs of an experiment as their files have them: predictions from each initial state, and the
 * direct runs that each is compared with.
 *
 * @param starts names of the initial states
 * @param root folder of the experiment
 * @param runs what is known of each run, by its folder
 * @param byIndex whether records of equal number are compared, or of equal time
 */
record ExperimentRuns(
    List<String> starts, Path root, Map<Path, ComparedRun> runs, boolean byIndex) {

  ComparedRun of(Path folder) {
    return runs.get(folder);
  }

  String firstStart() {
    return starts.get(0);
  }

  List<Curves> truths(Path folder) {
    return starts.stream().map(start -> Curves.of(direct(folder, start))).toList();
  }

  /** Records of a prediction that all direct runs have too. */
  int common(Curves curves, List<TimeSeries> runs) {
    int records = 0;
    for (double time : curves.time()) {
      int index = records;
      boolean covered =
          runs.stream()
              .allMatch(run -> byIndex ? index < run.length() : time <= run.end() * (1 + 1e-9));
      if (!covered) {
        break;
      }
      records++;
    }
    if (records < 2) {
      throw LatticeLiftException.badData(
          "predictions and direct runs have no times in common",
          root.toString(),
          "direct.duration as long as ensemble.horizon",
          "Change one of them");
    }
    return records;
  }

  /** No trajectories where all have diverged. */
  static Curves predicted(Path folder, String start) {
    try (EnsembleFile file = EnsembleFile.open(prediction(folder, start))) {
      Condition condition = file.conditions().get(0);
      List<TimeSeries> trajectories = StageFiles.trajectories(file, condition);
      if (!trajectories.isEmpty()) {
        return Curves.of(trajectories);
      }
      if (file.diverged(condition) < 1) {
        throw LatticeLiftException.badData(
            "trajectories were not kept",
            "ensemble.keep_trajectories",
            "true in an experiment",
            "Set it");
      }
      return new Curves(file.time(condition), file.observables().size(), new double[0][]);
    }
  }

  /** Name of the row of the direct runs that a run is compared with. */
  String truthRow(Path folder) {
    return root.relativize(of(folder).truth()).getName(0).toString();
  }

  Path truthOf(Path folder, String start) {
    return of(folder).truth().resolve(start).resolve(TrajectoryFile.NAME);
  }

  List<TimeSeries> direct(Path folder, String start) {
    try (TrajectoryFile file = TrajectoryFile.open(truthOf(folder, start))) {
      return StageFiles.direct(file, file.observables()).values().iterator().next();
    }
  }

  /** What direct runs record, without closures. */
  List<String> observables(Path folder, String start) {
    try (TrajectoryFile file = TrajectoryFile.open(truthOf(folder, start))) {
      return file.observables().stream().filter(name -> !ClosureNames.isClosure(name)).toList();
    }
  }

  /** Share of diverged trajectories by initial state. */
  double[] divergedShares(Path folder) {
    return starts.stream()
        .mapToDouble(
            start -> {
              try (EnsembleFile file = EnsembleFile.open(prediction(folder, start))) {
                return file.diverged(file.conditions().get(0));
              }
            })
        .toArray();
  }

  /** The predictions from all initial states by model, without closures. */
  ModelsApart models(Path folder) {
    List<List<Curves>> models = new ArrayList<>();
    Resampling resampling = null;
    for (String start : starts) {
      int m = observables(folder, start).size();
      Curves all = predicted(folder, start).observables(m);
      try (EnsembleFile file = EnsembleFile.open(prediction(folder, start))) {
        int[] counts = file.trajectoriesOfModels(file.conditions().get(0));
        resampling = file.resampling();
        int first = 0;
        for (int model = 0; model < counts.length; model++) {
          if (model == models.size()) {
            models.add(new ArrayList<>());
          }
          models.get(model).add(all.part(first, counts[model]));
          first += counts[model];
        }
      }
    }
    return new ModelsApart(models, resampling);
  }

  static Path prediction(Path folder, String start) {
    return folder.resolve(predictions(start));
  }

  /** Name of the file of predictions from an initial state, in the folder of a run. */
  static String predictions(String start) {
    return "ensemble-" + start + ".h5";
  }

  /**
   * The trajectories of a prediction model by model, for numbers whose interval is that of models
   * of other data (EX-31), not of more trajectories of the same models. Models lie apart, which is
   * no fluctuation of the system: what fluctuates (deviation, susceptibility, cumulant) is measured
   * in each model, and the number is the mean over models.
   *
   * @param curves for each model one for each initial state
   * @param resampling which models share their pairs
   */
  record ModelsApart(List<List<Curves>> curves, Resampling resampling) {
    /** Half of a 95 % interval in standard errors. */
    private static final double ERRORS = 1.96;

    /**
     * Measures a number in each model ({@code quantity}: of trajectories, with the interval of
     * resampled ones; {@code pooled}: the same of all trajectories, whose interval is left where
     * models have no pairs of their own); the mean over models; {@code pooled} of a single one.
     */
    Measured measured(Function<List<Curves>, Measured> quantity, Measured pooled) {
      if (curves.size() == 1) {
        return pooled;
      }
      OfModels own = each(quantity);
      double mean =
          Arrays.stream(own.values()).filter(Double::isFinite).average().orElse(Double.NaN);
      double half = Uncertainty.of(own.values(), own.noise(), resampling).halfWidth();
      half = Double.isNaN(half) ? pooled.interval().half() : half;
      return Measured.whole(mean, Interval.about(mean, half)).with(own);
    }

    OfModels each(Function<List<Curves>, Measured> quantity) {
      List<Measured> own = curves.stream().map(quantity).toList();
      return new OfModels(
          own.stream().mapToDouble(Measured::value).toArray(),
          own.stream().mapToDouble(m -> m.interval().half() / ERRORS).toArray(),
          resampling);
    }
  }
}
