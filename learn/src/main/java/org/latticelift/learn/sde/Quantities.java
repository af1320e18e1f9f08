package org.latticelift.learn.sde;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the condition and the time of a model are called, and what sets the time.
 *
 * @param parameter name of the varied parameter; after the last underscore its unit, if it has one
 * @param timeUnit unit of times; 1 where time has none
 * @param vacancies per site that the simulations held, where nothing moves but by them (EX-52)
 * @param composition shares of the atoms, where there are some, such as {@code Mo 0.5, Ta 0.5}
 */
public record Quantities(
    String parameter, String timeUnit, OptionalDouble vacancies, Optional<String> composition) {
  /** Temperatures in K and times in s. */
  public static final Quantities KELVIN_AND_SECONDS = new Quantities("temperature_K", "s");

  /** Of a system whose time does not depend on vacancies ({@code timeUnit}: unit of times). */
  public Quantities(String parameter, String timeUnit) {
    this(parameter, timeUnit, OptionalDouble.empty(), Optional.empty());
  }

  /**
   * The same of a crystal, whose vacancies set the times ({@code concentration}: per site; empty
   * where it is not known; {@code shares}: of the atoms; empty where they are not known); the same
   * names.
   */
  public Quantities with(OptionalDouble concentration, Optional<String> shares) {
    return new Quantities(parameter, timeUnit, concentration, shares);
  }

  /** Unit of the parameter; such as {@code K}, or 1. */
  public String parameterUnit() {
    int underscore = parameter.lastIndexOf('_');
    return underscore < 0 ? "1" : parameter.substring(underscore + 1);
  }

  /** What words in braces of stored records stand for. */
  public Map<String, String> units() {
    return Map.of("time", timeUnit, "condition", parameterUnit(), "parameter", parameter);
  }

  /** A value of the parameter in a message; value and unit. */
  public String text(double value) {
    return parameterUnit().equals("1") ? "" + value : value + " " + parameterUnit();
  }
}
