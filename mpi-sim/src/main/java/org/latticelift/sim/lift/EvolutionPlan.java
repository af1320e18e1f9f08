package org.latticelift.sim.lift;

/**
 * What is evolved of each large state of a condition.
 *
 * @param patches how many; every patch if there are fewer
 * @param automatic whether the number follows from costs, and not from the configuration
 * @param equalTimes whether all evolutions take the same time, as several patches have to
 * @param compensated whether compensators are computed (EX-05)
 * @param twins whether the first patch evolves once more (EX-04)
 * @param joint which samples also evolve as a whole (EX-03)
 */
public record EvolutionPlan(
    long patches,
    boolean automatic,
    boolean equalTimes,
    boolean compensated,
    boolean twins,
    Joint joint) {
  /**
   * How many of the first samples also evolve as a whole.
   *
   * @param wanted a number or auto
   * @param samples of the condition
   * @param conditions their number
   */
  public record Joint(JointCount wanted, int samples, int conditions) {
    /** Not one. */
    public static final Joint NONE = new Joint(JointCount.NONE, 0, 1);

    int count(long evolved, long patches) {
      return wanted.count(samples, conditions, evolved, patches);
    }
  }

  /** One patch and nothing else, as the paper has it. */
  public static final EvolutionPlan ONE_PATCH =
      new EvolutionPlan(1, false, false, false, false, Joint.NONE);
}
