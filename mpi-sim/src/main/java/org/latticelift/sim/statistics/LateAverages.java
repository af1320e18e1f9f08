package org.latticelift.sim.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.sim.statistics.LateAverages.LateMean;

/**
 * Averages over the late records of runs of the same process, and whether these are relaxed. It is
 * the one owner of such means and their errors: {@code simulate.csv}, {@code direct.csv}, the
 * decision to stop and the comparison with a prediction all ask it.
 *
 * @param dropped leading records of every run that are left out
 * @param observables one entry each
 */
public record LateAverages(int dropped, List<LateMean> observables) {

  /**
   * Averages without the transient: what the marginal standard error rule drops for any observable
   * ({@code records}: values at equal intervals: observables, of each its runs, which have the same
   * number of records; not modified); averages over what is left, at least half of the records.
   */
  public static LateAverages of(List<List<double[]>> records) {
    List<Equilibration> found = found(records);
    return of(records, found, found.stream().mapToInt(Equilibration::dropped).max().orElse(0));
  }

  /**
   * Averages without a number of records that is given ({@code dropped}: leading records of every
   * run that are left out; fewer than there are).
   */
  public static LateAverages of(List<List<double[]>> records, int dropped) {
    return of(records, found(records), dropped);
  }

  private static List<Equilibration> found(List<List<double[]>> records) {
    return records.stream().map(Equilibration::of).toList();
  }

  private static LateAverages of(
      List<List<double[]>> records, List<Equilibration> found, int dropped) {
    List<LateMean> means = new ArrayList<>();
    for (int c = 0; c < records.size(); c++) {
      means.add(LateMean.of(late(records.get(c), dropped), found.get(c).found()));
    }
    return new LateAverages(dropped, List.copyOf(means));
  }

  private static List<double[]> late(List<double[]> runs, int dropped) {
    return runs.stream().map(run -> Arrays.copyOfRange(run, dropped, run.length)).toList();
  }

  /** Whether every observable fulfils every criterion; false if one fails. */
  public boolean relaxed() {
    return observables.stream().allMatch(mean -> mean.failed().isEmpty());
  }

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
     * Looks at the mean over runs, which were recorded at the same times ({@code runs}: one array
     * per run, the same number of values in each; not modified), at least one value is left.
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

  /**
   * The late mean of one observable of several runs, its error and its interval.
   *
   * <p>The error is that of blocking over all runs ({@link BlockedMean}), which sees it when runs
   * wander apart slowly; where it has too few blocks, and so is noisy or a lower bound, it is at
   * least that of the integrated autocorrelation time ({@link CorrelatedMean}), which makes more of
   * few data but does not see what is slower than its window. Measured with Ornstein-Uhlenbeck runs
   * of 10 relaxation times, the share of means within two errors of the truth (0.95 is right):
   *
   * <ul>
   *   <li>one run: blocking 0.32, autocorrelation 0.84, this 0.84;
   *   <li>three runs: 0.79, 0.92, 0.91; four: 0.84, 0.93, 0.94; eight: 0.89, 0.95, 0.89;
   *   <li>four runs of 100 relaxation times, each with an offset of its own of half a deviation:
   *       0.76, 0.67, 0.76.
   * </ul>
   *
   * The interval is Student's for the blocks or independent values behind the error. Of runs of 10
   * relaxation times it holds the truth in 0.88 (one run), 0.96 (three or four) and, of eight of 5,
   * in 0.95, where two errors do in 0.82, 0.95 and 0.92.
   *
   * @param mean with what blocking says
   * @param error standard error of the mean; NaN if nothing can be said
   * @param freedom degrees of freedom of the error: blocks or independent values, less one
   * @param drift of the late part
   * @param failed criteria of relaxation that are not fulfilled, in the order of the enum
   */
  public record LateMean(
      BlockedMean mean, double error, double freedom, Drift drift, List<Criterion> failed) {

    static LateMean of(List<double[]> late, boolean ended) {
      BlockedMean blocked = BlockedMean.of(late);
      double error = blocked.error();
      double independent = blocked.blocks();
      boolean enough = blocked.resolved();
      if (!enough) {
        CorrelatedMean correlated = CorrelatedMean.of(CorrelatedMean.coarse(late));
        boolean many = correlated.independent() >= BlockedMean.FEWEST_BLOCKS;
        enough = correlated.resolved() && many && late.size() > 2; // of two none shows wandering
        if (Double.isNaN(error) || correlated.error() > error) {
          error = correlated.error();
          independent = correlated.independent();
        }
      }
      Drift drift = Drift.of(late);
      List<Criterion> failed = new ArrayList<>();
      require(failed, Criterion.TRANSIENT, ended);
      require(failed, Criterion.BLOCKS, enough);
      require(failed, Criterion.DRIFT, drift.steady());
      require(failed, Criterion.MIXING, mixed(late));
      return new LateMean(blocked, error, Math.max(1, independent - 1), drift, List.copyOf(failed));
    }

    /** Half the width of the 95 % interval of the mean; NaN where the error is. */
    public double halfWidth() {
      return StudentQuantile.of(freedom) * error;
    }

    /**
     * Integrated autocorrelation time that the error stands for, in records, at least one half; NaN
     * where the error is.
     */
    public double correlation(long records) {
      double ratio = error == 0 ? 0 : error / mean.deviation();
      return 0.5 * Math.max(1, ratio * ratio * records);
    }

    private static void require(List<Criterion> failed, Criterion criterion, boolean fulfilled) {
      if (!fulfilled) {
        failed.add(criterion);
      }
    }

    /**
     * Variance of the means of runs against that within runs (after A. Gelman and D. B. Rubin,
     * Stat. Sci. 7 (1992) 457). Runs that are trapped where they began are stationary, but not
     * mixed.
     */
    private static boolean mixed(List<double[]> runs) {
      if (runs.size() == 1) {
        return true;
      }
      double[] means =
          runs.stream().mapToDouble(run -> Arrays.stream(run).average().orElseThrow()).toArray();
      double within = runs.stream().mapToDouble(LateMean::variance).average().orElseThrow();
      return variance(means) * means.length / (means.length - 1) <= within;
    }

    private static double variance(double[] values) {
      double mean = Arrays.stream(values).average().orElseThrow();
      return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    }
  }
}
