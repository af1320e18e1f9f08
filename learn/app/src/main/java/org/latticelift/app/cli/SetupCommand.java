package org.latticelift.app.cli;

import java.util.List;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The help of a command that the launcher answers itself, as it needs Maven. */
@Command(
    name = "setup",
    description = {
      "Fetches or builds an optional part:",
      "djl: the library of the training engine (112 MB), which closures, barrier train and"
          + " train.engine: djl need, and else fetch when they first do;",
      "mpi: the transports of ranks, as mpi-sim/setup-mpi (--install, --missing, ffm, openmpi, mpj);",
      "nd4j: the ensemble kernel on ND4J, as learn/nd4j/setup (native, cuda)."
    })
final class SetupCommand implements Runnable {
  @Parameters(index = "0", paramLabel = "PART", description = "djl, mpi or nd4j.")
  private String part;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "ARGUMENT",
      description = "Passed on to the set-up of the part.")
  private List<String> arguments;

  @Override
  public void run() {
    throw new LatticeLiftException(
        ExitCode.UNAVAILABLE,
        "Optional parts are set up by the launcher",
        "setup",
        "it is a command of the launcher",
        "Run './latticelift setup " + part + "'");
  }
}
