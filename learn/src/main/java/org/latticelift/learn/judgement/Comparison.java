package org.latticelift.learn.judgement;

import org.latticelift.io.output.RecordLayout.Stored;

/**
 * A value compared with a reference: their difference, its error, how large it may be and the
 * verdict, as they stand in files and tables. What is not available is NaN.
 *
 * @param difference value minus reference
 * @param combinedError standard error of the difference
 * @param z difference in units of its standard error
 * @param tolerance configured, and allowed in addition to the intervals
 * @param allowed largest difference that passes
 * @param passed {@link Verdict#code} of the verdict
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
    @Stored(
            "1 within the allowed difference, 0 beyond, 2 within an interval that is too wide to say,"
                + " -1 not compared")
        double passed) {
  /** A difference beyond so many standard errors is significant. */
  public static final double ERRORS = 2;

  /** Compares within the combined 95 % interval of both. */
  public static Comparison of(Estimate value, Estimate reference) {
    return of(value, reference, Double.NaN);
  }

  /**
   * Compares within the combined 95 % interval of both and a tolerance on top, NaN where none is
   * configured. Where there is no interval a tolerance still gives a verdict, with twice the
   * combined standard error on top.
   */
  public static Comparison of(Estimate value, Estimate reference, double tolerance) {
    double error = Math.hypot(value.error(), reference.error());
    double interval = Math.hypot(value.halfWidth(), reference.halfWidth());
    double allowed =
        Double.isNaN(tolerance)
            ? interval
            : tolerance + (Double.isNaN(interval) ? ERRORS * error : interval);
    return of(value.value() - reference.value(), error, tolerance, allowed);
  }

  /**
   * The same comparison; without a tolerance a difference that passes says nothing where half of
   * the interval of the value is larger than this.
   */
  public Comparison within(Estimate value, double widest) {
    boolean says = !(value.halfWidth() > widest) || verdict() != Verdict.OK;
    return says || !Double.isNaN(tolerance)
        ? this
        : new Comparison(difference, combinedError, z, tolerance, allowed, Verdict.WIDE.code());
  }

  /** Compares within twice the combined standard error of both. */
  public static Comparison withinErrors(Estimate value, Estimate reference) {
    double error = Math.hypot(value.error(), reference.error());
    return within(ERRORS, value.value() - reference.value(), error);
  }

  /** Compares within some standard errors of the difference. */
  public static Comparison within(double errors, double difference, double error) {
    return of(difference, error, Double.NaN, errors * error);
  }

  private static Comparison of(double difference, double error, double tolerance, double allowed) {
    double code = Verdict.of(difference, allowed).code();
    return new Comparison(difference, error, difference / error, tolerance, allowed, code);
  }

  /** Whether the difference is allowed; NONE if nothing can be compared. */
  public Verdict verdict() {
    return Verdict.ofCode(passed);
  }

  /** Whether the difference is known and allowed. */
  public boolean agrees() {
    return verdict() == Verdict.OK;
  }

  /** Whether the difference is known and larger than allowed. */
  public boolean significant() {
    return verdict() == Verdict.OVER;
  }
}
