package org.latticelift.sim.system;

import java.util.function.Function;
import org.latticelift.io.run.task.StopSignal;

/**
 * A system that has cheaper dynamics for one condition after the other than new ones each time: it
 * keeps what does not depend on the condition, such as barriers.
 *
 * @param <S> state
 */
public interface ConditionFamily<S> extends MicroscopicSystem<S> {
  /**
   * A maker of dynamics for one thread.
   *
   * @param stop the request; changes no result
   * @return gives the dynamics of any condition, with the results of {@link #dynamics}
   */
  Function<Condition, Dynamics<S>> family(StopSignal stop);
}
