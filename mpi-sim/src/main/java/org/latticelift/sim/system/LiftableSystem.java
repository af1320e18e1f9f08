package org.latticelift.sim.system;

import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;

/**
 * A system whose large states can be built from small ones and evolved in part, so that pairs can
 * be made of it (ME-03). The others can only be run.
 *
 * @param <S> state
 */
public interface LiftableSystem<S> extends MicroscopicSystem<S> {
  @Override
  LiftableDynamics<S> dynamics(Condition condition, double meanEventTime, StopSignal stop);

  @Override
  default LiftableDynamics<S> dynamics(Condition condition, double meanEventTime) {
    return dynamics(condition, meanEventTime, StopSignal.none());
  }

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
   * @return 1 to K; K unless large states are made of copies
   */
  default long distinctPatches() {
    return large().patches();
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
   * A system as one of these; an error with exit code 65 where it is none.
   *
   * @param system any
   * @param <S> state
   * @return the same
   */
  static <S> LiftableSystem<S> of(MicroscopicSystem<S> system) {
    if (system instanceof LiftableSystem<S> liftable) {
      return liftable;
    }
    throw LatticeLiftException.badData(
        "pairs of system " + system.name(),
        "system",
        "systems that implement LiftableSystem: this one can only be run",
        "Use its runs alone ('simulate', 'direct'), or choose another system");
  }
}
