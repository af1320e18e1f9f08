package org.latticelift.sim.system;

/**
 * How large states of a system are built from small ones and evolved in part (ME-03), beside what
 * its {@link Dynamics} do.
 */
@FunctionalInterface
public interface Lifting {
  /**
   * Duration of a partial evolution.
   *
   * @param condition one of the conditions
   * @param scales of the small system, as its runs show them
   * @return by events or by time
   */
  Duration evolutionDuration(Condition condition, TimeScales scales);

  /**
   * Whether patches go on as their small runs did, so that nothing is evolved: durations are whole
   * numbers of records then.
   *
   * @return false unless the system says otherwise
   */
  default boolean patchesContinueRuns() {
    return false;
  }

  /**
   * Whether a large state is put together from snapshots of several runs, and not from one.
   *
   * @return false unless the system says otherwise
   */
  default boolean mixesSnapshots() {
    return false;
  }

  /**
   * Whether large states have all of their sites, so that they can be stored.
   *
   * @return false where parts of a state stand for others (EX-25)
   */
  default boolean largeStatesAreWhole() {
    return true;
  }

  /**
   * Whether patches of a large state know nothing of each other, so that increments of all of them
   * together are as those of single ones: kappa is K, and nothing is there to measure.
   *
   * @return false unless each patch is a system by itself
   */
  default boolean patchesAreIndependent() {
    return false;
  }

  /**
   * Patches of a large state that are not copies of one another (EX-01); only so many are worth
   * evolving.
   *
   * @param large size of the state
   * @return 1 to K; K unless large states are made of copies
   */
  default long distinctPatches(Extent large) {
    return large.patches();
  }

  /**
   * Whether the evolution of a patch is that of the whole state, in which all patches change
   * together: then {@link Patches#evolveAll} gives the increments of all of them at the price of
   * one (EX-02).
   *
   * @return false unless the environment says otherwise
   */
  default boolean patchesMoveTogether() {
    return false;
  }

  /**
   * Finds mistakes of the configuration that make upsampling or partial evolution impossible,
   * before anything is simulated; throws the error of the first one.
   */
  default void checkLifting() {
    // A system without such mistakes.
  }

  /**
   * Large states that are copies of one small state, whose patches evolve as long at all
   * conditions.
   *
   * @param duration of a partial evolution
   */
  static Lifting ofCopies(Duration duration) {
    return new Lifting() {
      @Override
      public Duration evolutionDuration(Condition condition, TimeScales scales) {
        return duration;
      }

      @Override
      public long distinctPatches(Extent large) {
        return 1;
      }
    };
  }
}
