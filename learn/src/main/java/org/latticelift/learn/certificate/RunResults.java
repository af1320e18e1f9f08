package org.latticelift.learn.certificate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.learn.certificate.CorrectedEnsemble.StateRange;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.learn.ensemble.Statistics;
import org.latticelift.learn.evaluate.StageFiles;
import org.latticelift.learn.kernel.Steps;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.system.Condition;

/**
 * What a run has predicted and simulated.
 *
 * @param directory of the run
 * @param ensemble file of the predictions, whose start and horizon are used
 * @param steps of predictions
 */
record RunResults(RunDirectory directory, String ensemble, Steps steps) {
  /** Trajectories of all parameter sets together; their noise is common to what is compared. */
  private static final int MOST = 400;

  /** Steps of all trajectories: long ones say as much as many. */
  private static final double STEPS = 200_000;

  /** Trajectories of a parameter set: a kernel takes so many in hardly more time than one. */
  private static final int NARROW = 16;

  private static final int WIDE = 48;

  /** Deviations of single predicted values from their mean that are rarely passed. */
  private static final double FAR = 3;

  Path pairs() {
    return directory.file(PairsFile.NAME);
  }

  /** Whether the pairs have all variables of an equation: closure variables they have not. */
  boolean knows(SdeModel model) {
    try (PairsFile file = PairsFile.open(pairs())) {
      return file.observables().equals(model.map().observables());
    }
  }

  /** Predictions of an equation as the run has them, at the conditions that were trained. */
  List<CorrectedPrediction> predictions(SdeModel model, Streams streams) {
    List<CorrectedPrediction> predictions = new ArrayList<>();
    try (EnsembleFile file = EnsembleFile.open(directory.file(ensemble));
        PairsFile pairs = PairsFile.open(pairs())) {
      for (Condition condition : file.conditions()) {
        if (pairs.conditions().contains(condition)) {
          predictions.add(
              new CorrectedPrediction(
                  ensemble(model, file, condition, streams), pairs.mirror(), streams));
        }
      }
    }
    return predictions;
  }

  private CorrectedEnsemble ensemble(
      SdeModel model, EnsembleFile predictions, Condition condition, Streams streams) {
    int m = predictions.observables().size();
    double[] time = predictions.time(condition);
    double unit = model.scaling().timeUnit(condition.value(), false);
    double horizon = (time[time.length - 1] - time[0]) / unit;
    double wanted = Math.min(MOST, STEPS * steps.length() / horizon) / model.models().size();
    Statistics all = predictions.statistics(condition);
    double[] start = scaled(model, Arrays.copyOf(all.mean(), m));
    return new CorrectedEnsemble(
        model,
        condition,
        start,
        horizon,
        StateRange.of(Increments.states(pairs(), model, condition), start)
            .with(seen(model, all, -FAR))
            .with(seen(model, all, FAR))
            .wider(),
        steps,
        trajectories(wanted),
        streams);
  }

  /** Means of the predictions and so many of their deviations, all records one after the other. */
  private static double[] seen(SdeModel model, Statistics all, double deviations) {
    double[] value = new double[all.mean().length];
    Arrays.setAll(value, k -> all.mean()[k] + deviations * all.std()[k]);
    int m = model.map().observables().size();
    int d = model.map().independent().length;
    double[] states = new double[value.length / m * d];
    for (int r = 0; r < value.length / m; r++) {
      double[] record = scaled(model, Arrays.copyOfRange(value, r * m, (r + 1) * m));
      System.arraycopy(record, 0, states, r * d, d);
    }
    return states;
  }

  private static double[] scaled(SdeModel model, double[] observables) {
    int[] independent = model.map().independent();
    double[] scaled = new double[independent.length];
    Arrays.setAll(scaled, i -> model.scaling().toScaled(i, observables[independent[i]]));
    return scaled;
  }

  /** As many as fill vectors, of a parameter set. */
  private static int trajectories(double wanted) {
    return wanted < (NARROW + WIDE) / 2
        ? NARROW
        : WIDE * (int) Math.max(1, Math.round(wanted / WIDE));
  }

  /** Direct runs by condition, where there are some. */
  Map<String, List<TimeSeries>> direct(List<String> observables) {
    return StageFiles.direct(directory.file(TrajectoryFile.NAME), observables);
  }
}
