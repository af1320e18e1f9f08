package org.latticelift.learn.judgement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hipparchus.distribution.continuous.BetaDistribution;
import org.hipparchus.distribution.discrete.BinomialDistribution;
import org.latticelift.io.output.ResultTable;

/**
 * How often 95 % intervals of repeated predictions hold the truth, over all conditions and
 * independent observables ({@code repeats}: what every repeat predicted, in equal order).
 */
public record Coverage(List<List<IntervalCheck>> repeats) {
  private static final double NOMINAL = 0.95;
  private static final double SIGNIFICANT = 0.01;
  private static final double ROUNDING = 1e-9;

  /** A line of the table for programs: a check of a repeat of a variant. */
  private record Line(String variant, int repeat, IntervalCheck check) {}

  private List<IntervalCheck> checks() {
    return repeats.stream().flatMap(List::stream).toList();
  }

  private int inside() {
    return (int) checks().stream().filter(IntervalCheck::inside).count();
  }

  /** The share of the intervals that hold the truth, from 0 to 1. */
  public double share() {
    return (double) inside() / checks().size();
  }

  /** The 95 % interval of the share (C. J. Clopper and E. S. Pearson, 1934). */
  public Interval interval() {
    int n = checks().size();
    int k = inside();
    double lower =
        k == 0 ? 0 : new BetaDistribution(k, n - k + 1).inverseCumulativeProbability(0.025);
    double upper =
        k == n ? 1 : new BetaDistribution(k + 1, n - k).inverseCumulativeProbability(0.975);
    return new Interval(lower, upper);
  }

  /**
   * Two-sided binomial test of the hypothesis that intervals hold the truth with 95 %; probability
   * of a result that is as improbable or more.
   */
  public double probability() {
    int n = checks().size();
    BinomialDistribution law = new BinomialDistribution(n, NOMINAL);
    double found = law.probability(inside());
    double sum = 0;
    for (int k = 0; k <= n; k++) {
      double each = law.probability(k);
      sum += each <= found * (1 + ROUNDING) ? each : 0;
    }
    return Math.min(1, sum);
  }

  /**
   * Root mean square of the differences in units of their errors, which are averaged over the
   * repeats as squares: the error of a single repeat is itself uncertain; 1 where errors are right.
   */
  public double rootMeanSquare() {
    Map<String, double[]> sums = new LinkedHashMap<>();
    for (IntervalCheck check : checks()) {
      String name = check.condition() + " " + check.observable() + " " + check.time();
      double[] sum = sums.computeIfAbsent(name, any -> new double[2]);
      Comparison comparison = check.comparison();
      sum[0] += comparison.difference() * comparison.difference();
      sum[1] += comparison.combinedError() * comparison.combinedError();
    }
    return Math.sqrt(
        sums.values().stream().mapToDouble(sum -> sum[0] / sum[1]).average().orElse(Double.NaN));
  }

  /** A line of a table; counts, test and r.m.s. z. */
  public String sentence(String variant) {
    double probability = probability();
    return String.format(
        Locale.ROOT,
        "coverage, %s%s: %d of %d intervals hold the truth; 95 %% is %s (binomial test at 1 %%, p ="
            + " %.3g); r.m.s. z %.2f",
        variant,
        checks().stream().anyMatch(check -> check.time().isPresent()) ? ", along paths" : "",
        inside(),
        checks().size(),
        probability < SIGNIFICANT ? "rejected" : "not rejected",
        probability,
        rootMeanSquare());
  }

  /** Every interval that was compared with the truth, as CSV with a header. */
  public static String csv(Map<String, List<Coverage>> variants) {
    List<Line> lines = new ArrayList<>();
    variants.forEach(
        (variant, all) ->
            all.forEach(
                coverage -> {
                  int number = 1;
                  for (List<IntervalCheck> repeat : coverage.repeats()) {
                    for (IntervalCheck check : repeat) {
                      lines.add(new Line(variant, number, check));
                    }
                    number++;
                  }
                }));
    return ResultTable.of(lines)
        .text("variant", Line::variant)
        .text("repeat", line -> Integer.toString(line.repeat()))
        .text("condition", line -> line.check().condition())
        .text("observable", line -> line.check().observable())
        .exact("time", line -> line.check().time().orElse(Double.NaN))
        .exact("predicted", line -> line.check().predicted())
        .exact("error", line -> line.check().uncertainty().error())
        .exact("half_width", line -> line.check().uncertainty().halfWidth())
        .exact("sigma_mc", line -> line.check().uncertainty().ensemble())
        .exact("sigma_model", line -> line.check().uncertainty().model())
        .exact("sigma_data", line -> line.check().uncertainty().data())
        .exact("direct", line -> line.check().direct().value())
        .exact("direct_error", line -> line.check().direct().error())
        .text("inside", line -> line.check().inside() ? "1" : "0")
        .table()
        .csv();
  }
}
