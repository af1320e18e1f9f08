package org.latticelift.sim.systems.external;

import java.util.HashMap;
import java.util.Map;

/**
 * Tasks whose answer takes long. A task is reported after a minute, then after twice as long and so
 * on, whichever workers try it: one that replaces another is not reported anew.
 */
final class SlowTasks {
  /** Seconds after which a task is reported first. */
  private static final double LONG = 60;

  private final Map<String, Double> next = new HashMap<>();

  /** Returns whether {@code task} is to be reported after {@code waited} seconds. */
  synchronized boolean due(String task, double waited) {
    double from = next.getOrDefault(task, LONG);
    if (waited <= from) {
      return false;
    }
    next.put(task, 2 * from);
    return true;
  }

  synchronized void answered(String task) {
    next.remove(task);
  }
}
