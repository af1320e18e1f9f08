package org.latticelift.learn.train;

import java.util.Arrays;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.sde.Quantities;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsFile;

/**
 * Chooses the scaling from the training pairs.
 *
 * <p>Time unit {@code noise}: tau(T) such that, per unit of scaled time, the variance of the
 * increments divided by kappa and averaged over the variables equals one number at every
 * temperature, the {@code level}. The level is the inverse of the pooled linear relaxation rate
 * (measured with level 1), so that the rate is about 1; with the square root of the level as fixed
 * factor of sigma, drift and diffusion entries of the networks are both about 1. All other time
 * units: level 1.
 */
final class Scalings {
  private static final double LOWEST_LEVEL = 1e-5;

  private Scalings() {}

  /** The scaling and the level, whose square root is the fixed factor of sigma. */
  record Choice(SdeScaling scaling, double level) {
    /** The same with the names and units of the pairs. */
    Choice in(Quantities quantities) {
      SdeScaling named =
          new SdeScaling(
              scaling.mean(),
              scaling.deviation(),
              scaling.condition(),
              scaling.timeUnit(),
              quantities);
      return new Choice(named, level);
    }
  }

  static Choice choose(PairSet pairs, double kappa, VariableScaling scaling, TimeUnit timeUnit) {
    double[][] offsetAndWidth = scaling.of(pairs);
    double[] offset = offsetAndWidth[0];
    double[] width = offsetAndWidth[1];
    if (timeUnit.rule() != TimeUnit.Rule.NOISE) {
      double[] unit = timeUnit.of(meanDurations(pairs));
      return new Choice(new SdeScaling(offset, width, pairs.temperature(), unit), 1);
    }
    double[] unit = noiseUnits(pairs, kappa, width);
    double level = level(pairs, unit);
    Arrays.setAll(unit, c -> unit[c] * level);
    return new Choice(new SdeScaling(offset, width, pairs.temperature(), unit), level);
  }

  private static double[] meanDurations(PairSet pairs) {
    int conditions = pairs.temperature().length;
    double[] sum = new double[conditions];
    long[] count = new long[conditions];
    for (int k = 0; k < pairs.count(); k++) {
      sum[pairs.condition()[k]] += pairs.dt()[k];
      count[pairs.condition()[k]]++;
    }
    for (int c = 0; c < conditions; c++) {
      if (count[c] < 2) {
        throw LatticeLiftException.badData(
            "There are " + count[c] + " pairs at condition " + pairs.temperature()[c],
            PairsFile.NAME,
            "at least 2 per condition",
            "Raise evolve.samples or leave that condition out");
      }
      sum[c] /= count[c];
    }
    return sum;
  }

  private static double[] noiseUnits(PairSet pairs, double kappa, double[] deviation) {
    int d = pairs.variables();
    double[] duration = meanDurations(pairs);
    double[] unit = new double[duration.length];
    for (int c = 0; c < unit.length; c++) {
      double variance = 0;
      for (int i = 0; i < d; i++) {
        variance += incrementVariance(pairs, c, i) / (deviation[i] * deviation[i] * d);
      }
      if (!(variance > 0)) {
        throw LatticeLiftException.badData(
            "No pair at condition " + pairs.temperature()[c] + " changes its variables",
            PairsFile.NAME + " " + PairColumn.Z1.path(),
            "increments with a positive variance",
            "Raise evolve.duration");
      }
      unit[c] = kappa * duration[c] / variance;
    }
    return unit;
  }

  private static double incrementVariance(PairSet pairs, int c, int i) {
    int d = pairs.variables();
    double sum = 0;
    double square = 0;
    long n = 0;
    for (int k = 0; k < pairs.count(); k++) {
      if (pairs.condition()[k] == c) {
        double x = pairs.z1()[k * d + i] - pairs.z0()[k * d + i];
        sum += x;
        square += x * x;
        n++;
      }
    }
    return square / n - (sum / n) * (sum / n);
  }

  /** Inverse of the regression slope of increments on states, pooled over variables and T. */
  private static double level(PairSet pairs, double[] unit) {
    int d = pairs.variables();
    double covariance = 0;
    double spread = 0;
    double[] z = new double[pairs.count()];
    for (int i = 0; i < d; i++) {
      double[] mean = new double[unit.length];
      double variance = 0;
      long[] n = new long[unit.length];
      for (int k = 0; k < z.length; k++) {
        z[k] = pairs.z0()[k * d + i];
        mean[pairs.condition()[k]] += z[k];
        n[pairs.condition()[k]]++;
      }
      double add = 0;
      for (int k = 0; k < z.length; k++) {
        int c = pairs.condition()[k];
        double centred = z[k] - mean[c] / n[c];
        add -= centred * (pairs.z1()[k * d + i] - z[k]);
        variance += centred * centred * pairs.dt()[k] / unit[c];
      }
      if (variance > 0) {
        covariance += add / variance;
        spread += 1;
      }
    }
    double rate = spread > 0 ? covariance / spread : 0;
    return rate > 1 ? Math.max(LOWEST_LEVEL, 1 / rate) : 1;
  }
}
