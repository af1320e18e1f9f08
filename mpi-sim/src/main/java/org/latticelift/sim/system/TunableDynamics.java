package org.latticelift.sim.system;

import java.nio.file.Path;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.random.Streams;

/** A distribution over ranks whose runs can follow a schedule of the condition. */
public interface TunableDynamics extends DistributedDynamics {
  @Override
  TunableRun start(Communicator ranks, Condition condition, int run, Streams seeds);

  @Override
  TunableRun resume(Communicator ranks, Condition condition, int run, Streams seeds, Path saved);
}
