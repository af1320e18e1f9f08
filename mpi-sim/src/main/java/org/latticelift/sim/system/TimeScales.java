package org.latticelift.sim.system;

/**
 * Times of the small system at a condition, as its runs show them.
 *
 * @param event mean time per event and patch
 * @param relaxation that of the slowest observable; NaN where it is not known
 * @param longest an evolution whose length is given in relaxations lasts no longer: of all pairs
 *     together these then cost as much as the runs of the small system
 * @param interval between records
 */
public record TimeScales(double event, double relaxation, double longest, double interval) {
  /**
   * Where only events are counted ({@code event}: mean time per event and patch), without a
   * relaxation time.
   */
  public static TimeScales ofEvents(double event) {
    return new TimeScales(event, Double.NaN, Double.NaN, Double.NaN);
  }

  /**
   * For patches in which events are more frequent or rarer ({@code other}: time per event); the
   * same relaxation.
   */
  public TimeScales withEvent(double other) {
    return new TimeScales(other, relaxation, longest, interval);
  }

  /**
   * The nearest whole number of intervals between records ({@code time}: above 0), at least one
   * interval.
   */
  public double wholeRecords(double time) {
    return Math.max(1, Math.rint(time / interval)) * interval;
  }

  /**
   * The time of so many relaxations, or the longest one where that is less or no relaxation is
   * known ({@code relaxations}: above 0), in the unit of time; NaN where neither is known.
   */
  public double relaxations(double relaxations) {
    return relaxations * relaxation <= longest || Double.isNaN(longest)
        ? relaxations * relaxation
        : longest;
  }
}
