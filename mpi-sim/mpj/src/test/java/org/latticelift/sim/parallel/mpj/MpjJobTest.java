package org.latticelift.sim.parallel.mpj;

import org.latticelift.sim.parallel.communicator.JobContract;

/** Whole commands with MPJ Express. */
class MpjJobTest extends JobContract {
  @Override
  protected ProcessBuilder job(int ranks, Class<?> main, String... arguments) {
    return MpjRun.of(ranks, main, arguments);
  }
}
