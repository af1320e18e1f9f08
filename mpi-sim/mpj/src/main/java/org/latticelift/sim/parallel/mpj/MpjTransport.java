package org.latticelift.sim.parallel.mpj;

import mpi.MPI;
import mpi.MPIException;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.Transport;

/** MPJ Express 0.44 with its device for sockets. */
public final class MpjTransport implements Transport {
  /** For the service loader. */
  public MpjTransport() {
    // Nothing is loaded before it is opened.
  }

  @Override
  public String name() {
    return "mpj";
  }

  @Override
  public Communicator open(String[] arguments) {
    try {
      MPI.Init(arguments.clone());
      return new MpjCommunicator(MPI.COMM_WORLD);
    } catch (MPIException | LinkageError e) {
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "MPJ Express cannot be used: " + e,
          String.join(" ", arguments),
          "rank, settings and device, as its starter gives them",
          "Start with 'latticelift --np N --transport mpj'",
          e);
    }
  }
}
