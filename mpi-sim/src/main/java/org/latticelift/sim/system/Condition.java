package org.latticelift.sim.system;

/**
 * One value of what an experiment varies, such as a temperature.
 *
 * @param name short name, also the HDF5 group: {@code T2000}
 * @param parameter what is varied, with its unit: {@code temperature_K}
 * @param value its value
 */
public record Condition(String name, String parameter, double value) {
  /** Whole numbers below have all their digits in a long, and are all exact in a double. */
  private static final double EXACT = 1L << 53;

  /**
   * A condition that is named after its parameter and value.
   *
   * @param parameter what is varied
   * @param value its value
   * @return a condition with the name of {@link #name(String, double)}
   */
  public static Condition of(String parameter, double value) {
    return new Condition(name(parameter, value), parameter, value);
  }

  /**
   * The name of a condition: the first letter of the parameter, in upper case, and the value.
   *
   * @param parameter such as {@code temperature_K}
   * @param value such as 2000
   * @return such as {@code T2000}
   */
  public static String name(String parameter, double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < EXACT;
    String number = whole ? Long.toString((long) value) : Double.toString(value);
    return parameter.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + number;
  }

  /**
   * Key of this condition in random streams: its value, so that adding a condition to a list
   * changes no other.
   *
   * @return bits of the value
   */
  public long key() {
    return key(value);
  }

  /**
   * Key of a value in random streams, exact: values that differ have streams of their own.
   *
   * @param value of the parameter
   * @return bits of the value
   */
  public static long key(double value) {
    return Double.doubleToLongBits(value);
  }
}
