package org.latticelift.sim.parallel.ffm;

/** MPICH, whose handles are numbers. */
class MpichCommunicatorTest extends FfmCommunicatorContract {
  MpichCommunicatorTest() {
    super(MpiRun.MPICH);
  }
}
