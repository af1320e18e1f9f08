package org.latticelift.learn.judgement;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.hipparchus.stat.descriptive.rank.Percentile;
import org.latticelift.sim.random.RandomStream;

/** Percentile intervals from resampling independent units (runs, models) with replacement. */
public final class Bootstrap {
  private static final int RESAMPLES = 500;

  private Bootstrap() {}

  /**
   * Resamples units ({@code units}: number of independent units; fewer than three give no interval;
   * {@code statistic}: a function of the chosen unit indices; resamples where it is NaN are
   * dropped); 95 % interval, or {@link Interval#NONE}.
   */
  public static Interval interval(
      int units, ToDoubleFunction<int[]> statistic, RandomStream stream) {
    if (units < 3) {
      return Interval.NONE;
    }
    double[] values = new double[RESAMPLES];
    int[] chosen = new int[units];
    for (int i = 0; i < RESAMPLES; i++) {
      Arrays.setAll(chosen, k -> stream.below(units));
      values[i] = statistic.applyAsDouble(chosen);
    }
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    if (finite.length < RESAMPLES / 2) {
      return Interval.NONE;
    }
    return central(finite, 95);
  }

  /** The middle part of some values ({@code values}: at least one; not modified). */
  public static Interval central(double[] values, double percent) {
    Percentile percentile = new Percentile();
    percentile.setData(values);
    double outside = (100 - percent) / 2;
    return new Interval(percentile.evaluate(outside), percentile.evaluate(100 - outside));
  }
}
