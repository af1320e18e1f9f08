package org.latticelift.sim.simulate;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.latticelift.sim.system.Condition;

/**
 * Dynamics for the threads of a stage. A thread keeps its dynamics, and with them warm caches,
 * until it is handed a task at another condition; so memory grows with threads and not with
 * conditions ({@code D}: what the stage does with a state).
 */
public final class ConditionDynamics<D> {
  private final Function<Condition, D> maker;

  /** Not thread-locals: what a thread holds must go with the stage, not with the thread. */
  private final Map<Thread, Map<Condition, D>> held = new ConcurrentHashMap<>();

  /** Nothing is made before it is needed. */
  public ConditionDynamics(Function<Condition, D> maker) {
    this.maker = maker;
  }

  /** The dynamics of this thread, for use by this thread only. */
  public D at(Condition condition) {
    Map<Condition, D> mine =
        held.computeIfAbsent(Thread.currentThread(), thread -> new HashMap<>());
    if (!mine.containsKey(condition)) {
      mine.clear();
      mine.put(condition, maker.apply(condition));
    }
    return mine.get(condition);
  }
}
