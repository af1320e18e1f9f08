package org.latticelift.learn.evaluate;

/**
 * What the runs of the small system say of one observable, all from {@code simulate.csv}: their
 * late mean is what a user has without the method. What is not available is NaN.
 *
 * @param mean late mean
 * @param error its standard error
 * @param halfWidth of its 95 % interval
 * @param deviation standard deviation of a late record, that of a system of the small size
 * @param relaxation whether the runs are relaxed
 */
public record SmallSystem(
    double mean, double error, double halfWidth, double deviation, Relaxation relaxation) {
  /** Nothing is known, such as of closure variables. */
  public static final SmallSystem UNKNOWN =
      new SmallSystem(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Relaxation.UNKNOWN);
}
