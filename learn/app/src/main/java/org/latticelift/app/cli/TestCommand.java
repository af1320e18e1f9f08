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
        "Runs all tests, and leaves a build of what was tested. Says which Debian packages it will"
            + " install as root before it does. The whole log is in .latticelift/test.log.")
final class TestCommand implements Runnable {
  @Option(names = "--fast", description = "Without the tests that are slow or start ranks.")
  private boolean fast;

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
