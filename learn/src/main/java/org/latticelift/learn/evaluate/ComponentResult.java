package org.latticelift.learn.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.evaluate.ComponentResult.SmallSystem;
import org.latticelift.learn.evaluate.ComponentResult.Stationarity;
import org.latticelift.learn.evaluate.Discrepancy.MaximumMeanDiscrepancy;
import org.latticelift.learn.evaluate.MeasuredRelaxation.Relaxation;
import org.latticelift.learn.evaluate.PathComparison.Verdict;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.statistics.Drift;

/**
 * One observable of one condition, predicted and direct. What is not available is NaN.
 *
 * @param observable name
 * @param predicted late mean of the prediction
 * @param predictedUncertainty how sure it is
 * @param predictedDeviation late standard deviation of a predicted trajectory
 * @param deviationUncertainty how sure it is
 * @param direct late time-weighted mean of the direct runs
 * @param directError its standard error, as in {@code direct.csv}
 * @param directHalfWidth of its 95 % interval
 * @param directDeviation late standard deviation of a direct run
 * @param directCorrelation integrated autocorrelation time of the direct runs, s
 * @param tolerance difference that a user allows beside the intervals; NaN if none is configured
 * @param predictedRelaxation 1 - 1/e time of the ensemble mean, s
 * @param relaxationUncertainty how sure it is, s
 * @param directRelaxation 1 - 1/e time of the mean of the direct runs, s
 * @param directRelaxationInterval 95 % bootstrap interval over runs
 * @param predictedStationarity first against second half of the predicted late part
 * @param directStationarity first against second half of the direct late part
 * @param path from the start to the late mean
 * @param small what the small-system runs say
 * @param directRelaxed whether the direct runs are
 */
