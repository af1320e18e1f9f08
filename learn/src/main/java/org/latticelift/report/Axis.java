package org.latticelift.report;

/**
 * An axis of a figure.
 *
 * @param label text with the unit
 * @param logarithmic whether decades are equally long
 */
record Axis(String label, boolean logarithmic) {
  static Axis linear(String label) {
    return new Axis(label, false);
  }

  static Axis logarithmic(String label) {
    return new Axis(label, true);
  }

  /** From a parameter with its unit, {@code temperature_K} becomes {@code temperature (K)}. */
  static Axis ofParameter(String parameter) {
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
