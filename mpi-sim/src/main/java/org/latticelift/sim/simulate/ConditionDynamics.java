package org.latticelift.sim.simulate;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Dynamics;

/**
 * Dynamics for the threads of a stage. A thread keeps its dynamics, and with them warm caches,
 * until it is handed a task at another condition; so memory grows with threads and not with
 * conditions.
 *
 * @param <S> state
 */
public final class ConditionDynamics<S> {
  private final Function<Condition, Dynamics<S>> maker;

  /** Not thread-locals: what a thread holds must go with the stage, not with the thread. */
  private final Map<Thread, Map<Condition, Dynamics<S>>> held = new ConcurrentHashMap<>();

  /**
   * Nothing is made before it is needed.
   *
   * @param maker makes the dynamics of a condition
   */
  public ConditionDynamics(Function<Condition, Dynamics<S>> maker) {
    this.maker = maker;
  }

  /**
   * The dynamics of this thread.
   *
   * @param condition of the task
   * @return for use by this thread only
   */
  public Dynamics<S> at(Condition condition) {
    Map<Condition, Dynamics<S>> mine =
        held.computeIfAbsent(Thread.currentThread(), thread -> new HashMap<>());
    if (!mine.containsKey(condition)) {
      mine.clear();
      mine.put(condition, maker.apply(condition));
    }
    return mine.get(condition);
  }
}
