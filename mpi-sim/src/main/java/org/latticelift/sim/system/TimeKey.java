package org.latticelift.sim.system;

import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;

/**
 * The keys of times: {@code time_s} where a system counts seconds, {@code time} where its time has
 * no unit. Each is refused where the other belongs, since numbers of the one mean nothing as the
 * other.
 */
public final class TimeKey {
  private static final String SECONDS = "time_s";
  private static final String NO_UNIT = "time";

  private TimeKey() {}

  /**
   * Whether times are seconds.
   *
   * @param unit of the system, {@code s} or {@code 1}
   * @return false where time has no unit
   */
  public static boolean inSeconds(String unit) {
    return unit.equals("s");
  }

  /**
   * The key of a time.
   *
   * @param unit of the system, {@code s} or {@code 1}
   * @return {@code time_s} or {@code time}
   */
  public static String of(String unit) {
    return inSeconds(unit) ? SECONDS : NO_UNIT;
  }

  /**
   * Refuses a time in another unit than that of the system.
   *
   * @param node text, or a mapping with one key
   * @param unit of the system, {@code s} or {@code 1}
   */
  public static void require(ConfigNode node, String unit) {
    boolean seconds = inSeconds(unit);
    String wrong = seconds ? NO_UNIT : SECONDS;
    if (node.isMapping() && node.keys().contains(wrong)) {
      throw LatticeLiftException.badData(
          "{"
              + wrong
              + ": T} in a system whose time "
              + (seconds ? "is in seconds" : "has no unit"),
          node.where(),
          "{" + of(unit) + ": T}",
          "Write that key, with a number in that unit");
    }
  }
}
