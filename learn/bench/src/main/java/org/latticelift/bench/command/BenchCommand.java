package org.latticelift.bench.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The parent of the measurements; the launcher itself answers {@code bench jmh}. */
@Command(
    name = "bench",
    description =
        "Measure speed on this machine; 'bench jmh [REGEX]' runs the micro-benchmarks of kernels.",
    subcommands = {
      BenchAllCommand.class,
      BenchKmcCommand.class,
      BenchFlickerCommand.class,
      BenchCommunicatorCommand.class,
      BenchSublatticeCommand.class,
      BenchRanksCommand.class,
      BenchIsingCommand.class,
      BenchEnsembleCommand.class,
      BenchPairsCommand.class,
      BenchSroCommand.class,
      BenchTrainCommand.class,
      BenchVariatesCommand.class,
      BenchUpsamplingCommand.class
    })
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No benchmark");
  }
}
