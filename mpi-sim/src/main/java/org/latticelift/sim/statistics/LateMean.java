package org.latticelift.sim.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The late mean of one observable of several runs, and its error.
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
 * @param mean with what blocking says
 * @param error standard error of the mean; NaN if nothing can be said
 * @param drift of the late part
 * @param failed criteria of relaxation that are not fulfilled, in the order of the enum
 */
public record LateMean(BlockedMean mean, double error, Drift drift, List<Criterion> failed) {

  /**
   * @param late late records of all runs
   * @param ended whether the transient ended early
   */
  static LateMean of(List<double[]> late, boolean ended) {
    BlockedMean mean = BlockedMean.of(late);
    Drift drift = Drift.of(late);
    List<Criterion> failed = new ArrayList<>();
    require(failed, Criterion.TRANSIENT, ended);
    require(failed, Criterion.BLOCKS, mean.resolved());
    require(failed, Criterion.DRIFT, drift.steady());
    require(failed, Criterion.MIXING, mixed(late));
    return new LateMean(mean, error(mean, late), drift, List.copyOf(failed));
  }

  private static double error(BlockedMean blocked, List<double[]> late) {
    if (blocked.resolved()) {
      return blocked.error();
    }
    double correlated = CorrelatedMean.of(CorrelatedMean.coarse(late)).error();
    boolean larger = Double.isNaN(blocked.error()) || correlated > blocked.error();
    return larger ? correlated : blocked.error();
  }

  /**
   * Integrated autocorrelation time that the error stands for.
   *
   * @param records all late records of all runs
   * @return in records, at least one half; NaN where the error is
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
   * Variance of the means of runs against that within runs (after A. Gelman and D. B. Rubin, Stat.
   * Sci. 7 (1992) 457). Runs that are trapped where they began are stationary, but not mixed.
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
