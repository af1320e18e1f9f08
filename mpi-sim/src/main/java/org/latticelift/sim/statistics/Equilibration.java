package org.latticelift.sim.statistics;

import java.util.List;

/**
 * Where the transient of a record ends, by the marginal standard error rule (K. P. White,
 * Simulation 69 (1997) 323): the number of leading values without which the standard error of the
 * mean of the rest, taken as if the values were independent, is smallest.
 *
 * @param dropped leading values of every run that belong to the transient, at most half of them
 * @param found false if the rule would drop more than a third: such a record may still be moving
 *     slowly
 */
public record Equilibration(int dropped, boolean found) {
  /** The rule is not reliable near the end of a record. */
  private static final double SEARCHED = 0.75;

  /**
   * Looks at the mean over runs, which were recorded at the same times.
   *
   * @param runs one array per run, the same number of values in each; not modified
   * @return at least one value is left
   */
  public static Equilibration of(List<double[]> runs) {
    int length = runs.get(0).length;
    int last = (int) (SEARCHED * length);
    double sum = 0;
    double squares = 0;
    double smallest = Double.POSITIVE_INFINITY;
    int best = 0;
    double shift = mean(runs, length - 1);
    for (int from = length - 1; from >= 0; from--) {
      double value = mean(runs, from) - shift;
      sum += value;
      squares += value * value;
      double left = length - from;
      double marginal = (squares - sum * sum / left) / (left * left);
      if (from <= last && marginal <= smallest) {
        smallest = marginal;
        best = from;
      }
    }
    int half = length / 2;
    return new Equilibration(Math.min(best, half), best <= length / 3);
  }

  private static double mean(List<double[]> runs, int index) {
    double sum = 0;
    for (double[] run : runs) {
      sum += run[index];
    }
    return sum / runs.size();
  }
}
