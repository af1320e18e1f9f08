package org.latticelift.learn.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.learn.evaluate.MeasuredRelaxation.RelaxationTime;
import org.latticelift.learn.judgement.Verdict;
import org.latticelift.learn.series.CommonTimes;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.statistics.StudentQuantile;

/**
 * One observable on its path from the start to equilibrium (EX-58): the times in which parts of the
 * way are made, and how far prediction and direct runs are apart meanwhile. Both times are those of
 * the levels of the direct runs, so that a late mean that is off does not move them; the distance
 * is that until twice the time of 90 %. Without direct runs the levels are those of the prediction.
 * What is not available is NaN.
 *
 * @param start mean of the initial states, from which changes are counted, of prediction and direct
 *     runs alike
 * @param half of the way
 * @param threeQuarters of it
 * @param ninety per cent of it
 * @param distance root mean square of predicted less direct mean over the common records
 * @param floor what the finite numbers of direct runs and trajectories make of it
 * @param allowed the largest that passes: root mean square of the combined 95 % intervals
 * @param passed {@link Verdict#code} of all three times and the distance
 */
public record PathComparison(
    @Stored(name = "path_start", value = "mean of initial states, from which changes are counted")
        double start,
    @Stored(name = "t50", value = "half", units = "{time}") Crossing half,
    @Stored(name = "t75", value = "three quarters", units = "{time}") Crossing threeQuarters,
    @Stored(name = "t90", value = "90 %", units = "{time}") Crossing ninety,
    @Stored(
            name = "path_distance",
            value = "root mean square of predicted less direct mean until twice direct_t90")
        double distance,
    @Stored(
            name = "path_floor",
            value = "what finite numbers of direct runs and trajectories make of it")
        double floor,
    @Stored(name = "path_allowed", value = "root mean square of the combined 95 % intervals there")
        double allowed,
    @Stored(
            name = "path_passed",
            value =
                "1 where these times and the distance agree within intervals, 0 where not, -1 not"
                    + " compared",
            optional = true)
        double passed) {
  private static final PathComparison NONE =
      new PathComparison(
          Double.NaN,
          Crossing.NONE,
          Crossing.NONE,
          Crossing.NONE,
          Double.NaN,
          Double.NaN,
          Double.NaN,
          Verdict.NONE.code());

  /** A prediction that begins so much of the way, and so many errors, off has another path. */
  private static final double ELSEWHERE = 0.1;

  private static final double ERRORS = 5;

  private static final double HALF = 0.5;
  private static final double THREE_QUARTERS = 0.75;
  private static final double NINETY = 0.9;

  /** Part of the change on both sides of a level over which the slope of a path is taken. */
  private static final double NEAR = 0.05;

  /** The distance is taken over so many times of 90 %. */
  private static final double LONG = 2;

  /**
   * When a level is reached for the first time.
   *
   * @param level value of the observable
   * @param predicted by the ensemble mean; infinite where it is never reached
   * @param predictedHalfWidth of its 95 % interval
   * @param direct by the mean of the direct runs
   * @param directHalfWidth of its 95 % interval, by leaving out one run at a time, and at least
   *     what the noise of their mean is where the predicted path is as steep
   */
  public record Crossing(
      @Stored(name = "level_{}", value = "value of the observable at {} of the change")
          double level,
      @Stored(
              name = "predicted_{}",
              value =
                  "time after which {} of the change of the direct runs is reached, predicted;"
                      + " infinite: never")
          double predicted,
      @Stored(
              name = "predicted_{}_half_width",
              value = "half of the 95 % interval of predicted_{name}")
          double predictedHalfWidth,
      @Stored(
              name = "direct_{}",
              value = "time after which {} of the change of the direct runs is reached, direct")
          double direct,
      @Stored(
              name = "direct_{}_half_width",
              value = "half of the 95 % interval of direct_{name}, leaving out one run at a time")
          double directHalfWidth) {
    static final Crossing NONE =
        new Crossing(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** Whether both times agree within their intervals; NONE where an interval is not known. */
    public Verdict verdict() {
      return Verdict.of(predicted - direct, Math.hypot(predictedHalfWidth, directHalfWidth));
    }

    /** Predicted over direct time; above 1 where the prediction is too slow. */
    public double ratio() {
      return predicted / direct;
    }
  }

  /**
   * Without direct runs.
   *
   * @param known mean of the initial states; NaN where nothing but the prediction tells it
   */
  static PathComparison of(Prediction prediction, int component, double known) {
    double start = Double.isNaN(known) ? prediction.mean().value(0, component) : known;
    double late = prediction.lateMean(component);
    double noise = prediction.lateMeanUncertainty(component).error();
    if (!RelaxationTime.measurable(start, late, noise)) {
      return NONE;
    }
    Crossing[] crossings =
        Stream.of(HALF, THREE_QUARTERS, NINETY)
            .map(share -> predicted(prediction, component, start + share * (late - start)))
            .toArray(Crossing[]::new);
    double none = Double.NaN;
    return new PathComparison(
        start, crossings[0], crossings[1], crossings[2], none, none, none, Verdict.NONE.code());
  }

  private static Crossing predicted(Prediction prediction, int component, double level) {
    double time = prediction.crossing(component, level);
    double half = prediction.crossingUncertainty(component, level).halfWidth();
    return new Crossing(level, time, half, Double.NaN, Double.NaN);
  }

  /**
   * Beside direct runs.
   *
   * @param runs at least one
   * @param late equilibrium mean of the runs
   * @param deviation of one run at one time
   * @param known mean of the initial states; NaN where nothing but the first records tells it
   */
  static PathComparison of(
      Prediction prediction,
      List<TimeSeries> runs,
      int component,
      double late,
      double deviation,
      double known) {
    double[] grid = CommonTimes.of(runs.get(0), runs);
    double[][] values = at(runs, grid, component);
    double first = values.length == 0 || grid.length == 0 ? Double.NaN : mean(values, -1)[0];
    double start = Double.isNaN(known) ? first : known;
    double noise = deviation / Math.sqrt(runs.size());
    boolean clear = grid.length > 1 && RelaxationTime.measurable(start, late, noise);
    if (startsElsewhere(prediction, component, grid, first, late, noise)
        || elsewhere(first, start, late, noise)) {
      return NONE;
    }
    Crossing[] crossings = {Crossing.NONE, Crossing.NONE, Crossing.NONE};
    if (clear) {
      double[] shares = {HALF, THREE_QUARTERS, NINETY};
      Arrays.setAll(
          crossings,
          i -> {
            double level = start + shares[i] * (late - start);
            Crossing own = predicted(prediction, component, level);
            double direct = crossing(grid, mean(values, -1), level);
            double predicted =
                Double.isNaN(own.predicted()) ? Double.POSITIVE_INFINITY : own.predicted();
            return new Crossing(
                level,
                predicted,
                own.predictedHalfWidth(),
                direct,
                Math.max(
                    halfWidth(grid, values, level, direct),
                    ofNoise(prediction, component, level, late - start, runs.size(), deviation)));
          });
    }
    double[] distance = distance(prediction, runs, component, LONG * crossings[2].direct());
    Verdict verdict =
        Stream.concat(
                Stream.of(Verdict.of(distance[0], distance[2])),
                Arrays.stream(crossings).map(Crossing::verdict))
            .reduce(Verdict.NONE, Verdict::worse);
    return new PathComparison(
        start,
        crossings[0],
        crossings[1],
        crossings[2],
        distance[0],
        distance[1],
        distance[2],
        verdict.code());
  }

  private static boolean startsElsewhere(
      Prediction prediction,
      int component,
      double[] grid,
      double start,
      double late,
      double noise) {
    if (grid.length == 0) {
      return true;
    }
    return elsewhere(prediction.mean().at(grid[0], component), start, late, noise);
  }

  private static boolean elsewhere(double found, double start, double late, double noise) {
    double off = Math.abs(found - start);
    return off > ERRORS * noise && off > ELSEWHERE * Math.abs(late - start);
  }

  /**
   * What the noise of a mean of few runs makes of its crossing where the path is as steep as the
   * predicted one: leaving out one of them does not move a chance crossing that they share.
   */
  private static double ofNoise(
      Prediction prediction,
      int component,
      double level,
      double distance,
      int runs,
      double deviation) {
    double before = prediction.crossing(component, level - NEAR * distance);
    double after = prediction.crossing(component, level + NEAR * distance);
    double slowness = (after - before) / (2 * NEAR * Math.abs(distance));
    return runs > 1 && slowness > 0
        ? StudentQuantile.of(runs - 1.0) * deviation / Math.sqrt(runs) * slowness
        : 0;
  }

  /** By leaving out one run at a time. */
  private static double halfWidth(double[] grid, double[][] values, double level, double time) {
    int n = values.length;
    if (n < 3 || Double.isNaN(time)) {
      return Double.NaN;
    }
    double[] without = new double[n];
    Arrays.setAll(without, run -> crossing(grid, mean(values, run), level));
    double centre = Arrays.stream(without).average().orElseThrow();
    double square = Arrays.stream(without).map(t -> (t - centre) * (t - centre)).sum();
    return StudentQuantile.of(n - 1.0) * Math.sqrt((n - 1.0) / n * square);
  }

  private static double crossing(double[] grid, double[] mean, double level) {
    return RelaxationTime.of(new TimeSeries(grid, mean, 1), 0, level, 1);
  }

  private static double[][] at(List<TimeSeries> runs, double[] grid, int component) {
    return runs.stream().map(run -> run.at(grid, component)).toArray(double[][]::new);
  }

  /** Of all runs but one; -1 for all. */
  private static double[] mean(double[][] values, int without) {
    int n = values.length - (without < 0 ? 0 : 1);
    double[] mean = new double[values[0].length];
    for (int run = 0; run < values.length; run++) {
      for (int i = 0; run != without && i < mean.length; i++) {
        mean[i] += values[run][i] / n;
      }
    }
    return mean;
  }

  /** Distance, floor and what is allowed, until a time after the first common record. */
  private static double[] distance(
      Prediction prediction, List<TimeSeries> runs, int component, double until) {
    double[] none = {Double.NaN, Double.NaN, Double.NaN};
    double[] common = CommonTimes.of(prediction.mean(), runs);
    if (common.length < 2 || runs.size() < 2) {
      return none;
    }
    double end = Double.isNaN(until) ? Double.POSITIVE_INFINITY : common[0] + until;
    double[] grid = Arrays.stream(common).filter(t -> t <= end).toArray();
    double[][] values = at(runs, grid, component);
    double[] direct = mean(values, -1);
    double[] predicted = prediction.mean().at(grid, component);
    double[] spread = prediction.deviation().at(grid, component);
    double[] half = prediction.halfWidth().at(grid, component);
    double trajectories =
        (double) prediction.models().trajectories() * prediction.models().means().size();
    double quantile = StudentQuantile.of(runs.size() - 1.0);
    double[] square = new double[3];
    for (int i = 0; i < grid.length; i++) {
      double variance = 0;
      for (double[] run : values) {
        variance += Math.pow(run[i] - direct[i], 2) / (runs.size() - 1.0) / runs.size();
      }
      square[0] += Math.pow(predicted[i] - direct[i], 2) / grid.length;
      square[1] += (variance + spread[i] * spread[i] / trajectories) / grid.length;
      square[2] += (half[i] * half[i] + quantile * quantile * variance) / grid.length;
    }
    if (Double.isNaN(prediction.lateMeanUncertainty(component).halfWidth())) {
      square[2] = Double.NaN; // a single model has no interval
    }
    return Arrays.stream(square).map(Math::sqrt).toArray();
  }

  /** The same, not judged. */
  PathComparison unjudged() {
    return new PathComparison(
        start, half, threeQuarters, ninety, distance, floor, allowed, Verdict.NONE.code());
  }

  /** The worst of the three times and of the distance; NONE without direct runs or intervals. */
  public Verdict verdict() {
    return Verdict.ofCode(passed);
  }
}
