package org.latticelift.learn.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.evaluate.Bootstrap;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.sim.system.Condition;

/**
 * Late mean and deviation of an observable by each model of a prediction, pooled over initial
 * states (CW-62). Models lie apart, which is no fluctuation of the system: the deviation is the
 * root mean square of theirs, and the interval is that of models of other data (EX-31), not of more
 * trajectories of the same models.
 *
 * @param mean late means by initial state and model
 * @param deviation of single values
 * @param meanError of the means by the trajectories, which initial states share
 * @param deviationError the same of the deviations
 * @param resampling which models share their pairs
 */
record LateOfModels(
    double[][] mean,
    double[][] deviation,
    double[][] meanError,
    double[][] deviationError,
    Resampling resampling) {

  /** Of predictions at one condition, one for each initial state. */
  static LateOfModels of(List<EnsembleFile> starts, int component) {
    List<double[]> mean = new ArrayList<>();
    List<double[]> deviation = new ArrayList<>();
    List<double[]> meanError = new ArrayList<>();
    List<double[]> deviationError = new ArrayList<>();
    for (EnsembleFile file : starts) {
      Condition condition = file.conditions().get(0);
      mean.add(column(file.lateMean(condition), component));
      deviation.add(column(file.lateDeviation(condition), component));
      meanError.add(column(file.lateMeanError(condition), component));
      deviationError.add(column(file.lateDeviationError(condition), component));
    }
    return new LateOfModels(
        mean.toArray(double[][]::new),
        deviation.toArray(double[][]::new),
        meanError.toArray(double[][]::new),
        deviationError.toArray(double[][]::new),
        starts.get(0).resampling());
  }

  private static double[] column(double[][] rows, int component) {
    return Arrays.stream(rows).mapToDouble(row -> row[component]).toArray();
  }

  /**
   * The mean.
   *
   * @param pooled of all trajectories, with the interval of these: what is left for models without
   *     an interval
   */
  Measured mean(Measured pooled) {
    double half = halfWidth(models(this::mean), models(q -> over(meanError, q)));
    return around(pooled.value(), half, pooled);
  }

  /**
   * The deviation.
   *
   * @param pooled as for the mean
   */
  Measured deviation(Measured pooled) {
    double[] all = models(this::deviation);
    double square =
        Arrays.stream(all).filter(Double::isFinite).map(x -> x * x).average().orElse(Double.NaN);
    return around(Math.sqrt(square), halfWidth(all, models(q -> over(deviationError, q))), pooled);
  }

  private static Measured around(double value, double half, Measured pooled) {
    Bootstrap.Interval interval = pooled.interval();
    if (Double.isNaN(half)) {
      half = (interval.upper() - interval.lower()) / 2;
    }
    return Measured.whole(value, new Bootstrap.Interval(value - half, value + half));
  }

  private double halfWidth(double[] values, double[] noise) {
    return Uncertainty.of(values, noise, resampling).halfWidth();
  }

  private double[] models(IntToDoubleFunction of) {
    return IntStream.range(0, mean[0].length).mapToDouble(of).toArray();
  }

  private double mean(int model) {
    return over(mean, model);
  }

  /** Of the values from all initial states together. */
  private double deviation(int model) {
    double square = 0;
    for (int s = 0; s < mean.length; s++) {
      square += deviation[s][model] * deviation[s][model] + mean[s][model] * mean[s][model];
    }
    double centre = mean(model);
    return Math.sqrt(Math.max(0, square / mean.length - centre * centre));
  }

  private double over(double[][] values, int model) {
    return Arrays.stream(values).mapToDouble(start -> start[model]).average().orElse(Double.NaN);
  }
}
