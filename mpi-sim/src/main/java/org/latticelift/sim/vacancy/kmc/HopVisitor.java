package org.latticelift.sim.vacancy.kmc;

/** Is shown hops that may happen next. */
@FunctionalInterface
public interface HopVisitor {
  /**
   * One possible hop.
   *
   * @param rate 1/s, positive
   * @param event the jump as observers would see it, but for time and number of jumps; valid during
   *     the call only
   */
  void hop(double rate, JumpEvent event);
}
