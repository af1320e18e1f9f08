package org.latticelift.learn.judgement;

import java.util.OptionalDouble;
import org.latticelift.learn.ensemble.Uncertainty;

/**
 * A predicted mean with its interval and that of direct runs: the equilibrium mean, or the mean at
 * a time of a path.
 *
 * @param condition name, of a schedule too
 * @param observable name
 * @param time after the start of the path; empty for the equilibrium mean
 * @param predicted mean
 * @param uncertainty of the prediction
 * @param direct mean of the direct runs
 */
public record IntervalCheck(
    String condition,
    String observable,
    OptionalDouble time,
    double predicted,
    Uncertainty uncertainty,
    Estimate direct) {
  /** The difference of both, and whether the combined 95 % interval holds it. */
  public Comparison comparison() {
    return Comparison.of(Estimate.of(predicted, uncertainty), direct);
  }

  /** Whether the interval holds the truth; false where there is no interval. */
  public boolean inside() {
    return comparison().agrees();
  }
}
