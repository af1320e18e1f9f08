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
        "Runs the quick tests (a few minutes), or all. Runs what this machine allows, names the others"
            + " and why they were left out, and leaves a build of what was tested. The log is in"
            + " .latticelift/test.log, what each class took in .latticelift/test-classes.csv.")
final class TestCommand implements Runnable {
  @Option(
      names = "--all",
      description = "All sets: whole runs, statistical laws, damaged files, ranks, documents, too.")
  private boolean all;

  @Option(
      names = "--except",
      paramLabel = "quick",
      description = "With --all: without the quick tests, which have been run.")
  private String except;

  @Option(names = "--fast", description = "The quick tests, as without options.")
  private boolean fast;

  @Option(
      names = "--coverage",
      description =
          "Measure which lines run: learn/bench/target/site/jacoco-aggregate/index.html. Trainings"
              + " are several times slower.")
  private boolean coverage;

  @Option(
      names = "--install",
      description =
          "As root on Debian, install what is missing for all tests, with apt-get. Without it nothing"
              + " is installed, unless a question at the terminal is answered with yes.")
  private boolean install;

  @Parameters(
      arity = "0..*",
      paramLabel = "ARGUMENT",
      description = "Passed on to Maven, such as -Dtest=IsingRunTest or clean.")
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
