package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.sim.statistics.LateAverages;
import org.latticelift.sim.statistics.LateMean;

/**
 * A predicted late mean with its interval beside that of direct runs (EX-32).
 *
 * @param condition name
 * @param observable name
 * @param predicted late mean
 * @param uncertainty of the prediction
 * @param direct late mean of the direct runs
 * @param directError its standard error
 * @param directHalfWidth of its 95 % interval
 */
public record LateMeanCheck(
    String condition,
    String observable,
    double predicted,
    Uncertainty uncertainty,
    double direct,
    double directError,
    double directHalfWidth) {
  /**
   * Some observables of one condition.
   *
   * @param prediction of it
   * @param runs direct runs, at least one
   * @param observables names of all
   * @param chosen which of them
   * @return one check each
   */
  public static List<LateMeanCheck> of(
      Prediction prediction, List<TimeSeries> runs, List<String> observables, int[] chosen) {
    LateAverages late = new DirectRecords(runs).late(Optional.empty(), observables.size());
    List<LateMeanCheck> checks = new ArrayList<>();
    for (int c : chosen) {
      LateMean direct = late.observables().get(c);
      checks.add(
          new LateMeanCheck(
              prediction.condition(),
              observables.get(c),
              prediction.lateMean(c),
              prediction.lateMeanUncertainty(c),
              direct.mean().mean(),
              direct.error(),
              direct.halfWidth()));
    }
    return checks;
  }

  /**
   * Predicted minus direct.
   *
   * @return in the unit of the observable
   */
  public double difference() {
    return predicted - direct;
  }

  /**
   * Standard error of the difference.
   *
   * @return in the unit of the observable
   */
  public double error() {
    return Math.hypot(uncertainty.error(), directError);
  }

  /**
   * Whether the difference lies within the combined 95 % interval.
   *
   * @return false where there is no interval
   */
  public boolean inside() {
    double half = Math.hypot(uncertainty.halfWidth(), directHalfWidth);
    return Math.abs(difference()) <= half;
  }
}
