package org.latticelift.app.cli;

import java.util.List;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The help of a command that the launcher answers itself, as it needs the sources and Maven. */
@Command(
    name = "test",
    description =
        "Runs the tests that this machine allows, names the others and why they were left out, and"
            + " leaves a build of what was tested. The whole log is in .latticelift/test.log.")
final class TestCommand implements Runnable {
  @Option(names = "--fast", description = "Without the tests that are slow or start ranks.")
  private boolean fast;

  @Option(
      names = "--install",
      description =
          "As root on Debian, install what is missing for all tests, with apt-get. Without it nothing"
              + " is installed, unless a question at the terminal is answered with yes.")
  private boolean install;

  @Parameters(
      arity = "0..*",
      paramLabel = "ARGUMENT",
      description = "Passed on to Maven, such as -Dtest='Ising*' or clean.")
  private List<String> arguments;

  @Override
  public void run() {
    throw new LatticeLiftException(
        ExitCode.UNAVAILABLE,
        "The tests need the sources",
        "test",
        "it is a command of the launcher",
        "Run './latticelift test' in the folder of the sources");
  }
}
