package org.latticelift.io.output;

import java.util.Arrays;

/**
 * A unit of time fit for an axis.
 *
 * @param unit name, such as {@code ns}
 * @param seconds its length in s
 */
public record TimeScale(String unit, double seconds) {
  private static final TimeScale[] ALL = {
    new TimeScale("s", 1),
    new TimeScale("ms", 1e-3),
    new TimeScale("\u00b5s", 1e-6),
    new TimeScale("ns", 1e-9),
    new TimeScale("ps", 1e-12)
  };

  /**
   * The largest unit of which the longest time is at least two ({@code longest}: time in s); the
   * unit; picoseconds for whatever is shorter.
   */
  public static TimeScale of(double longest) {
    return Arrays.stream(ALL)
        .filter(scale -> longest >= 2 * scale.seconds)
        .findFirst()
        .orElse(ALL[ALL.length - 1]);
  }

  /**
   * For times in a unit that may not be seconds ({@code longest}: time; {@code unit}: of it; {@code
   * 1} where time has no unit), as {@link #of(double)} for seconds, else the unit itself.
   */
  public static TimeScale of(double longest, String unit) {
    return unit.equals("s") ? of(longest) : new TimeScale(unit, 1);
  }

  /** Label of an axis ({@code quantity}: what is drawn), with the unit, if there is one. */
  public String label(String quantity) {
    return unit.equals("1") ? quantity : quantity + " (" + unit + ")";
  }

  /** Times in this unit ({@code times}: in s; not modified), as many, in this unit. */
  public double[] scaled(double[] times) {
    return Arrays.stream(times).map(t -> t / seconds).toArray();
  }
}
