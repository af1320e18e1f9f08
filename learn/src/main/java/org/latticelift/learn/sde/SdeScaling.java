package org.latticelift.learn.sde;

import java.util.Arrays;
import java.util.Locale;
import org.latticelift.io.error.LatticeLiftException;

/**
 * From physical to scaled variables: y = (z - mean) / deviation per trained variable and s = t /
 * tau(T). The time unit tau is stored for the trained conditions, in general temperatures, and
 * interpolated between them as ln tau piecewise linear in 1/T.
 *
 * @param mean offset of each trained variable
 * @param deviation scale of each trained variable, positive
 * @param condition trained values of the condition's parameter, positive and increasing
 * @param timeUnit tau of each trained condition
 * @param quantities names and units of conditions and times
 */
public record SdeScaling(
    double[] mean,
    double[] deviation,
    double[] condition,
    double[] timeUnit,
    Quantities quantities) {

  /** Beyond it, or below its inverse, variances of predictions could not be told from infinity. */
  private static final double LARGEST = 1e60;

  /**
   * For temperatures in K and times in s ({@code deviation}: positive scales; {@code timeUnit}:
   * positive times).
   */
  public SdeScaling(double[] mean, double[] deviation, double[] condition, double[] timeUnit) {
    this(mean, deviation, condition, timeUnit, Quantities.KELVIN_AND_SECONDS);
  }

  public SdeScaling {
    boolean fits = mean.length == deviation.length && condition.length == timeUnit.length;
    boolean increasing = condition.length > 0;
    for (int c = 1; c < condition.length; c++) {
      increasing &= condition[c] > condition[c - 1];
    }
    boolean bounded = Arrays.stream(mean).allMatch(value -> Math.abs(value) <= LARGEST);
    if (!fits || !increasing || !bounded || !positive(deviation) || !positive(timeUnit)) {
      throw LatticeLiftException.badData(
          "The scaling of the model is not valid",
          ModelFile.NAME + " /scaling",
          "equal lengths, increasing conditions, positive deviations and time units, all from "
              + 1 / LARGEST
              + " to "
              + LARGEST,
          "Train the model again");
    }
  }

  /**
   * The trained values next to one ({@code condition}: trained values, increasing); indices of
   * those below and above it, the same one twice for a trained value or beyond the ends.
   */
  public static int[] around(double[] condition, double value) {
    int right = 0;
    while (right < condition.length - 1 && condition[right] < value) {
      right++;
    }
    int left = condition[right] <= value || right == 0 ? right : right - 1;
    return new int[] {left, right};
  }

  /** What the equation was learned for, as far as the model file says it. */
  public String holds() {
    StringBuilder text = new StringBuilder("The model was trained");
    quantities.composition().ifPresent(shares -> text.append(" with atoms ").append(shares));
    quantities
        .vacancies()
        .ifPresent(c -> text.append(String.format(Locale.ROOT, ", %.3g vacancies per site,", c)));
    double last = condition[condition.length - 1];
    return text.append(" at ")
        .append(quantities.parameter())
        .append(" " + number(condition[0]) + " to " + number(last) + ".")
        .toString();
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static boolean positive(double[] values) {
    return Arrays.stream(values).allMatch(value -> value >= 1 / LARGEST && value <= LARGEST);
  }

  /**
   * The time unit at a condition.
   *
   * @param allowExtrapolation whether a value outside the trained range is accepted; ln tau is then
   *     continued linearly in 1/T from the two nearest trained ones, in T itself where conditions
   *     are not all above 0
   * @throws LatticeLiftException (65) outside the trained range without permission
   */
  public double timeUnit(double value, boolean allowExtrapolation) {
    int n = condition.length;
    boolean inside = value >= condition[0] && value <= condition[n - 1];
    if (!inside && !allowExtrapolation) {
      throw LatticeLiftException.badData(
          "The model was not trained at " + quantities.text(value),
          "condition " + value,
          "values from " + condition[0] + " to " + quantities.text(condition[n - 1]),
          "Choose one in that range, or set ensemble.allow_extrapolation to true");
    }
    if (n == 1) {
      return timeUnit[0];
    }
    int right = 1;
    while (right < n - 1 && condition[right] < value) {
      right++;
    }
    boolean reciprocal = condition[0] > 0 && value > 0;
    double a = reciprocal ? 1 / condition[right - 1] : condition[right - 1];
    double b = reciprocal ? 1 / condition[right] : condition[right];
    double weight = ((reciprocal ? 1 / value : value) - a) / (b - a);
    return StrictMath.exp(
        (1 - weight) * StrictMath.log(timeUnit[right - 1])
            + weight * StrictMath.log(timeUnit[right]));
  }

  /** Scales one value; (z - mean) / deviation. */
  public double toScaled(int variable, double z) {
    return (z - mean[variable]) / deviation[variable];
  }

  /** Undoes {@link #toScaled}. */
  public double toPhysical(int variable, double y) {
    return mean[variable] + deviation[variable] * y;
  }
}
