package org.latticelift.system;

/**
 * One value of what an experiment varies, such as a temperature.
 *
 * @param name short name, also the HDF5 group: {@code T2000}
 * @param parameter what is varied, with its unit: {@code temperature_K}
 * @param value its value
 */
public record Condition(String name, String parameter, double value) {
  /**
   * Key of this condition in random streams: its value, so that adding a condition to a list
   * changes no other.
   *
   * @return bits of the value
   */
  public long key() {
    return Double.doubleToLongBits(value);
  }
}
