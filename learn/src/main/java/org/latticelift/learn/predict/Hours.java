package org.latticelift.learn.predict;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.latticelift.io.output.TimeScale;

/** Real times as people of a furnace say them. */
public final class Hours {
  private static final double HOUR = 3600;
  private static final double DAY = 86400;

  /** The largest first. */
  private static final List<TimeScale> UNITS =
      List.of(
          new TimeScale("years", 365.25 * DAY),
          new TimeScale("days", DAY),
          new TimeScale("h", HOUR),
          new TimeScale("min", 60));

  private static final TimeScale SECOND = new TimeScale("s", 1);

  private Hours() {}

  /** A time with the largest unit of which it is at least two; such as {@code 3.5 h}. */
  public static String text(double seconds) {
    if (seconds == 0) {
      return "0"; // the lower end of an interval that holds no time at all
    }
    TimeScale unit = unit(seconds).orElse(SECOND);
    return String.format(Locale.ROOT, "%.3g %s", seconds / unit.seconds(), unit.unit());
  }

  /**
   * A unit of a furnace for simulated times, or one below a second ({@code longest}: simulated
   * time, s; {@code ratio}: real seconds per simulated one).
   */
  public static TimeScale scale(double longest, double ratio) {
    double seconds = longest * ratio;
    TimeScale real = unit(seconds).orElseGet(() -> TimeScale.of(seconds));
    return new TimeScale(real.unit(), real.seconds() / ratio);
  }

  private static Optional<TimeScale> unit(double seconds) {
    return UNITS.stream().filter(unit -> seconds >= 2 * unit.seconds()).findFirst();
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
}
