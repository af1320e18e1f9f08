package org.latticelift.learn.evaluate;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

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
 * @param distance maximum mean discrepancy in these variables (ME-88); NaN unless trajectories are
 *     stored and two direct runs exist
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
   * Relative error of the mean trajectory of the observables (ME-89).
   *
   * @return NaN without direct runs
   */
  public double trajectoryError() {
    return physicalError.value();
  }

  /**
   * Time-averaged maximum mean discrepancy (ME-88).
   *
   * @return both estimates
   */
  public MaximumMeanDiscrepancy discrepancy() {
    return distance.mean();
  }

  /**
   * Whether every observable was stationary in its late window, predicted and direct.
   *
   * @return false if one failed
   */
  public boolean stationary() {
    return components.stream()
        .allMatch(
            c -> c.predictedStationarity().stationary() && c.directStationarity().stationary());
  }

  /**
   * Whether runs are relaxed in every observable that was checked.
   *
   * @param which of the runs
   * @return {@code yes}, {@code no}, or {@code -} if nothing was checked
   */
  String relaxed(Function<ComponentResult, Relaxation> which) {
    List<Relaxation> known = components.stream().map(which).filter(Relaxation::known).toList();
    boolean all = known.stream().allMatch(relaxation -> relaxation.failed().isEmpty());
    return known.isEmpty() ? "-" : all ? "yes" : "no";
  }

  /**
   * The worst verdict of the observables, of late means and paths.
   *
   * @return OVER if one is over, NONE if nothing was compared
   */
  public Verdict verdict() {
    return components.stream()
        .flatMap(c -> Stream.of(c.verdict(), c.pathVerdict()))
        .reduce(Verdict.NONE, Verdict::worse);
  }
}
