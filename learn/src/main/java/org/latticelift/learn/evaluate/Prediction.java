package org.latticelift.learn.evaluate;

import java.util.Arrays;
import java.util.List;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.evaluate.MeasuredRelaxation.RelaxationTime;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.series.TimeSeries;

/**
 * What an ensemble predicts for one condition.
 *
 * @param condition name, such as {@code T2000}
 * @param value value of the condition's parameter, such as 2000 (K)
 * @param mean ensemble mean of all observables
 * @param deviation ensemble standard deviation at the same times
 * @param halfWidth of the 95 % interval of the mean at the same times; NaN where there is none
 * @param models curves of each model at the same times
 * @param late values of each model in the second half of the times
 * @param resampling which models share their pairs
 * @param trajectories single trajectories at the same times; empty if they were not stored
 * @param extrapolated true if the condition lies outside the trained range
 */
public record Prediction(
    String condition,
    double value,
    TimeSeries mean,
    TimeSeries deviation,
    TimeSeries halfWidth,
    ModelCurves models,
    LateValues late,
    Resampling resampling,
    List<TimeSeries> trajectories,
    boolean extrapolated) {

  /**
   * Curves of single models.
   *
   * @param means over the trajectories of each model
   * @param deviations over these
   * @param trajectories of each model
   */
  public record ModelCurves(
      List<TimeSeries> means, List<TimeSeries> deviations, long trajectories) {}

  /**
   * Values of single models in the second half of the times, [models][observables].
   *
   * @param mean late mean
   * @param deviation late standard deviation
   * @param meanError standard error of the mean by the finite number of trajectories
   * @param deviationError the same of the deviation
   */
  public record LateValues(
      double[][] mean, double[][] deviation, double[][] meanError, double[][] deviationError) {}

  /** The same with single trajectories, perhaps outside the trained range. */
  Prediction with(List<TimeSeries> kept, boolean outside) {
    return new Prediction(
        condition, value, mean, deviation, halfWidth, models, late, resampling, kept, outside);
  }

  /** Late mean over all models. */
  public double lateMean(int component) {
    return average(late.mean(), component);
  }

  /** How sure {@link #lateMean} is. */
  public Uncertainty lateMeanUncertainty(int component) {
    return Uncertainty.of(
        column(late.mean(), component), column(late.meanError(), component), resampling);
  }

  /**
   * Late standard deviation of a single trajectory, mean over models; same units as the observable.
   */
  public double lateDeviation(int component) {
    return average(late.deviation(), component);
  }

  /** How sure {@link #lateDeviation} is. */
  public Uncertainty lateDeviationUncertainty(int component) {
    return Uncertainty.of(
        column(late.deviation(), component), column(late.deviationError(), component), resampling);
  }

  /** From the noise of the trajectories of each model and the spread of models at that time. */
  public Uncertainty uncertainty(double time, int component) {
    double[] at = {time};
    return Uncertainty.of(
        models.means().stream().mapToDouble(each -> each.at(at, component)[0]).toArray(),
        models.deviations().stream()
            .mapToDouble(each -> each.at(at, component)[0])
            .map(deviation -> deviation / Math.sqrt(models.trajectories() - 1.0))
            .toArray(),
        resampling);
  }

  /**
   * Time in which the mean goes 1 - 1/e of its way (AL-130); NaN where the way is not clear of its
   * error.
   */
  public double relaxation(int component) {
    double end = lateMean(component);
    double noise = lateMeanUncertainty(component).error();
    return MeasuredRelaxation.of(mean, component, end, noise);
  }

  /**
   * When the ensemble mean reaches a level for the first time, after the first record; NaN where it
   * never does.
   */
  double crossing(int component, double level) {
    return RelaxationTime.of(mean, component, level, 1);
  }

  /** How sure {@link #crossing} is; its sources; unknown where a model never reaches the level. */
  Uncertainty crossingUncertainty(int component, double level) {
    double[] levels = new double[late.mean().length];
    Arrays.fill(levels, level);
    return timeUncertainty(component, levels, 1);
  }

  /**
   * How sure {@link #relaxation} is; its sources; unknown where it is, or where a model has none.
   */
  public Uncertainty relaxationUncertainty(int component) {
    return Double.isNaN(relaxation(component))
        ? Uncertainty.UNKNOWN
        : timeUncertainty(component, column(late.mean(), component), RelaxationTime.SHARE);
  }

  /** Of the times in which each model makes a share of its way to an end. */
  private Uncertainty timeUncertainty(int component, double[] ends, double share) {
    double[] times = new double[ends.length];
    double[] noise = new double[ends.length];
    for (int k = 0; k < ends.length; k++) {
      times[k] = RelaxationTime.of(models.means().get(k), component, ends[k], share);
      noise[k] = relaxationNoise(k, component, times[k]);
    }
    return Arrays.stream(times).allMatch(Double::isFinite)
        ? Uncertainty.of(times, noise, resampling)
        : Uncertainty.UNKNOWN;
  }

  /**
   * Noise of the mean where it crosses the level, over the slope there: that of a straight line
   * from half the time to one and a half times it, which has little noise of its own.
   */
  private double relaxationNoise(int model, int component, double time) {
    if (!(time > 0) || models.trajectories() < 2) {
      return Double.NaN;
    }
    TimeSeries curve = models.means().get(model);
    double at = curve.start() + time;
    double[] around = {at - time / 2, Math.min(at + time / 2, curve.end())};
    double[] values = curve.at(around, component);
    double slope = Math.abs(values[1] - values[0]) / (around[1] - around[0]);
    double deviation = models.deviations().get(model).at(new double[] {at}, component)[0];
    return deviation / Math.sqrt(models.trajectories() - 1.0) / slope;
  }

  private static double average(double[][] values, int component) {
    return Arrays.stream(column(values, component)).average().orElseThrow();
  }

  private static double[] column(double[][] values, int component) {
    return Arrays.stream(values).mapToDouble(model -> model[component]).toArray();
  }
}
