package org.latticelift.learn.certificate;

import org.latticelift.learn.judgement.Comparison;

/**
 * How far a prediction is off, as one check has it: the prediction minus a corrected one.
 *
 * @param check what was compared
 * @param condition name
 * @param observable name
 * @param quantity of it
 * @param predicted value of the prediction
 * @param bias prediction minus corrected prediction
 * @param error standard error of the bias
 */
public record Bias(
    Check check,
    String condition,
    String observable,
    BiasedValue quantity,
    double predicted,
    double bias,
    double error) {
  /** The bias with the verdict whether it is larger than its error explains. */
  public Comparison comparison() {
    return Comparison.within(Comparison.ERRORS, bias, error);
  }

  /** Whether the bias is below two of its standard errors, or one of both is unknown. */
  public boolean silent() {
    return !comparison().significant();
  }
}
