package org.latticelift.learn.sde;

/**
 * What the condition and the time of a model are called.
 *
 * @param parameter name of the varied parameter; after the last underscore its unit, if it has one
 * @param timeUnit unit of times; 1 where time has none
 */
public record Quantities(String parameter, String timeUnit) {
  /** Temperatures in K and times in s. */
  public static final Quantities KELVIN_AND_SECONDS = new Quantities("temperature_K", "s");

  /**
   * Unit of the parameter.
   *
   * @return such as {@code K}, or 1
   */
  public String parameterUnit() {
    int underscore = parameter.lastIndexOf('_');
    return underscore < 0 ? "1" : parameter.substring(underscore + 1);
  }

  /**
   * A value of the parameter in a message.
   *
   * @param value its value
   * @return value and unit
   */
  public String text(double value) {
    return parameterUnit().equals("1") ? "" + value : value + " " + parameterUnit();
  }
}
