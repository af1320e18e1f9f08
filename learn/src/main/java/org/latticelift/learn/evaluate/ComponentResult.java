package org.latticelift.learn.evaluate;

import java.util.List;
import org.latticelift.io.output.RecordLayout;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.evaluate.MeasuredRelaxation.Relaxation;
import org.latticelift.learn.judgement.Comparison;
import org.latticelift.learn.judgement.Estimate;
import org.latticelift.learn.judgement.Interval;
import org.latticelift.learn.judgement.Verdict;
import org.latticelift.sim.statistics.Drift;

/**
 * One observable of one condition, predicted and direct, as it stands in {@code evaluation.h5} and
 * {@code evaluation.csv}. A number that is added here is in both. What is not available is NaN.
 */
public record ComponentResult(
    String observable,
    Predicted predicted,
    @Stored(name = "small") SmallSystem small,
    @Stored(name = "direct") Direct direct,
    Comparison comparison,
    RelaxationTimes relaxation,
    @Stored(optional = true) PathComparison path,
    Settled settled,
    @Stored(name = "corrected", optional = true) Corrected corrected,
    @Stored(name = "training", optional = true) Reproduction training) {
  static final RecordLayout<ComponentResult> LAYOUT = RecordLayout.of(ComponentResult.class);

  /** Standard errors; they do not hold that the Hamiltonian was fitted to noise. */
  private static final double SURELY = 5;

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
          Uncertainty deviationUncertainty) {
    /** The predicted equilibrium mean. */
    public Estimate estimate() {
      return Estimate.of(mean, uncertainty);
    }
  }

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

    /** The equilibrium mean of the small runs. */
    public Estimate estimate() {
      return new Estimate(mean, error, halfWidth);
    }
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

    /** The small mean moved by the difference between the sizes. */
    static Corrected of(SmallSystem small, Estimate difference) {
      return new Corrected(
          small.mean() + difference.value(), Math.hypot(small.error(), difference.error()));
    }
  }

  /** Whether the size changes the mean surely, and not by less than the predicted interval. */
  boolean sizeShows() {
    double difference = Math.abs(corrected.mean() - small.mean());
    double error = Math.sqrt(Math.pow(corrected.error(), 2) - Math.pow(small.error(), 2));
    return difference > SURELY * error && !(difference <= predicted.estimate().halfWidth());
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
      @Stored(
              name = "{}_deviation_half_width",
              value = "half of the 95 % interval of the direct standard deviation, from run to run",
              optional = true)
          double deviationHalfWidth,
      @Stored(value = "integrated autocorrelation time of the direct runs", units = TIME)
          double correlation) {
    static final Direct NONE =
        new Direct(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** The equilibrium mean of the direct runs. */
    public Estimate estimate() {
      return new Estimate(mean, error, halfWidth);
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
          Interval interval) {}

  /** Whether late parts are stationary, and runs relaxed. */
  public record Settled(
      @Stored(name = "predicted", value = "predicted") Stationarity predicted,
      @Stored(name = "direct", value = "direct") Stationarity direct,
      @Stored(name = "small_failed", value = "the small-system runs") Relaxation smallRuns,
      @Stored(name = "direct_failed", value = "the direct runs") Relaxation directRuns) {}

  /** In units of {@link Stored}: that of times. */
  static final String TIME = "{time}";

  /**
   * Deviation that the small runs say the large system has: theirs over the root of the ratio of
   * sites.
   */
  public double smallDeviation() {
    return small.deviation() / training.noise();
  }

  /** Whether the difference of late means is allowed; NONE if nothing can be compared. */
  public Verdict verdict() {
    return comparison.verdict();
  }

  /**
   * Whether the path is that of the direct runs, too. A tolerance is one of late means, so beside
   * it paths are not judged.
   */
  public Verdict pathVerdict() {
    return Verdict.ofCode(path.passed());
  }

  /**
   * Whether the standard deviation in equilibrium is that of the direct runs, within intervals. As
   * paths, it is not judged beside a tolerance.
   */
  public Verdict deviationVerdict() {
    return Double.isNaN(comparison.tolerance())
        ? Verdict.of(
            predicted.deviation() - direct.deviation(),
            Math.hypot(predicted.deviationUncertainty().halfWidth(), direct.deviationHalfWidth()))
        : Verdict.NONE;
  }

  /** The worse of late mean and path, such as {@code over (path)}, where only the path is. */
  public String word() {
    boolean late = verdict() != Verdict.OVER;
    return late && pathVerdict() == Verdict.OVER ? "over (path)" : verdict().word();
  }

  /**
   * Comparison of the first and the second part of a late window (DI-49); not stationary if the
   * drift is significant, or cannot be tested.
   */
  public record Stationarity(
      @Stored("second minus first half of the {} part after equilibration") double drift,
      @Stored(name = "drift_error", value = "standard error of the {} drift") double error,
      @Stored("1 if the {} drift is insignificant") boolean stationary) {

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
      boolean small = Verdict.of(drift.value(), threshold) == Verdict.OK;
      return new Stationarity(drift.value(), drift.error(), small || drift.steady());
    }
  }
}
