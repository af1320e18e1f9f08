package org.latticelift.io.output;

/** What stands in a cell: numbers, empty where they are not known, and titles with their unit. */
public final class CsvCell {
  private static final double EXACT = 1e15;

  private CsvCell() {}

  /** A number that reads back exactly ({@code value}: any); empty for NaN. */
  public static String of(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  /** The same without decimals where there are none ({@code value}: any); empty for NaN. */
  public static String compact(double value) {
    return value == Math.rint(value) && Math.abs(value) < EXACT
        ? Long.toString((long) value)
        : of(value);
  }

  /** Reads a number back; NaN for an empty one. */
  public static double number(String cell) {
    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
  }

  /**
   * The title of a column ({@code name}: what it holds; {@code unit}: {@code 1} for what has none);
   * such as {@code time[s]}.
   */
  public static String title(String name, String unit) {
    return unit.equals("1") ? name : name + "[" + unit + "]";
  }
}
