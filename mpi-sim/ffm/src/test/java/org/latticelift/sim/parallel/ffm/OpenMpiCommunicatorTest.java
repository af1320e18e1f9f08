package org.latticelift.sim.parallel.ffm;

/** Open MPI, whose handles are addresses. */
class OpenMpiCommunicatorTest extends FfmCommunicatorContract {
  OpenMpiCommunicatorTest() {
    super(MpiRun.OPEN_MPI);
  }
}
