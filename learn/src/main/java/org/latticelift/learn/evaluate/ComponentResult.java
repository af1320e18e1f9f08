package org.latticelift.learn.evaluate;

import org.latticelift.learn.ensemble.Uncertainty;

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

  /**
   * Standard error of the predicted late mean.
   *
   * @return of the finite ensemble alone for one model
   */
  public double predictedError() {
    return predictedUncertainty.error();
  }

  /**
   * Predicted minus direct.
   *
   * @return NaN without direct runs
   */
  public double difference() {
    return predicted - direct;
  }

  /**
   * Standard error of the difference.
   *
   * @return NaN without direct runs
   */
  public double combinedError() {
    return Math.hypot(predictedError(), directError);
  }

  /**
   * Largest difference that passes: the combined interval of prediction and direct runs, and a
   * tolerance on top if one is configured. Where the prediction has no interval a tolerance still
   * gives a verdict, with twice the combined standard error on top.
   *
   * @return NaN if there is neither, or a standard error is unknown
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
   * it paths are not judged.
   *
   * @return NONE without direct runs or intervals
   */
  public Verdict pathVerdict() {
    return Double.isNaN(tolerance) ? path.verdict() : Verdict.NONE;
  }

  /**
   * What tables say: the worse of late mean and path.
   *
   * @return such as {@code over (path)}, where only the path is
   */
  public String word() {
    boolean late = verdict() != Verdict.OVER;
    return late && pathVerdict() == Verdict.OVER ? "over (path)" : verdict().word();
  }

  /**
   * Whether the difference of late means is allowed.
   *
   * @return NONE without direct runs, without both an interval and a tolerance, or where a standard
   *     error is unknown
   */
  public Verdict verdict() {
    if (Double.isNaN(difference()) || Double.isNaN(allowed())) {
      return Verdict.NONE;
    }
    return Math.abs(difference()) <= allowed() ? Verdict.OK : Verdict.OVER;
  }
}
