package org.latticelift.sim.lift;

/**
 * What is evolved of every large state, the same at all conditions.
 *
 * @param patches M, 1 to K
 * @param together whether they evolve as one whole, whose increment is that of the pair (EX-02)
 * @param evolutions of each patch, 1 or more
 * @param compensated whether compensators are computed (EX-05)
 * @param twins whether the first patch evolves once more (EX-04)
 * @param joint how many of the first states of each condition also evolve as a whole (EX-03)
 * @param simultaneous whether patches evolve many at a time
 */
public record EvolutionPlan(
    long patches,
    boolean together,
    int evolutions,
    boolean compensated,
    boolean twins,
    int joint,
    boolean simultaneous) {

  /** One patch and nothing else, as the paper has it. */
  public static final EvolutionPlan ONE_PATCH =
      new EvolutionPlan(1, false, 1, false, false, 0, false);
}
