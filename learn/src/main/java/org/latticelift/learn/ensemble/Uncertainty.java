package org.latticelift.learn.ensemble;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.sim.statistics.StudentQuantile;

/**
 * How sure a predicted number is, and why it is not surer (EX-30, EX-31). What cannot be told is
 * NaN. Models of equal data count as one where the data make models differ, so with w_r the share
 * of the models that has resample r and W the sum of w_r^2 (1/J where none is repeated) the
 * variance of a model is s^2 = sum (x - mean)^2 / (J (1 - W)), that of their mean s^2 W, and the
 * degrees of freedom are those of the R resamples. The intervals hold the truth in 95 % where the
 * data alone make models differ, and in more where the training does, which is counted whole. The
 * noise of finite ensembles is in the spread of the models too, but its size is known, so it is
 * taken off there and counted once.
 *
 * @param error sqrt(s^2 (1 + W) + sigma_mc^2), from s^2 less the noise of trajectories; sigma_mc
 *     alone for one model
 * @param halfWidth of the 95 % interval, t(0.975, R - 1) times the error; NaN unless models have
 *     pairs of their own, since a spread without the noise of the data is none
 * @param ensemble sigma_mc: standard error of the mean over models from the finite number of
 *     trajectories
 * @param model sigma_model: standard deviation of a model among models of the same pairs
 * @param data sigma_data: standard deviation of a model for other small runs and pairs
 */
public record Uncertainty(
    @Stored("standard error of the {}") double error,
    @Stored(value = "half of the 95 % interval of the {}", title = "+- 95 %") double halfWidth,
    @Stored(name = "sigma_mc", value = "error of the {} by the finite ensemble", title = "mc")
        double ensemble,
    @Stored(
            name = "sigma_model",
            value = "deviation of the {} between models of the same pairs",
            title = "model")
        double model,
    @Stored(
            name = "sigma_data",
            value = "deviation of the {} by the data of the models",
            title = "data")
        double data) {
  /** Of a number that is not known. */
  public static final Uncertainty UNKNOWN =
      new Uncertainty(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /** Of the variance over models, for what makes them differ beside their trajectories. */
  private static final double LEAST = 0.25;

  /**
   * From the values of the models. Those that are not finite, of models whose trajectories have all
   * diverged, are left out.
   *
   * @param values the number by each of J models
   * @param noise standard error of each by the model's trajectories; NaN for a single trajectory,
   *     whose noise the spread over models holds too
   */
  public static Uncertainty of(double[] values, double[] noise, Resampling resampling) {
    int[] finite =
        IntStream.range(0, values.length).filter(k -> Double.isFinite(values[k])).toArray();
    if (finite.length == 0) {
      return UNKNOWN;
    }
    return ofFinite(
        Arrays.stream(finite).mapToDouble(k -> values[k]).toArray(),
        Arrays.stream(finite).mapToDouble(k -> noise[k]).toArray(),
        Arrays.stream(finite).map(k -> resampling.resample()[k]).toArray(),
        resampling.resampled());
  }

  private static Uncertainty ofFinite(
      double[] values, double[] noise, int[] resample, boolean resampled) {
    int models = values.length;
    double ensemble = Math.sqrt(Arrays.stream(noise).map(x -> x * x).sum()) / models;
    if (models == 1) {
      return new Uncertainty(ensemble, Double.NaN, ensemble, Double.NaN, Double.NaN);
    }
    double own = Double.isNaN(ensemble) ? 0 : ensemble * ensemble;
    Map<Integer, double[]> parts = parts(values, resample);
    if (!resampled || parts.size() == 1) {
      double variance = variance(values);
      double error = Math.sqrt(without(variance, models * own) * (1 + 1.0 / models) + own);
      return new Uncertainty(error, Double.NaN, ensemble, Math.sqrt(variance), Double.NaN);
    }
    double shares =
        parts.values().stream().mapToDouble(p -> p.length * p.length).sum() / models / models;
    double variance = variance(values) * (models - 1) / (models * (1 - shares));
    double error = Math.sqrt(without(variance, models * own) * (1 + shares) + own);
    double model = within(parts);
    return new Uncertainty(
        error,
        StudentQuantile.of(parts.size() - 1.0) * error,
        ensemble,
        Math.sqrt(model),
        data(parts, model));
  }

  /**
   * The variance of a model less the mean square of its own noise. A variance of eight numbers is
   * uncertain by half of it, so at least a quarter is left.
   */
  private static double without(double variance, double noise) {
    return Math.max(variance - noise, LEAST * variance);
  }

  private static Map<Integer, double[]> parts(double[] values, int[] resample) {
    Map<Integer, double[]> parts = new TreeMap<>();
    for (int k = 0; k < values.length; k++) {
      double value = values[k];
      parts.merge(
          resample[k],
          new double[] {value},
          (a, b) -> {
            double[] both = Arrays.copyOf(a, a.length + 1);
            both[a.length] = value;
            return both;
          });
    }
    return parts;
  }

  /** Pooled variance of models of the same pairs. */
  private static double within(Map<Integer, double[]> parts) {
    double sum = 0;
    int degrees = 0;
    for (double[] part : parts.values()) {
      if (part.length > 1) {
        sum += variance(part) * (part.length - 1);
        degrees += part.length - 1;
      }
    }
    return degrees == 0 ? Double.NaN : sum / degrees;
  }

  /** The variance between resamples has the share of the training that their means have. */
  private static double data(Map<Integer, double[]> parts, double within) {
    double[] means = parts.values().stream().mapToDouble(Uncertainty::mean).toArray();
    double share = parts.values().stream().mapToDouble(p -> 1.0 / p.length).average().orElseThrow();
    return Math.sqrt(Math.max(0, variance(means) - share * within));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  /** With divisor n - 1. */
  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }
}
