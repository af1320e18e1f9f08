package org.latticelift.learn.certificate;

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
    Quantity quantity,
    double predicted,
    double bias,
    double error) {
  /** Silent below so many standard errors (EX-33). */
  private static final double SIGNIFICANT = 2;

  /**
   * Whether nothing is seen.
   *
   * @return true where the bias is below two of its standard errors
   */
  public boolean silent() {
    return !(Math.abs(bias) > SIGNIFICANT * error);
  }
}
