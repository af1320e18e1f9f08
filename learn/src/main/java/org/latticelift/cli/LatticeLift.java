package org.latticelift.cli;

import org.latticelift.error.ExitCode;
import org.latticelift.error.LatticeLiftException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command in front of all others. To add a command, write its class and name it here. */
@Command(
    name = "latticelift",
    description = "Learns the dynamics of large lattice systems from small simulations.",
    versionProvider = VersionProvider.class,
    subcommands = {
      RunCommand.class,
      ValidateCommand.class,
      StageCommands.Simulate.class,
      StageCommands.Evolve.class,
      StageCommands.Train.class,
      StageCommands.Ensemble.class,
      StageCommands.Direct.class,
      StageCommands.Evaluate.class,
      StageCommands.Report.class,
      StageCommands.Kmc.class,
      SroCommand.class,
      BarrierCommand.class,
      InspectCommand.class,
      ExportCommand.class,
      BenchCommand.class,
      DoctorCommand.class
    })
final class LatticeLift implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this text.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version, the commit and the Java in use.")
  private boolean version;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  private boolean debug;

  private int ranks = 1;
  private String transport = "local";

  @Option(names = "--np", paramLabel = "N", description = "Number of ranks: 1 in this build.")
  private void ranks(int value) {
    ranks = value;
    requireLocal();
  }

  @Option(names = "--transport", paramLabel = "NAME", description = "'local' in this build.")
  private void transport(String value) {
    transport = value;
    requireLocal();
  }

  /** Whether stack traces are wanted. */
  boolean debug() {
    return debug;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command");
  }

  private void requireLocal() {
    if (ranks != 1 || !transport.equals("local")) {
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "Transport '" + transport + "' with " + ranks + " ranks is not available",
          "--np, --transport",
          "this build has 'local' with one rank",
          "Leave --np and --transport out and use --threads");
    }
  }
}
