package org.latticelift.io.plot;

/**
 * An axis of a figure.
 *
 * @param label text with the unit
 * @param logarithmic whether decades are equally long
 */
public record Axis(String label, boolean logarithmic) {
  /**
   * An axis on which equal differences are equally long.
   *
   * @param label text with the unit
   * @return the axis
   */
  public static Axis linear(String label) {
    return new Axis(label, false);
  }

  /**
   * An axis on which decades are equally long; values that are not positive are not shown.
   *
   * @param label text with the unit
   * @return the axis
   */
  public static Axis logarithmic(String label) {
    return new Axis(label, true);
  }

  /**
   * From a parameter with its unit, {@code temperature_K} becomes {@code temperature (K)}.
   *
   * @param parameter name, an underscore and the unit; used as it is without an underscore
   * @return a linear axis
   */
  public static Axis ofParameter(String parameter) {
    int cut = parameter.lastIndexOf('_');
    return linear(
        cut < 0
            ? parameter
            : parameter.substring(0, cut).replace('_', ' ')
                + " ("
                + parameter.substring(cut + 1)
                + ")");
  }
}
