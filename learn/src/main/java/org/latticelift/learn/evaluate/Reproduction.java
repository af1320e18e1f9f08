package org.latticelift.learn.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.learn.ensemble.EnsembleConfig;
import org.latticelift.learn.ensemble.SizedEnsemble;
import org.latticelift.learn.judgement.Verdict;
import org.latticelift.learn.kernel.Steps;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.series.CommonTimes.DirectRecords;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.statistics.LateAverages;
import org.latticelift.sim.system.Condition;

/**
 * Whether the equation, at the size of the small runs, has the mean path of those that it learned
 * from. A difference beyond the intervals is one of the training, not of the size: the equation
 * then knows less than its own data.
 *
 * @param noise standard deviation of the noise of a small run over that of the large system
 * @param distance root mean square of predicted less small-system mean, until twice the time of 90
 *     % of the change
 * @param floor what finite numbers of runs and trajectories make of it
 * @param allowed the largest that passes
 */
public record Reproduction(
    @Stored(
            name = "noise",
            value = "standard deviation of the noise of a small run over that of the large system")
        double noise,
    @Stored(
            name = "distance",
            value = "root mean square of predicted less mean path of the small runs, at their size")
        double distance,
    @Stored(name = "floor", value = "what finite numbers of small runs and trajectories make of it")
        double floor,
    @Stored(name = "allowed", value = "root mean square of the combined 95 % intervals there")
        double allowed) {
  /** There are no small runs, or they are not observed. */
  public static final Reproduction UNKNOWN =
      new Reproduction(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** Of the slowest observable, after which no path is judged. */
  private static final double RELAXATIONS = 6;

  private static final int TRAJECTORIES = 16;
  private static final int RECORDS = 101;

  /**
   * Judges each observable of the small runs of a condition until equilibrium, whose time the
   * prediction for the large system says. The list is empty where the runs are not known, or have
   * not the observables of the model.
   */
  static List<Reproduction> of(
      StageContext context,
      SdeModel model,
      Steps steps,
      Condition condition,
      Prediction prediction,
      SystemEstimates system) {
    List<TimeSeries> runs = system.smallRuns(context, condition);
    int observables = model.map().observables().size();
    if (runs.size() < 2 || runs.get(0).components() != observables) {
      return List.of();
    }
    double slowest =
        IntStream.range(0, observables)
            .mapToDouble(prediction::relaxation)
            .filter(Double::isFinite)
            .max()
            .orElse(Double.POSITIVE_INFINITY);
    double length =
        runs.stream()
            .mapToDouble(run -> run.end() - run.start())
            .reduce(Math.min(prediction.mean().end(), RELAXATIONS * slowest), Math::min);
    double[] start = new double[observables];
    runs.forEach(run -> Arrays.setAll(start, c -> start[c] + run.value(0, c) / runs.size()));
    double noise = system.smallNoise();
    double unit = model.scaling().timeUnit(condition.value(), true);
    EnsembleConfig config =
        EnsembleConfig.sized(TRAJECTORIES, RECORDS, steps, start, length / unit, noise);
    SizedEnsemble sized =
        SizedEnsemble.of(model, config, condition, context.seed(), context.stop());
    return of(noise, StageFiles.sized(condition, sized, prediction.resampling()), runs);
  }

  /** Judges each observable by what is predicted at the size of the runs. */
  static List<Reproduction> of(double noise, Prediction small, List<TimeSeries> runs) {
    DirectRecords records = new DirectRecords(runs);
    LateAverages late = records.late(runs.get(0).components());
    return IntStream.range(0, runs.get(0).components())
        .mapToObj(
            c ->
                PathComparison.of(
                    small,
                    runs,
                    c,
                    late.observables().get(c).mean().mean(),
                    records.deviation(c, late),
                    Double.NaN))
        .map(path -> new Reproduction(noise, path.distance(), path.floor(), path.allowed()))
        .toList();
  }

  /** Whether the path is that of the runs, within intervals; NONE where nothing is known. */
  public Verdict verdict() {
    return Verdict.of(distance, allowed);
  }
}
