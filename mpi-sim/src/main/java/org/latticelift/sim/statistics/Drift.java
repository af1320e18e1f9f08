package org.latticelift.sim.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * How far the second half of records is from the first, tested against its error (DI-49).
 *
 * <p>The halves are compared record by record within every run. So a drift does not hide behind the
 * noise that it would make itself, nor behind runs that lie apart; and the mean of the differences
 * has an error by their own correlation. That error is uncertain where there are few independent
 * differences; the limit is therefore that of Student's t which corresponds to three standard
 * deviations, 3 + 7.5/v + 17.25/v^2 with v degrees of freedom (its expansion by R. A. Fisher and E.
 * A. Cornish). Of stationary Ornstein-Uhlenbeck runs with windows of 5 to 100 relaxation times, at
 * most 2 % are called drifting with three runs or more, 8 to 1 % with one.
 *
 * @param value second half minus first half
 * @param error its standard error; NaN if it cannot be estimated
 * @param independent number of independent differences
 */
public record Drift(double value, double error, double independent) {
  private static final double SIGNIFICANT = 3;

  /**
   * Compares the halves of every run; of an odd number of records the middle one is left out
   * ({@code runs}: values at equal intervals, one array per run; not modified); value NaN where a
   * half is empty.
   */
  public static Drift of(List<double[]> runs) {
    List<double[]> differences = runs.stream().map(Drift::differences).toList();
    if (differences.stream().anyMatch(run -> run.length == 0)) {
      return new Drift(Double.NaN, Double.NaN, 0);
    }
    double value = differences.stream().flatMapToDouble(Arrays::stream).average().orElseThrow();
    CorrelatedMean mean = CorrelatedMean.of(CorrelatedMean.coarse(differences));
    return new Drift(value, mean.error(), mean.independent());
  }

  private static double[] differences(double[] run) {
    int half = run.length / 2;
    double[] differences = new double[half];
    Arrays.setAll(differences, i -> run[run.length - half + i] - run[i]);
    return differences;
  }

  /** Whether the halves agree within the error; false also where that cannot be told. */
  public boolean steady() {
    double freedom = independent - 1;
    double limit = SIGNIFICANT + 7.5 / freedom + 17.25 / (freedom * freedom);
    return freedom >= 1 && Math.abs(value) <= limit * error;
  }
}
