package org.latticelift.learn.evaluate;

import java.util.List;

/**
 * What an ensemble predicts for one condition.
 *
 * @param condition name, such as {@code T2000}
 * @param value value of the condition's parameter, such as 2000 (K)
 * @param mean ensemble mean of all observables
 * @param deviation ensemble standard deviation at the same times
 * @param modelMeans ensemble mean of each model, at the same times
 * @param lateMean late mean of each model, [models][observables]
 * @param lateDeviation late standard deviation of each model, [models][observables]
 * @param lateErrors standard error of the late mean over all models, [observables]: from the spread
 *     over models, which contains the noise of the finite ensemble, or from that noise alone where
 *     there is one model
 * @param trajectories single trajectories at the same times; empty if they were not stored
 * @param extrapolated true if the condition lies outside the trained range
 */
public record Prediction(
    String condition,
    double value,
    TimeSeries mean,
    TimeSeries deviation,
    List<TimeSeries> modelMeans,
    double[][] lateMean,
    double[][] lateDeviation,
    double[] lateErrors,
    List<TimeSeries> trajectories,
    boolean extrapolated) {

  /**
   * Late mean over all models.
   *
   * @param component observable
   * @return mean of the models' late means
   */
  public double late(int component) {
    return average(lateMean, component);
  }

  /**
   * Standard error of {@link #late}.
   *
   * @param component observable
   * @return one standard error; NaN for a single trajectory
   */
  public double lateError(int component) {
    return lateErrors[component];
  }

  /**
   * Standard deviation over the models' late means (divisor M - 1).
   *
   * @param component observable
   * @return 0 for a single model
   */
  public double modelSpread(int component) {
    int models = lateMean.length;
    if (models < 2) {
      return 0;
    }
    double mean = late(component);
    double sum = 0;
    for (double[] model : lateMean) {
      sum += (model[component] - mean) * (model[component] - mean);
    }
    return Math.sqrt(sum / (models - 1));
  }

  /**
   * Late standard deviation of a single trajectory, mean over models.
   *
   * @param component observable
   * @return same units as the observable
   */
  public double lateSpread(int component) {
    return average(lateDeviation, component);
  }

  private static double average(double[][] models, int component) {
    double sum = 0;
    for (double[] model : models) {
      sum += model[component];
    }
    return sum / models.length;
  }
}