public record ComponentResult(
    String observable,
    double predicted,
    Uncertainty predictedUncertainty,
    double predictedDeviation,
    Uncertainty deviationUncertainty,
    double direct,
    double directError,
    double directHalfWidth,
    double directDeviation,
    double directCorrelation,
    double tolerance,
    double predictedRelaxation,
    Uncertainty relaxationUncertainty,
    double directRelaxation,
    Bootstrap.Interval directRelaxationInterval,
    Stationarity predictedStationarity,
    Stationarity directStationarity,
    PathComparison path,
    SmallSystem small,
    Relaxation directRelaxed) {

  /** Where there is no interval, a tolerance is compared with so many standard errors beside. */
  private static final double ERRORS = 2;

  /** Standard error of the predicted late mean, of the finite ensemble alone for one model. */
  public double predictedError() {
    return predictedUncertainty.error();
  }

  /** Predicted minus direct; NaN without direct runs. */
  public double difference() {
    return predicted - direct;
  }

  /** Standard error of the difference; NaN without direct runs. */
  public double combinedError() {
    return Math.hypot(predictedError(), directError);
  }

  /**
   * Largest difference that passes: the combined interval of prediction and direct runs, and a
   * tolerance on top if one is configured. Where the prediction has no interval a tolerance still
   * gives a verdict, with twice the combined standard error on top. Returns NaN if there is
   * neither, or a standard error is unknown.
   */
  public double allowed() {
    double interval = Math.hypot(predictedUncertainty.halfWidth(), directHalfWidth);
    if (Double.isNaN(tolerance)) {
      return interval;
    }
    return tolerance + (Double.isNaN(interval) ? ERRORS * combinedError() : interval);
  }

  /**
   * Whether the path is that of the direct runs, too. A tolerance is one of late means, so beside
   * it paths are not judged. Returns NONE without direct runs or intervals.
   */
  public Verdict pathVerdict() {
    return Double.isNaN(tolerance) ? path.verdict() : Verdict.NONE;
  }

  /**
   * What tables say: the worse of late mean and path; such as {@code over (path)}, where only the
   * path is.
   */
  public String word() {
    boolean late = verdict() != Verdict.OVER;
    return late && pathVerdict() == Verdict.OVER ? "over (path)" : verdict().word();
  }

  /**
   * Whether the difference of late means is allowed; NONE without direct runs, without both an
   * interval and a tolerance, or where a standard error is unknown.
   */
  public Verdict verdict() {
    if (Double.isNaN(difference()) || Double.isNaN(allowed())) {
      return Verdict.NONE;
    }
    return Math.abs(difference()) <= allowed() ? Verdict.OK : Verdict.OVER;
  }

  /**
   * One condition. What is not available is NaN.
   *
   * @param condition name, such as {@code T2000}
   * @param value value of the condition's parameter
   * @param components one entry per observable
   * @param predictedSumRule largest sum-rule residual of the predicted late means
   * @param directSumRule largest sum-rule residual of the direct late means
   * @param physicalError relative error of the mean trajectory of the observables (ME-89)
   * @param latentError the same of the scaled variables of the equation
   * @param distance maximum mean discrepancy in these variables (ME-88); NaN unless trajectories
   *     are stored and two direct runs exist
   * @param calibration mean of r' A^-1 r / d over the pairs; 1 for a calibrated diffusion
   * @param predictedTime predicted physical time, s
   * @param directTime physical time of the direct runs together, s
   * @param directRuns number of direct runs
   * @param directDropped leading records of every direct run that are left out
   * @param relaxationTimes duration of the shortest direct run in units of the longest relaxation
   *     time
   * @param extrapolated true if the condition lies outside the trained range
   */
  public record ConditionResult(
      String condition,
      double value,
      List<ComponentResult> components,
      double predictedSumRule,
      double directSumRule,
      TrajectoryError physicalError,
      TrajectoryError latentError,
      Discrepancy distance,
      Calibration calibration,
      double predictedTime,
      double directTime,
      int directRuns,
      double directDropped,
      double relaxationTimes,
      boolean extrapolated) {

    /** With the results of the first so many observables only. */
    ConditionResult first(int shown) {
      return new ConditionResult(
          condition,
          value,
          components.subList(0, shown),
          predictedSumRule,
          directSumRule,
          physicalError,
          latentError,
          distance,
          calibration,
          predictedTime,
          directTime,
          directRuns,
          directDropped,
          relaxationTimes,
          extrapolated);
    }

    /**
     * Relative error of the mean trajectory of the observables (ME-89); NaN without direct runs.
     */
    public double trajectoryError() {
      return physicalError.value();
    }

    /** Time-averaged maximum mean discrepancy (ME-88). */
    public MaximumMeanDiscrepancy discrepancy() {
      return distance.mean();
    }

    /**
     * Whether every observable was stationary in its late window, predicted and direct; false if
     * one failed.
     */
    public boolean stationary() {
      return components.stream()
          .allMatch(
              c -> c.predictedStationarity().stationary() && c.directStationarity().stationary());
    }

    /**
     * Whether runs are relaxed in every observable that was checked; {@code yes}, {@code no}, or
     * {@code -} if nothing was checked.
     */
    String relaxed(Function<ComponentResult, Relaxation> which) {
      List<Relaxation> known = components.stream().map(which).filter(Relaxation::known).toList();
      boolean all = known.stream().allMatch(relaxation -> relaxation.failed().isEmpty());
      return known.isEmpty() ? "-" : all ? "yes" : "no";
    }

    /**
     * The worst verdict of the observables, of late means and paths; OVER if one is over, NONE if
     * nothing was compared.
     */
    public Verdict verdict() {
      return components.stream()
          .flatMap(c -> Stream.of(c.verdict(), c.pathVerdict()))
          .reduce(Verdict.NONE, Verdict::worse);
    }
  }

  /**
   * Comparison of the first and the second part of a late window (DI-49).
   *
   * @param drift second part minus first part
   * @param error standard error of the drift; NaN if it cannot be estimated
   * @param stationary false if the drift is significant, or cannot be tested
   */
  public record Stationarity(double drift, double error, boolean stationary) {

    /** Direct runs; stationary if the drift is within its error. */
    static Stationarity of(Drift drift) {
      return new Stationarity(drift.value(), drift.error(), drift.steady());
    }

    /**
     * Curves without much noise, whose last remainders of a relaxation are significant ({@code
     * runs}: equidistant values of the late window, one array per run; {@code threshold}: drift
     * that is too small to matter); stationary if the drift is within its error or small.
     */
    static Stationarity of(List<double[]> runs, double threshold) {
      Drift drift = Drift.of(runs);
      boolean small = Math.abs(drift.value()) <= threshold;
      return new Stationarity(drift.value(), drift.error(), small || drift.steady());
    }
  }

  /**
   * Relative error of the mean trajectory (ME-89).
   *
   * @param value sum of squared differences of the means over the sum of squares of the true mean
   * @param interval 95 % from resampling trajectories and direct runs, shifted by what resampling
   *     adds on average
   * @param floor what two ensembles of the truth, each of as many runs as the direct ones, have on
   *     average
   */
  public record TrajectoryError(double value, Bootstrap.Interval interval, double floor) {
    /** Not available. */
    static final TrajectoryError NONE =
        new TrajectoryError(Double.NaN, Bootstrap.Interval.NONE, Double.NaN);

    /**
     * Compares ensembles.
     *
     * @param mean predicted mean, all times and variables
     * @param trajectories predicted ones at the same, or none
     * @param runs direct runs at the same
     */
    static TrajectoryError of(
        double[] mean, double[][] trajectories, double[][] runs, RandomStream stream) {
      double[] truth = mean(runs, all(runs.length));
      double value = relative(mean, truth);
      return new TrajectoryError(
          value, interval(value, mean, trajectories, runs, stream), floor(runs, truth));
    }

    private static Bootstrap.Interval interval(
        double value,
        double[] mean,
        double[][] trajectories,
        double[][] runs,
        RandomStream stream) {
      if (runs.length < 3) {
        return Bootstrap.Interval.NONE;
      }
      double[] own = trajectories.length < 2 ? mean : mean(trajectories, all(trajectories.length));
      double added =
          (trajectories.length < 2 ? 0 : variance(trajectories, own) / trajectories.length)
              + variance(runs, mean(runs, all(runs.length))) / runs.length;
      double bias = added / square(mean(runs, all(runs.length)));
      Bootstrap.Interval raw =
          Bootstrap.interval(
              runs.length,
              chosen -> relative(resampled(own, trajectories, stream), mean(runs, chosen)),
              stream);
      double lower = Math.max(0, Math.min(value, raw.lower() - bias));
      return new Bootstrap.Interval(lower, Math.max(value, raw.upper() - bias));
    }

    private static double[] resampled(double[] mean, double[][] trajectories, RandomStream stream) {
      if (trajectories.length < 2) {
        return mean;
      }
      int[] chosen = new int[trajectories.length];
      Arrays.setAll(chosen, i -> stream.below(chosen.length));
      return mean(trajectories, chosen);
    }

    private static double floor(double[][] runs, double[] truth) {
      return runs.length < 2 ? Double.NaN : 2 * variance(runs, truth) / runs.length / square(truth);
    }

    /** Sum over times and variables of the variance between trajectories. */
    private static double variance(double[][] values, double[] mean) {
      double sum = 0;
      for (double[] one : values) {
        for (int i = 0; i < mean.length; i++) {
          sum += (one[i] - mean[i]) * (one[i] - mean[i]);
        }
      }
      return sum / (values.length - 1);
    }

    private static double square(double[] values) {
      return Arrays.stream(values).map(x -> x * x).sum();
    }

    private static double relative(double[] mean, double[] truth) {
      double difference = 0;
      for (int i = 0; i < truth.length; i++) {
        difference += (mean[i] - truth[i]) * (mean[i] - truth[i]);
      }
      return difference / square(truth);
    }

    private static int[] all(int count) {
      int[] all = new int[count];
      Arrays.setAll(all, i -> i);
      return all;
    }

    private static double[] mean(double[][] values, int[] chosen) {
      double[] mean = new double[values[0].length];
      for (int one : chosen) {
        for (int i = 0; i < mean.length; i++) {
          mean[i] += values[one][i];
        }
      }
      for (int i = 0; i < mean.length; i++) {
        mean[i] /= chosen.length;
      }
      return mean;
    }
  }

  /**
   * What the runs of the small system say of one observable, all from {@code simulate.csv}: their
   * late mean is what a user has without the method. What is not available is NaN.
   *
   * @param mean late mean
   * @param error its standard error
   * @param halfWidth of its 95 % interval
   * @param deviation standard deviation of a late record, that of a system of the small size
   * @param relaxation whether the runs are relaxed
   */
  public record SmallSystem(
      double mean, double error, double halfWidth, double deviation, Relaxation relaxation) {
    /** Nothing is known, such as of closure variables. */
    public static final SmallSystem UNKNOWN =
        new SmallSystem(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Relaxation.UNKNOWN);
  }
}
