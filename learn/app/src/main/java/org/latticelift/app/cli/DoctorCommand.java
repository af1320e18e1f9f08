package org.latticelift.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.latticelift.app.launch.Probes;
import org.latticelift.io.error.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what works on this machine. The launcher has printed what it found outside Java before. */
@Command(
    name = "doctor",
    description =
        "What was found on this machine and what works. Exit code 69 if something failed.")
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ExitCode result = ExitCode.DONE;
    for (Check check : checks()) {
      try {
        out.printf("%-16s %s%n", check.name(), check.probe().describe());
      } catch (Exception | LinkageError e) {
        out.printf("%-16s FAILED: %s%n", check.name(), e);
        result = ExitCode.UNAVAILABLE;
      }
      out.flush();
    }
    return result.code();
  }

  private static List<Check> checks() {
    return List.of(
        new Check("Java", Probes::java),
        new Check("vector kernels", Probes::vectorModule),
        new Check("HDF5", Probes::hdf5),
        new Check("engine", Probes::engine),
        new Check("GPU", Probes::gpu),
        new Check("transports", Probes::transports));
  }

  private record Check(String name, Probe probe) {}

  /** One thing to try. */
  @FunctionalInterface
  interface Probe {
    /** What was found, in one line; throws when it does not work. */
    String describe() throws Exception;
  }
}
