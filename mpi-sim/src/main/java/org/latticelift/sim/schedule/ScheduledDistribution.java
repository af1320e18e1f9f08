package org.latticelift.sim.schedule;

import java.nio.file.Path;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.DistributedDynamics;
import org.latticelift.sim.system.DistributedRun;
import org.latticelift.sim.system.SavedState;
import org.latticelift.sim.system.TunableDynamics;
import org.latticelift.sim.system.TunableRun;

/**
 * A large state that ranks hold together while its condition follows a schedule. Random numbers are
 * keyed by the condition of the beginning, at which runs start and resume.
 */
record ScheduledDistribution(TunableDynamics dynamics, Course course)
    implements DistributedDynamics {
  @Override
  public void check(Condition condition, double time, double events) {
    dynamics.check(condition, time, events);
  }

  @Override
  public DistributedRun start(Communicator ranks, Condition condition, int run, Streams seeds) {
    return scheduled(dynamics.start(ranks, condition, run, seeds), condition);
  }

  @Override
  public DistributedRun resume(
      Communicator ranks, Condition condition, int run, Streams seeds, Path saved) {
    return scheduled(dynamics.resume(ranks, condition, run, seeds, saved), condition);
  }

  private DistributedRun scheduled(TunableRun run, Condition condition) {
    return new ScheduledDistributedRun(run, course, condition.parameter());
  }

  @Override
  public SavedState open(Path saved) {
    return dynamics.open(saved);
  }
}
