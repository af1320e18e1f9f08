package org.latticelift.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands about barrier models. */
@Command(
    name = "barrier",
    description = "Imports, evaluates, collects, samples and trains networks for energy barriers.",
    subcommands = {
      BarrierImportCommand.class,
      BarrierEvalCommand.class,
      BarrierCollectCommand.class,
      BarrierSampleCommand.class,
      BarrierTrainCommand.class,
      BarrierEnvironmentCommand.class
    })
final class BarrierCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command");
  }
}
