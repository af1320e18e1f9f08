package org.latticelift.sim.system;

import org.latticelift.io.run.task.StopSignal;

/**
 * A system whose large states may be simulated by other dynamics than its own, which reach the same
 * equilibrium sooner ({@code direct.dynamics}).
 *
 * @param <S> state
 */
public interface DirectSystem<S> extends MicroscopicSystem<S> {
  /**
   * Dynamics of direct runs of the large system, for one thread at one condition.
   *
   * @param condition one of the conditions
   * @param stop the request; changes no result
   * @return new workspaces; its own dynamics unless the configuration says otherwise
   */
  Dynamics<S> directDynamics(Condition condition, StopSignal stop);
}
