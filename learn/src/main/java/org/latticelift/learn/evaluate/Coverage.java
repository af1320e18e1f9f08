package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hipparchus.distribution.continuous.BetaDistribution;
import org.hipparchus.distribution.discrete.BinomialDistribution;
import org.latticelift.io.csv.CsvCell;

/**
 * How often 95 % intervals of repeated predictions hold the truth (EX-32), over all conditions and
 * independent observables.
 *
 * @param repeats what every repeat predicted, in equal order
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

  /**
   * The share of them.
   *
   * @return from 0 to 1
   */
  public double share() {
    return (double) inside() / all();
  }

  /**
   * The 95 % interval of the share (C. J. Clopper and E. S. Pearson, 1934).
   *
   * @return lower and upper end
   */
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
   * Two-sided binomial test of the hypothesis that intervals hold the truth with 95 %.
   *
   * @return probability of a result that is as improbable or more
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
   * repeats as squares: the error of a single repeat is itself uncertain.
   *
   * @return 1 where errors are right
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

  /**
   * A line of a table.
   *
   * @param variant whose predictions they are
   * @return counts, test and r.m.s. z
   */
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

  /**
   * Rows for programs.
   *
   * @param variant first cell of each
   * @return cells in the order of {@link #titles}
   */
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

  /**
   * Titles of {@link #rows}.
   *
   * @return names of columns
   */
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
