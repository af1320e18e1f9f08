package org.latticelift.sim.system;

/**
 * Looks at a large state while one of its patches is evolved (ME-12), before the change is undone.
 *
 * @param <S> state
 */
@FunctionalInterface
public interface EvolvedPatch<S> {
  /**
   * Called once per partial evolution.
   *
   * @param state with the evolved patch; not modified, not kept
   * @param patch index of the patch
   */
  void seen(S state, long patch);
}
