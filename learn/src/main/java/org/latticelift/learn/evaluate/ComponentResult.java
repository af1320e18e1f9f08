package org.latticelift.learn.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.latticelift.io.output.RecordLayout;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.evaluate.MeasuredRelaxation.Relaxation;
import org.latticelift.learn.evaluate.PathComparison.Verdict;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.statistics.Drift;

/**
 * One observable of one condition, predicted and direct, as it stands in {@code evaluation.h5} and
 * {@code evaluation.csv}. A number that is added here is in both. What is not available is NaN
 * ({@code pathPassed}: as {@link Verdict#code} says).
 */
public record ComponentResult(
    String observable,
    Predicted predicted,
    @Stored(name = "small") SmallSystem small,
    @Stored(name = "direct") Direct direct,
    Comparison comparison,
    RelaxationTimes relaxation,
    @Stored(optional = true) PathComparison path,
    @Stored(
            name = "path_passed",
            value =
                "1 where these times and the distance agree within intervals, 0 where not, -1 not"
                    + " compared",
            optional = true)
        double pathPassed,
    Settled settled,
    @Stored(name = "corrected", optional = true) Corrected corrected) {
  static final RecordLayout<ComponentResult> LAYOUT = RecordLayout.of(ComponentResult.class);

  /** Where there is no interval, a tolerance is compared with so many standard errors beside. */
  private static final double ERRORS = 2;

  /** The ensemble at late times. */
  public record Predicted(
      @Stored(name = "predicted", value = "predicted equilibrium mean", title = "predicted")
          double mean,
      @Stored(name = "predicted", value = "predicted equilibrium mean") Uncertainty uncertainty,
      @Stored(
              name = "predicted_deviation",
              value = "equilibrium standard deviation of a predicted trajectory")
          double deviation,
      @Stored(
              name = "predicted_deviation",
              value = "predicted equilibrium deviation",
              hidden = true)
          Uncertainty deviationUncertainty) {}

  /**
   * What the runs of the small system say, all from {@code simulate.csv}: their late mean is what a
   * user has without the method.
   */
  public record SmallSystem(
      @Stored(value = "equilibrium mean of the small-system runs", title = "small") double mean,
      @Stored("standard error of the equilibrium mean of the small-system runs") double error,
      @Stored(
              value = "half of the 95 % interval of the equilibrium mean of the small-system runs",
              title = "+- 95 %")
          double halfWidth,
      @Stored("equilibrium standard deviation of a small-system run") double deviation) {
    /** Nothing is known, such as of closure variables. */
    public static final SmallSystem UNKNOWN =
        new SmallSystem(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  }

  /**
   * The small system's own answer for the large size, without an equation (EX-65): its equilibrium
   * mean, and by how much that of an effective Hamiltonian differs between the sizes.
   */
  public record Corrected(
      @Stored(
              value = "equilibrium mean of the small-system runs, corrected for their size",
              title = "small, corrected")
          double mean,
      @Stored(value = "standard error of the corrected mean of the small-system runs", title = "+-")
          double error) {
    /** Nothing is known. */
    public static final Corrected UNKNOWN = new Corrected(Double.NaN, Double.NaN);

    /** The small mean with a difference ({@code error}: of the difference). */
    static Corrected of(SmallSystem small, double difference, double error) {
      return new Corrected(small.mean() + difference, Math.hypot(small.error(), error));
    }
  }

  /** The direct runs at late times; the error is that of {@code direct.csv}. */
  public record Direct(
      @Stored(
              name = "{}",
              value = "time-weighted equilibrium mean of the direct runs",
              title = "direct")
          double mean,
      @Stored("standard error of the direct equilibrium mean") double error,
      @Stored(value = "half of the 95 % interval of the direct equilibrium mean", title = "+- 95 %")
          double halfWidth,
      @Stored("equilibrium standard deviation of a direct run") double deviation,
      @Stored(value = "integrated autocorrelation time of the direct runs", units = TIME)
          double correlation) {
    /** No direct runs. */
    static final Direct NONE =
        new Direct(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  }

  /**
   * Late means of both. The largest difference that passes is the combined interval of prediction
   * and direct runs, and a tolerance on top if one is configured. Where the prediction has no
   * interval a tolerance still gives a verdict, with twice the combined standard error on top
   * ({@code passed}: as {@link Verdict#code} says).
   */
  public record Comparison(
      @Stored(value = "predicted minus direct", title = "difference") double difference,
      @Stored("standard error of the difference") double combinedError,
      @Stored(
              value = "difference in units of its standard error",
              title = "z",
              format = "%.1f",
              optional = true)
          double z,
      @Stored(value = "configured tolerance beside the intervals", title = "tolerance")
          double tolerance,
      @Stored(
              value =
                  "combined 95 % interval of prediction and direct runs, and the tolerance on top",
              title = "allowed")
          double allowed,
      @Stored("1 within the allowed difference, 0 beyond, -1 not compared") double passed) {

    static Comparison of(Predicted predicted, Direct direct, double tolerance) {
      double difference = predicted.mean() - direct.mean();
      double error = Math.hypot(predicted.uncertainty().error(), direct.error());
      double interval = Math.hypot(predicted.uncertainty().halfWidth(), direct.halfWidth());
      double allowed =
          Double.isNaN(tolerance)
              ? interval
              : tolerance + (Double.isNaN(interval) ? ERRORS * error : interval);
      Verdict verdict =
          Double.isNaN(difference) || Double.isNaN(allowed)
              ? Verdict.NONE
              : Math.abs(difference) <= allowed ? Verdict.OK : Verdict.OVER;
      return new Comparison(
          difference, error, difference / error, tolerance, allowed, verdict.code());
    }
  }

  /** 1 - 1/e times; the interval of the direct one is from resampling runs. */
  public record RelaxationTimes(
      @Stored(
              name = "predicted_relaxation",
              value = "1 - 1/e time of the ensemble mean",
              units = TIME)
          double predicted,
      @Stored(
              name = "predicted_relaxation",
              value = "predicted relaxation time",
              units = TIME,
              hidden = true)
          Uncertainty uncertainty,
      @Stored(
              name = "direct_relaxation",
              value = "1 - 1/e time of the mean of the direct runs",
              units = TIME)
          double direct,
      @Stored(name = "direct_relaxation", value = "bootstrap point over runs", units = TIME)
          Bootstrap.Interval interval) {}

  /** Whether late parts are stationary, and runs relaxed. */
  public record Settled(
      @Stored(name = "predicted", value = "predicted") Stationarity predicted,
      @Stored(name = "direct", value = "direct") Stationarity direct,
      @Stored(name = "small_failed", value = "the small-system runs") Relaxation smallRuns,
      @Stored(name = "direct_failed", value = "the direct runs") Relaxation directRuns) {}

  /** In units of {@link Stored}: that of times. */
  static final String TIME = "{time}";

  /** Whether the difference of late means is allowed; NONE if nothing can be compared. */
  public Verdict verdict() {
    return Verdict.ofCode(comparison.passed());
  }

  /**
   * Whether the path is that of the direct runs, too. A tolerance is one of late means, so beside
   * it paths are not judged.
   */
  public Verdict pathVerdict() {
    return Verdict.ofCode(pathPassed);
  }

  /** The worse of late mean and path, such as {@code over (path)}, where only the path is. */
  public String word() {
    boolean late = verdict() != Verdict.OVER;
    return late && pathVerdict() == Verdict.OVER ? "over (path)" : verdict().word();
  }

  /**
   * One condition. What is not available is NaN.
   *
   * @param value of the condition's parameter
   * @param components one entry per observable
   * @param distance maximum mean discrepancy in the scaled variables of the equation (ME-88); NaN
   *     unless trajectories are stored and two direct runs exist
   */
  public record ConditionResult(
      String condition,
      double value,
      List<ComponentResult> components,
      @Stored(name = "sum_rule") SumRules sumRules,
      @Stored(name = "trajectory_error", value = "relative error of the mean trajectory")
          TrajectoryError physicalError,
      @Stored(
              name = "latent_error",
              value =
                  "relative error of the mean trajectory of the scaled variables of the equation")
          TrajectoryError latentError,
      @Stored(name = "discrepancy") Discrepancy distance,
      @Stored(name = "calibration") Calibration calibration,
      Amount amount) {
    static final RecordLayout<ConditionResult> LAYOUT = RecordLayout.of(ConditionResult.class);

    /** How well late means obey the linear relations of their system. */
    public record SumRules(
        @Stored("largest sum-rule residual of the predicted equilibrium means") double predicted,
        @Stored("largest sum-rule residual of the direct equilibrium means") double direct) {}

    /** What was predicted and simulated. */
    public record Amount(
        @Stored(value = "predicted physical time", units = TIME) double predictedTime,
        @Stored(value = "physical time of all direct runs together", units = TIME)
            double directTime,
        @Stored("number of direct runs") int directRuns,
        @Stored("leading records of every direct run that are left out") double directDropped,
        @Stored("duration of a direct run in relaxation times") double relaxationTimes,
        @Stored("1 outside the trained range") boolean extrapolated) {}

    /** With the results of the first so many observables only. */
    ConditionResult first(int shown) {
      return new ConditionResult(
          condition,
          value,
          components.subList(0, shown),
          sumRules,
          physicalError,
          latentError,
          distance,
          calibration,
          amount);
    }

    /** Whether every observable was stationary in its late window, predicted and direct. */
    public boolean stationary() {
      return components.stream()
          .map(ComponentResult::settled)
          .allMatch(it -> it.predicted().stationary() && it.direct().stationary());
    }

    /** Whether runs are relaxed in every observable that was checked; - if none was. */
    String relaxed(Function<Settled, Relaxation> which) {
      List<Relaxation> known =
          components.stream()
              .map(ComponentResult::settled)
              .map(which)
              .filter(Relaxation::known)
              .toList();
      boolean all = known.stream().allMatch(relaxation -> relaxation.failed().isEmpty());
      return known.isEmpty() ? "-" : all ? "yes" : "no";
    }

    /** The worst verdict of the observables, of late means and paths. */
    public Verdict verdict() {
      return components.stream()
          .flatMap(c -> Stream.of(c.verdict(), c.pathVerdict()))
          .reduce(Verdict.NONE, Verdict::worse);
    }
  }

  /**
   * Comparison of the first and the second part of a late window (DI-49); not stationary if the
   * drift is significant, or cannot be tested.
   */
  public record Stationarity(
      @Stored("second minus first half of the {} part after equilibration") double drift,
      @Stored(name = "drift_error", value = "standard error of the {} drift") double error,
      @Stored("1 if the {} drift is insignificant") boolean stationary) {

    /** Nothing to compare. */
    static final Stationarity UNKNOWN = new Stationarity(Double.NaN, Double.NaN, true);

    /** Of direct runs, whose noise tells what is significant. */
    static Stationarity of(Drift drift) {
      return new Stationarity(drift.value(), drift.error(), drift.steady());
    }

    /**
     * Of curves without much noise, whose last remainders of a relaxation are significant ({@code
     * runs}: equidistant values, one array per run; {@code threshold}: a drift too small to
     * matter).
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
  public record TrajectoryError(
      @Stored(name = "{}", value = "{}") double value,
      @Stored(name = "{}", value = "point of {name}") Bootstrap.Interval interval,
      @Stored("the same of two ensembles of direct runs") double floor) {
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
}
