package org.latticelift.sim.system;

import java.util.Locale;
import org.latticelift.io.error.LatticeLiftException;

/**
 * How many steps or events a schedule may have: more would take longer than anybody waits, and from
 * 2^53 on a step no longer changes the time it is added to.
 */
public final class StepLimit {
  /** The most. */
  public static final double MOST = 1e12;

  private StepLimit() {}

  /**
   * Refuses schedules that are too long; an error with exit code 65.
   *
   * @param steps steps or events
   * @param where key of the configuration
   */
  public static void require(double steps, String where) {
    if (!(steps <= MOST)) {
      throw LatticeLiftException.badData(
          String.format(Locale.ROOT, "a schedule of %.3g steps", steps),
          where,
          "at most 1e12 steps or events",
          "Shorten it, or make its steps longer");
    }
  }

  /**
   * Refuses schedules of equal steps that are too long, and steps so short that adding one leaves
   * the time as it is.
   *
   * @param time in all
   * @param step of it
   * @param where key of the configuration
   */
  public static void require(double time, double step, String where) {
    if (!(step > 0) || time + step == time) {
      throw LatticeLiftException.badData(
          "steps of " + step + " that do not change a time of " + time,
          where,
          "at most 1e12 steps",
          "Shorten the time, or make its steps longer");
    }
    require(time / step, where);
  }
}
