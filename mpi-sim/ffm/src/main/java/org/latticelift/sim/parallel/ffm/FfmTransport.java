package org.latticelift.sim.parallel.ffm;

import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.Transport;
import org.latticelift.sim.parallel.communicator.UcxSignals;

/** Any MPI whose ABI is known, without bindings. */
public final class FfmTransport implements Transport {
  /** For the service loader. */
  public FfmTransport() {
    // Nothing is loaded before it is opened.
  }

  @Override
  public String name() {
    return "ffm";
  }

  @Override
  public Communicator open(String[] arguments) {
    UcxSignals.requireNone(System.getenv());
    MpiLibrary library = MpiLibrary.open(System.getenv());
    int level = Mpi.init();
    if (level < Mpi.SERIALIZED) {
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "the MPI library is for one thread only (level " + level + "): " + library.version(),
          library.name(),
          "a level of threads of MPI_THREAD_SERIALIZED",
          "Take a library that was built with support of threads, or another transport");
    }
    return new FfmCommunicator();
  }
}
