package org.latticelift.learn.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hipparchus.distribution.continuous.BetaDistribution;
import org.hipparchus.distribution.discrete.BinomialDistribution;
import org.latticelift.io.csv.CsvCell;
import org.latticelift.learn.evaluate.Bootstrap;
import org.latticelift.learn.evaluate.LateMeanCheck;

/**
 * How often 95 % intervals of repeated predictions hold the truth (EX-32), over all conditions and
 * independent observables.
 *
 * @param repeats what every repeat predicted, in equal order
 */
record Coverage(List<List<LateMeanCheck>> repeats) {
  private static final double NOMINAL = 0.95;
  private static final double SIGNIFICANT = 0.01;
  private static final double ROUNDING = 1e-9;

  /** Number of predictions. */
  int all() {
    return repeats.stream().mapToInt(List::size).sum();
  }

  /** How many of them hold the truth. */
  int inside() {
    return (int) repeats.stream().flatMap(List::stream).filter(LateMeanCheck::inside).count();
  }

  /** The share, with its own 95 % interval (C. J. Clopper and E. S. Pearson, 1934). */
  Measured measured() {
    int n = all();
    int k = inside();
    double lower =
        k == 0 ? 0 : new BetaDistribution(k, n - k + 1).inverseCumulativeProbability(0.025);
    double upper =
        k == n ? 1 : new BetaDistribution(k + 1, n - k).inverseCumulativeProbability(0.975);
    List<double[]> cells = new ArrayList<>();
    for (List<LateMeanCheck> repeat : repeats) {
      cells.add(
          new double[] {
            (double) repeat.stream().filter(LateMeanCheck::inside).count() / repeat.size()
          });
    }
    return new Measured((double) k / n, new Bootstrap.Interval(lower, upper), cells);
  }

  /**
   * Two-sided binomial test of the hypothesis that intervals hold the truth with 95 %.
   *
   * @return probability of a result that is as improbable or more
   */
  double probability() {
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
   */
  double rootMeanSquare() {
    Map<String, double[]> sums = new LinkedHashMap<>();
    for (List<LateMeanCheck> repeat : repeats) {
      for (LateMeanCheck check : repeat) {
        double[] sum = sums.computeIfAbsent(name(check), any -> new double[2]);
        sum[0] += check.difference() * check.difference();
        sum[1] += check.error() * check.error();
      }
    }
    return Math.sqrt(
        sums.values().stream().mapToDouble(sum -> sum[0] / sum[1]).average().orElse(Double.NaN));
  }

  private static String name(LateMeanCheck check) {
    return check.condition() + " " + check.observable();
  }

  /** A line of the table. */
  String sentence(String variant) {
    double probability = probability();
    return String.format(
        Locale.ROOT,
        "coverage, %s: %d of %d intervals hold the truth; 95 %% is %s (binomial test at 1 %%, p ="
            + " %.3g); r.m.s. z %.2f",
        variant,
        inside(),
        all(),
        probability < SIGNIFICANT ? "rejected" : "not rejected",
        probability,
        rootMeanSquare());
  }

  /** Rows for programs. */
  List<List<String>> rows(String variant) {
    List<List<String>> rows = new ArrayList<>();
    int number = 1;
    for (List<LateMeanCheck> repeat : repeats) {
      for (LateMeanCheck check : repeat) {
        List<String> row = new ArrayList<>(List.of(variant, Integer.toString(number)));
        row.addAll(List.of(check.condition(), check.observable()));
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
  static List<String> titles() {
    return List.of(
        "variant",
        "repeat",
        "condition",
        "observable",
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
