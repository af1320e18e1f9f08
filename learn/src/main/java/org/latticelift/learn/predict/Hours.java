package org.latticelift.learn.predict;

import java.util.Locale;

/** Real times as people of a furnace say them. */
public final class Hours {
  private static final double MINUTE = 60;
  private static final double HOUR = 3600;
  private static final double DAY = 86400;
  private static final double YEAR = 365.25 * DAY;

  private Hours() {}

  /** A time with the largest unit of which it is at least two; such as {@code 3.5 h}. */
  public static String text(double seconds) {
    if (seconds == 0) {
      return "0"; // the lower end of an interval that holds no time at all
    }
    if (seconds >= 2 * YEAR) {
      return number(seconds / YEAR, "years");
    }
    if (seconds >= 2 * DAY) {
      return number(seconds / DAY, "days");
    }
    if (seconds >= 2 * HOUR) {
      return number(seconds / HOUR, "h");
    }
    return seconds >= 2 * MINUTE ? number(seconds / MINUTE, "min") : number(seconds, "s");
  }

  /**
   * A time with its interval in the same unit ({@code half}: of its interval; NaN for none); such
   * as {@code 3.5 ± 0.2 h}.
   */
  public static String text(double seconds, double half) {
    String alone = text(seconds);
    if (Double.isNaN(half)) {
      return alone;
    }
    int unit = alone.indexOf(' ');
    double size = seconds / Double.parseDouble(alone.substring(0, unit));
    return alone.substring(0, unit)
        + String.format(Locale.ROOT, " ± %.2g", half / size)
        + alone.substring(unit);
  }

  /** In hours; the same time. */
  public static double of(double seconds) {
    return seconds / HOUR;
  }

  private static String number(double value, String unit) {
    return String.format(Locale.ROOT, "%.3g %s", value, unit);
  }
}
