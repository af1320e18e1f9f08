package org.latticelift.sim.system;

import org.latticelift.sim.random.RandomStream;

/**
 * Does what other dynamics do, and hides what they can do beside what all can.
 *
 * @param <S> state
 */
public class DelegatedDynamics<S> implements Dynamics<S> {
  private final Dynamics<S> dynamics;

  /**
   * Dynamics that do the same.
   *
   * @param dynamics what is hidden
   */
  public DelegatedDynamics(Dynamics<S> dynamics) {
    this.dynamics = dynamics;
  }

  @Override
  public final S initial(Extent extent, RandomStream stream) {
    return dynamics.initial(extent, stream);
  }

  @Override
  public final Progression advance(S state, Duration duration, RandomStream stream) {
    return dynamics.advance(state, duration, stream);
  }

  @Override
  public final double[] observe(S state) {
    return dynamics.observe(state);
  }
}
