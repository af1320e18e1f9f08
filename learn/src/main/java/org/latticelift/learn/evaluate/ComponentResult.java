package org.latticelift.learn.evaluate;

/**
 * One observable of one condition, predicted and direct. What is not available is NaN.
 *
 * @param observable name
 * @param predicted late mean of the prediction
 * @param predictedError its standard error
 * @param predictedDeviation late standard deviation of a predicted trajectory
 * @param predictedModelSpread standard deviation of the late mean over models; 0 for one model
 * @param direct late time-weighted mean of the direct runs
 * @param directError its standard error, as in {@code direct.csv}
 * @param directDeviation late standard deviation of a direct run
 * @param directCorrelation integrated autocorrelation time of the direct runs, s
 * @param tolerance allowed difference; NaN if none is configured
 * @param predictedRelaxation 1 - 1/e time of the ensemble mean, s
 * @param directRelaxation 1 - 1/e time of the mean of the direct runs, s
 * @param directRelaxationInterval 95 % bootstrap interval over runs
 * @param predictedStationarity first against second half of the predicted late part
 * @param directStationarity first against second half of the direct late part
 * @param small whether the small-system runs are relaxed
 * @param directRelaxed whether the direct runs are
 */
public record ComponentResult(
    String observable,
    double predicted,
    double predictedError,
    double predictedDeviation,
    double predictedModelSpread,
    double direct,
    double directError,
    double directDeviation,
    double directCorrelation,
    double tolerance,
    double predictedRelaxation,
    double directRelaxation,
    Bootstrap.Interval directRelaxationInterval,
    Stationarity predictedStationarity,
    Stationarity directStationarity,
    Relaxation small,
    Relaxation directRelaxed) {

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
    return Math.hypot(predictedError, directError);
  }

  /**
   * Largest difference that passes: the tolerance plus twice the combined standard error.
   *
   * @return NaN if no tolerance is configured or a standard error is unknown
   */
  public double allowed() {
    return tolerance + 2 * combinedError();
  }

  /**
   * Whether the difference is allowed.
   *
   * @return NONE without direct runs or a tolerance, or where a standard error is unknown
   */
  public Verdict verdict() {
    if (Double.isNaN(difference()) || Double.isNaN(allowed())) {
      return Verdict.NONE;
    }
    return Math.abs(difference()) <= allowed() ? Verdict.OK : Verdict.OVER;
  }
}
