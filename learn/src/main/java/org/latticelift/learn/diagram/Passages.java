package org.latticelift.learn.diagram;

import java.util.Arrays;
import org.latticelift.learn.ensemble.PredictedPath;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.evaluate.RelaxationTime;
import org.latticelift.learn.evaluate.TimeSeries;
import org.latticelift.learn.sde.Resampling;

/** Reads the way to the stationary state off a prediction at a fixed condition. */
final class Passages {
  /**
   * A mean is equilibrated if both halves of its last third differ by no more than this share of
   * the way, or by no more than {@link #SIGNIFICANT} half widths of the 95 % interval of that
   * difference.
   */
  private static final double SETTLED = 0.002;

  private static final double SIGNIFICANT = 1.5;

  /** Where no interval is known, standard errors of a mean at one time. */
  private static final double NOISE = 3;

  private final PredictedPath path;
  private final int m;
  private final int models;
  private final int perModel;
  private final Resampling resampling;

  /**
   * @param path at a fixed condition
   * @param m number of observables
   * @param perModel trajectories of each model
   */
  Passages(PredictedPath path, int m, int perModel, Resampling resampling) {
    this.path = path;
    this.m = m;
    this.perModel = perModel;
    this.models = path.modelMean().length / path.mean().length;
    this.resampling = resampling;
  }

  Passage of(int component) {
    double[] mean = column(path.mean(), 0, component);
    double start = mean[0];
    double late = late(mean);
    double noise =
        path.deviation()[path.deviation().length - m + component]
            / Math.sqrt((double) models * perModel);
    double[] lates = new double[models];
    double[] changes = new double[models];
    double[][] times = new double[Passage.SHARES.length][models];
    for (int k = 0; k < models; k++) {
      double[] own = column(path.modelMean(), k * path.mean().length, component);
      lates[k] = late(own);
      changes[k] = change(own);
      for (int i = 0; i < times.length; i++) {
        times[i][k] = crossing(own, lates[k], Passage.SHARES[i]);
      }
    }
    double chance = halfWidth(changes);
    double allowed = Double.isNaN(chance) ? NOISE * noise : SIGNIFICANT * chance;
    boolean equilibrated =
        Math.abs(change(mean)) <= Math.max(SETTLED * Math.abs(late - start), allowed);
    boolean clear = equilibrated && RelaxationTime.measurable(start, late, noise);
    double[] time = new double[times.length];
    double[] halfWidth = new double[times.length];
    for (int i = 0; i < times.length; i++) {
      time[i] = clear ? crossing(mean, late, Passage.SHARES[i]) : Double.NaN;
      halfWidth[i] = clear ? halfWidth(times[i]) : Double.NaN;
    }
    return new Passage(start, late, halfWidth(lates), time, halfWidth, equilibrated);
  }

  private double halfWidth(double[] values) {
    double[] included = new double[values.length]; // the spread of models holds the noise, too
    return Uncertainty.of(values, included, resampling).halfWidth();
  }

  private double crossing(double[] curve, double late, double share) {
    return RelaxationTime.of(new TimeSeries(path.time(), curve, 1), 0, late, share);
  }

  private static double late(double[] curve) {
    int n = curve.length;
    return Arrays.stream(curve, n * 2 / 3, n).average().orElseThrow();
  }

  /** Within the last third. */
  private static double change(double[] curve) {
    int n = curve.length;
    int middle = n * 5 / 6;
    return Arrays.stream(curve, middle, n).average().orElseThrow()
        - Arrays.stream(curve, n * 2 / 3, middle).average().orElseThrow();
  }

  private double[] column(double[] curves, int from, int component) {
    double[] column = new double[path.time().length];
    Arrays.setAll(column, r -> curves[from + r * m + component]);
    return column;
  }
}
