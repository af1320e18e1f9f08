package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hipparchus.distribution.continuous.BetaDistribution;
import org.hipparchus.distribution.discrete.BinomialDistribution;
import org.latticelift.io.output.CsvWriter.CsvCell;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.evaluate.CommonTimes.DirectRecords;
import org.latticelift.sim.statistics.LateAverages;
import org.latticelift.sim.statistics.LateAverages.LateMean;
import org.latticelift.sim.statistics.StudentQuantile;

/**
 * A predicted mean with its interval beside that of direct runs (EX-32): the equilibrium mean, or
 * the mean at a time on the path there (EX-58).
 *
 * @param condition name, of a schedule too
 * @param observable name
 * @param time after the start of the path; empty for the equilibrium mean
 * @param predicted mean
 * @param uncertainty of the prediction
 * @param direct mean of the direct runs
 * @param directError its standard error
 * @param directHalfWidth of its 95 % interval
 */
public record IntervalCheck(
    String condition,
    String observable,
    OptionalDouble time,
    double predicted,
    Uncertainty uncertainty,
    double direct,
    double directError,
    double directHalfWidth) {
  /** Times of a path. */
  private static final int POINTS = 5;

  /** Of the range of an observable; a smaller change is not followed, as means have noise. */
  private static final double CHANGE = 0.02;

  /**
   * Equilibrium means of some observables of one condition ({@code runs}: direct runs, at least
   * one).
   */
  public static List<IntervalCheck> late(
      Prediction prediction, List<TimeSeries> runs, List<String> observables, int[] chosen) {
    LateAverages late = new DirectRecords(runs).late(Optional.empty(), observables.size());
    List<IntervalCheck> checks = new ArrayList<>();
    for (int c : chosen) {
      LateMean direct = late.observables().get(c);
      checks.add(
          new IntervalCheck(
              prediction.condition(),
              observables.get(c),
              OptionalDouble.empty(),
              prediction.lateMean(c),
              prediction.lateMeanUncertainty(c),
              direct.mean().mean(),
              direct.error(),
              direct.halfWidth()));
    }
    return checks;
  }

  /** What is predicted for the times of a path. */
  public interface Path {
    /** Mean of all models. */
    TimeSeries mean();

    /** How sure it is. */
    Uncertainty uncertainty(double time, int component);
  }

  /**
   * Means at five times on the path of one condition or schedule. The times divide the predicted
   * change, forth and back, of all chosen observables into equal parts, so they say nothing of the
   * direct runs and do not count an equilibrium five times ({@code path}: predicted, whose times
   * begin with those of the runs; {@code runs}: direct runs, at least two).
   */
  public static List<IntervalCheck> along(
      String condition, Path path, List<TimeSeries> runs, List<String> observables, int[] chosen) {
    double[] grid = CommonTimes.of(path.mean(), runs);
    double[][] mean =
        Arrays.stream(chosen).mapToObj(c -> path.mean().at(grid, c)).toArray(double[][]::new);
    List<IntervalCheck> checks = new ArrayList<>();
    for (int at : points(mean)) {
      for (int i = 0; i < chosen.length; i++) {
        int c = chosen[i];
        double[] values = runs.stream().mapToDouble(run -> run.at(grid[at], c)).toArray();
        double direct = Arrays.stream(values).average().orElseThrow();
        double square = Arrays.stream(values).map(v -> (v - direct) * (v - direct)).sum();
        int n = values.length;
        double error = Math.sqrt(square / (n - 1.0) / n);
        checks.add(
            new IntervalCheck(
                condition,
                observables.get(c),
                OptionalDouble.of(grid[at] - grid[0]),
                mean[i][at],
                path.uncertainty(grid[at], c),
                direct,
                error,
                StudentQuantile.of(n - 1.0) * error));
      }
    }
    return checks;
  }

  /** Records at which one, two ... fifths of the whole change are made, without repetition. */
  private static int[] points(double[][] mean) {
    int records = mean[0].length;
    double[] made = new double[records];
    for (double[] curve : mean) {
      double range =
          Arrays.stream(curve).max().orElseThrow() - Arrays.stream(curve).min().orElseThrow();
      double followed = curve[0];
      double sum = 0;
      for (int r = 0; range > 0 && r < records; r++) {
        double step = Math.abs(curve[r] - followed);
        if (step >= CHANGE * range) {
          sum += step / range;
          followed = curve[r];
        }
        made[r] += sum;
      }
    }
    int[] points = new int[POINTS];
    for (int p = 0; p < POINTS; p++) {
      double wanted = made[records - 1] * (p + 1) / POINTS;
      while (points[p] < records - 1 && made[points[p]] < wanted) {
        points[p]++;
      }
    }
    return Arrays.stream(points).filter(p -> p > 0).distinct().toArray();
  }

  /** Predicted minus direct, in the unit of the observable. */
  public double difference() {
    return predicted - direct;
  }

  /** Standard error of the difference, in the unit of the observable. */
  public double error() {
    return Math.hypot(uncertainty.error(), directError);
  }

  /**
   * Whether the difference lies within the combined 95 % interval; false where there is no
   * interval.
   */
  public boolean inside() {
    double half = Math.hypot(uncertainty.halfWidth(), directHalfWidth);
    return Math.abs(difference()) <= half;
  }

  /**
   * How often 95 % intervals of repeated predictions hold the truth (EX-32), over all conditions
   * and independent observables ({@code repeats}: what every repeat predicted, in equal order).
   */
  public record Coverage(List<List<IntervalCheck>> repeats) {
    private static final double NOMINAL = 0.95;
    private static final double SIGNIFICANT = 0.01;
    private static final double ROUNDING = 1e-9;

    /** Number of predictions. */
    private int all() {
      return repeats.stream().mapToInt(List::size).sum();
    }

    /** How many of them hold the truth. */
    private int inside() {
      return (int) repeats.stream().flatMap(List::stream).filter(IntervalCheck::inside).count();
    }

    /** The share of them, from 0 to 1. */
    public double share() {
      return (double) inside() / all();
    }

    /** The 95 % interval of the share (C. J. Clopper and E. S. Pearson, 1934). */
    public Bootstrap.Interval interval() {
      int n = all();
      int k = inside();
      double lower =
          k == 0 ? 0 : new BetaDistribution(k, n - k + 1).inverseCumulativeProbability(0.025);
      double upper =
          k == n ? 1 : new BetaDistribution(k + 1, n - k).inverseCumulativeProbability(0.975);
      return new Bootstrap.Interval(lower, upper);
    }

    /**
     * Two-sided binomial test of the hypothesis that intervals hold the truth with 95 %;
     * probability of a result that is as improbable or more.
     */
    public double probability() {
      BinomialDistribution law = new BinomialDistribution(all(), NOMINAL);
      double found = law.probability(inside());
      double sum = 0;
      for (int k = 0; k <= all(); k++) {
        double each = law.probability(k);
        sum += each <= found * (1 + ROUNDING) ? each : 0;
      }
      return Math.min(1, sum);
    }

    /**
     * Root mean square of the differences in units of their errors, which are averaged over the
     * repeats as squares: the error of a single repeat is itself uncertain; 1 where errors are
     * right.
     */
    public double rootMeanSquare() {
      Map<String, double[]> sums = new LinkedHashMap<>();
      for (List<IntervalCheck> repeat : repeats) {
        for (IntervalCheck check : repeat) {
          double[] sum = sums.computeIfAbsent(name(check), any -> new double[2]);
          sum[0] += check.difference() * check.difference();
          sum[1] += check.error() * check.error();
        }
      }
      return Math.sqrt(
          sums.values().stream().mapToDouble(sum -> sum[0] / sum[1]).average().orElse(Double.NaN));
    }

    private boolean alongPaths() {
      return repeats.stream().flatMap(List::stream).anyMatch(check -> check.time().isPresent());
    }

    private static String name(IntervalCheck check) {
      return check.condition() + " " + check.observable() + " " + check.time();
    }

    /** A line of a table; counts, test and r.m.s. z. */
    public String sentence(String variant) {
      double probability = probability();
      return String.format(
          Locale.ROOT,
          "coverage, %s%s: %d of %d intervals hold the truth; 95 %% is %s (binomial test at 1 %%, p ="
              + " %.3g); r.m.s. z %.2f",
          variant,
          alongPaths() ? ", along paths" : "",
          inside(),
          all(),
          probability < SIGNIFICANT ? "rejected" : "not rejected",
          probability,
          rootMeanSquare());
    }

    /** Rows for programs; cells in the order of {@link #titles}. */
    public List<List<String>> rows(String variant) {
      List<List<String>> rows = new ArrayList<>();
      int number = 1;
      for (List<IntervalCheck> repeat : repeats) {
        for (IntervalCheck check : repeat) {
          List<String> row = new ArrayList<>(List.of(variant, Integer.toString(number)));
          row.addAll(List.of(check.condition(), check.observable()));
          row.add(check.time().isPresent() ? CsvCell.of(check.time().getAsDouble()) : "");
          for (double value :
              new double[] {
                check.predicted(),
                check.uncertainty().error(),
                check.uncertainty().halfWidth(),
                check.uncertainty().ensemble(),
                check.uncertainty().model(),
                check.uncertainty().data(),
                check.direct(),
                check.directError()
              }) {
            row.add(CsvCell.of(value));
          }
          row.add(check.inside() ? "1" : "0");
          rows.add(row);
        }
        number++;
      }
      return rows;
    }

    /** Titles of {@link #rows}. */
    public static List<String> titles() {
      return List.of(
          "variant",
          "repeat",
          "condition",
          "observable",
          "time",
          "predicted",
          "error",
          "half_width",
          "sigma_mc",
          "sigma_model",
          "sigma_data",
          "direct",
          "direct_error",
          "inside");
    }
  }
}
