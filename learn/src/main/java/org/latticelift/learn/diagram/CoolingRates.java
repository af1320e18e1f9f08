package org.latticelift.learn.diagram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.learn.ensemble.PredictedPath;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.evaluate.MeasuredRelaxation.RelaxationTime;
import org.latticelift.learn.judgement.Verdict;
import org.latticelift.learn.predict.Records.Clocks;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.schedule.Piece;
import org.latticelift.sim.schedule.Schedule;

/**
 * Even coolings between two conditions, from so fast that nothing follows to so slow that order
 * follows down to the lowest condition. Their lengths are geometric. What is long forgotten is left
 * out: a cooling begins, in the state that belongs there, where the rest of it takes a few hundred
 * time units of the model, as a slow one would spend nearly all of its time hot.
 */
final class CoolingRates {
  /** Time units of the model that the fastest cooling takes. */
  private static final double FASTEST = 0.1;

  /** Time units that the slowest cooling has wherever its pace changes by a factor of e. */
  private static final double SETTLED = 3;

  /** Time units before the end that are predicted; maps take 30 for the way to the late state. */
  private static final double REMEMBERED = 200;

  private static final double PIECES = 500;

  private final SdeScaling scaling;
  private final Clocks clocks;
  private final double hot;
  private final double cold;

  CoolingRates(SdeScaling scaling, Clocks clocks) {
    this.scaling = scaling;
    this.clocks = clocks;
    this.cold = scaling.condition()[0];
    this.hot = scaling.condition()[scaling.condition().length - 1];
  }

  /** Lengths in the clock of schedules, ascending. */
  List<Double> lengths(int count) {
    double fastest = fastest();
    double slowest = Math.max(slowest(), fastest);
    List<Double> lengths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lengths.add(fastest * Math.pow(slowest / fastest, i / (count - 1.0)));
    }
    return lengths;
  }

  private double fastest() {
    // A unit of the hottest condition, in which every clock has numbers of a fair size.
    double first = 1 / pace(hot);
    Schedule schedule = clocks.simulated(Schedule.slope(hot, cold, first));
    return first * FASTEST / schedule.pieces(change()).stream().mapToDouble(this::units).sum();
  }

  /** Everywhere slow enough: within the range in which the pace changes by e, or the whole one. */
  private double slowest() {
    double slowest = 0;
    double step = change();
    for (int i = 0; i < PIECES; i++) {
      double value = cold + i * step;
      double here = pace(value);
      double changes = Math.abs(Math.log(pace(Math.min(hot, value + step)) / here)) / step;
      double range = Math.min(1 / changes, hot - cold);
      slowest = Math.max(slowest, SETTLED * (hot - cold) / range / here);
    }
    return slowest;
  }

  /** Time units of the model in a unit of time of schedules. */
  private double pace(double value) {
    double ratio = clocks.real() ? clocks.realTime().orElseThrow().ratio(value) : 1;
    return 1 / (ratio * scaling.timeUnit(value, false));
  }

  private double change() {
    return (hot - cold) / PIECES;
  }

  /** What counts of a cooling of this length, in simulated time. */
  Schedule schedule(double length) {
    Schedule whole = clocks.simulated(Schedule.slope(hot, cold, length));
    List<Piece> pieces = whole.pieces(change());
    double units = 0;
    int from = pieces.size();
    while (from > 0 && units < REMEMBERED) {
      from--;
      units += units(pieces.get(from));
    }
    if (from == 0) {
      return whole;
    }
    double start = whole.value(pieces.get(from).start());
    return clocks.simulated(Schedule.slope(start, cold, length * (start - cold) / (hot - cold)));
  }

  double rate(double length) {
    return (hot - cold) / length;
  }

  /** Time units of the model that a piece takes. */
  private double units(Piece piece) {
    return piece.length() / scaling.timeUnit(piece.value(), false);
  }

  /** Reads the way to the stationary state off a prediction at a fixed condition. */
  static final class Passages {
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
          Verdict.of(change(mean), Math.max(SETTLED * Math.abs(late - start), allowed))
              == Verdict.OK;
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
}
