package org.latticelift.app.cli;

import java.util.OptionalInt;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a process works and talks, whatever it does. */
final class ProcessOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private OptionalInt threads = OptionalInt.empty();

  @Mixin private QuietOption quiet;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of a rank; default: all cores. Results do not depend on it.")
  private void threads(int value) {
    if (value < 1) {
      throw new ParameterException(
          command.commandLine(), "Invalid value for option '--threads': " + value + " is below 1");
    }
    threads = OptionalInt.of(value);
  }

  OptionalInt threads() {
    return threads;
  }

  boolean quiet() {
    return quiet.given();
  }

  /** Whether progress is shown. */
  static final class QuietOption {
    @Option(names = "--quiet", description = "No progress, only results and errors.")
    private boolean given;

    boolean given() {
      return given;
    }
  }
}
