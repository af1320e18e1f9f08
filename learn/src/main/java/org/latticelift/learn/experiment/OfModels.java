package org.latticelift.learn.experiment;

import java.util.Arrays;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.evaluate.Bootstrap;
import org.latticelift.learn.sde.Resampling;

/**
 * A number by each model of a prediction. Models of two variants that were trained on the same
 * parts of the data are compared in pairs: what the data do to both drops out.
 *
 * @param values of the models
 * @param noise standard error of each by its trajectories
 * @param resampling which part of the data each was trained on
 */
record OfModels(double[] values, double[] noise, Resampling resampling) {
  /** Whether models of equal number had equal parts of the data, which differ among models. */
  boolean pairedWith(OfModels other) {
    return resampling.resampled()
        && other.resampling.resampled()
        && Arrays.equals(resampling.resample(), other.resampling.resample());
  }

  /**
   * The difference to those of another variant.
   *
   * @return mean over the models, and its 95 % interval for other data and trainings (EX-31)
   */
  Measured minus(OfModels other) {
    double[] differences = new double[values.length];
    double[] errors = new double[values.length];
    Arrays.setAll(differences, k -> values[k] - other.values[k]);
    Arrays.setAll(errors, k -> Math.hypot(noise[k], other.noise[k]));
    double mean = Arrays.stream(differences).filter(Double::isFinite).average().orElse(Double.NaN);
    double half = Uncertainty.of(differences, errors, resampling).halfWidth();
    return Measured.whole(mean, new Bootstrap.Interval(mean - half, mean + half));
  }
}
