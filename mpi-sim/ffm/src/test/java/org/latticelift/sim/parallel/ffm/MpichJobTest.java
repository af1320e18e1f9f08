package org.latticelift.sim.parallel.ffm;

import org.latticelift.sim.parallel.communicator.JobContract;

/** Whole commands under the starter of MPICH. */
class MpichJobTest extends JobContract {
  @Override
  protected ProcessBuilder job(int ranks, Class<?> main, String... arguments) {
    return MpiRun.MPICH.of(ranks, main, arguments);
  }
}
