package org.latticelift.sim.parallel.openmpi;

import mpi.MPI;
import mpi.MPIException;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.Transport;
import org.latticelift.sim.parallel.communicator.UcxSignals;

/** Open MPI, version 4 or 5. */
public final class OpenMpiTransport implements Transport {
  /** For the service loader. */
  public OpenMpiTransport() {
    // Nothing is loaded before it is opened.
  }

  @Override
  public String name() {
    return "openmpi";
  }

  @Override
  public Communicator open(String[] arguments) {
    UcxSignals.requireNone(System.getenv());
    try {
      MPI.InitThread(arguments, MPI.THREAD_SERIALIZED);
      MPI.COMM_WORLD.setErrhandler(MPI.ERRORS_RETURN);
      return new OpenMpiCommunicator(MPI.COMM_WORLD);
    } catch (MPIException | LinkageError e) {
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "Open MPI cannot be used: " + e.getMessage(),
          System.getProperty("java.library.path"),
          "libmpi_java.so of the Open MPI that mpirun belongs to",
          "Run 'latticelift doctor', or set LATTICELIFT_MPI_JAR to the mpi.jar of this Open MPI",
          e);
    }
  }
}
