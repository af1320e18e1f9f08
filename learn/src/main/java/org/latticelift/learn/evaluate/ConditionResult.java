package org.latticelift.learn.evaluate;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.latticelift.io.output.RecordLayout;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.learn.evaluate.ComponentResult.Settled;
import org.latticelift.learn.evaluate.MeasuredRelaxation.Relaxation;
import org.latticelift.learn.judgement.Verdict;

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
            value = "relative error of the mean trajectory of the scaled variables of the equation")
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
      @Stored(value = "predicted physical time", units = ComponentResult.TIME) double predictedTime,
      @Stored(value = "physical time of all direct runs together", units = ComponentResult.TIME)
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
