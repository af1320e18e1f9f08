package org.latticelift.sim.system;

import java.nio.file.Path;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.random.Streams;

/** How a large state is distributed over ranks. */
public interface DistributedDynamics {
  /**
   * Refuses what shows before a run begins, such as more steps than anybody waits for.
   *
   * @param condition of a run
   * @param time that it lasts; 0 where it is given otherwise
   * @param events that each vacancy or other patch is to make at least; 0 where time is given
   * @throws org.latticelift.io.error.LatticeLiftException (65) with what is allowed
   */
  default void check(Condition condition, double time, double events) {}

  /**
   * Starts a run; collective.
   *
   * @param ranks who works together
   * @param condition one of the conditions
   * @param run number of the run
   * @param seeds of everything random
   * @return the run at time 0
   */
  DistributedRun start(Communicator ranks, Condition condition, int run, Streams seeds);

  /**
   * Continues a run; collective.
   *
   * @param ranks who works together, perhaps more or fewer than before
   * @param condition one of the conditions
   * @param run number of the run
   * @param seeds of everything random
   * @param saved from {@link DistributedRun#save}
   * @return the run where it was saved
   */
  DistributedRun resume(
      Communicator ranks, Condition condition, int run, Streams seeds, Path saved);

  /**
   * Opens a saved state for reading plane by plane; not collective.
   *
   * @param saved from {@link DistributedRun#save}
   * @return to be closed
   */
  SavedState open(Path saved);
}
