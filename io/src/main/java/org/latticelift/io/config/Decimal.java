package org.latticelift.io.config;

import java.util.regex.Pattern;

/** Decimal numbers as people and programs write them in tables. */
public final class Decimal {
  private static final Pattern FORM =
      Pattern.compile("[-+]?(?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?|NaN|Infinity)");

  private Decimal() {}

  /**
   * Returns the value of a decimal number, such as {@code -1.5e-3}; minus zero is zero. What Java
   * takes for a number beside these (hexadecimal digits, a letter for its type) is none; {@code
   * NaN} and {@code Infinity} are what they say, for callers to name them.
   *
   * @param text without blanks around it
   * @throws NumberFormatException if it is no decimal number
   */
  public static double parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new NumberFormatException("no decimal number: " + text);
    }
    return Double.parseDouble(text) + 0.0;
  }
}
