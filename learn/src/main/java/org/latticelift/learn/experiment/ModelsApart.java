package org.latticelift.learn.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.evaluate.Bootstrap;
import org.latticelift.learn.sde.Resampling;

/**
 * The trajectories of a prediction model by model, for numbers whose interval is that of models of
 * other data (EX-31), not of more trajectories of the same models. Models lie apart, which is no
 * fluctuation of the system: what fluctuates (deviation, susceptibility, cumulant) is measured in
 * each model, and the number is the mean over models.
 *
 * @param curves for each model one for each initial state
 * @param resampling which models share their pairs
 */
record ModelsApart(List<List<Curves>> curves, Resampling resampling) {
  /** Half of a 95 % interval in standard errors. */
  private static final double ERRORS = 1.96;

  /**
   * Measures a number in each model.
   *
   * @param quantity of trajectories, with the interval of resampled ones
   * @param pooled the same of all trajectories, whose interval is left where models have no pairs
   *     of their own
   * @return the mean over models; {@code pooled} of a single one
   */
  Measured measured(Function<List<Curves>, Measured> quantity, Measured pooled) {
    if (curves.size() == 1) {
      return pooled;
    }
    OfModels own = each(quantity);
    double mean = Arrays.stream(own.values()).filter(Double::isFinite).average().orElse(Double.NaN);
    double half = Uncertainty.of(own.values(), own.noise(), resampling).halfWidth();
    half = Double.isNaN(half) ? halfWidth(pooled) : half;
    return Measured.whole(mean, new Bootstrap.Interval(mean - half, mean + half)).with(own);
  }

  /** A number by each model alone. */
  OfModels each(Function<List<Curves>, Measured> quantity) {
    List<Measured> own = curves.stream().map(quantity).toList();
    return new OfModels(
        own.stream().mapToDouble(Measured::value).toArray(),
        own.stream().mapToDouble(m -> halfWidth(m) / ERRORS).toArray(),
        resampling);
  }

  private static double halfWidth(Measured measured) {
    return (measured.interval().upper() - measured.interval().lower()) / 2;
  }
}
