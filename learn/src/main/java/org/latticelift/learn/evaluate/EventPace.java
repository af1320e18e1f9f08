package org.latticelift.learn.evaluate;

import java.util.OptionalDouble;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.sim.system.Condition;

/** How long events take in the simulations of the small system. */
@FunctionalInterface
public interface EventPace {
  /**
   * The time in which some events are made.
   *
   * @param directory of the run
   * @param condition of the runs
   * @param events per patch, on average
   * @return in the unit of time; empty where the condition was not simulated or made no events
   */
  OptionalDouble time(RunDirectory directory, Condition condition, double events);
}
