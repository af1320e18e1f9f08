package org.latticelift.bench;

import java.util.List;
import org.latticelift.app.cli.CommandProvider;
import org.latticelift.bench.command.BenchAllCommand;
import org.latticelift.bench.command.BenchCommunicatorCommand;
import org.latticelift.bench.command.BenchEnsembleCommand;
import org.latticelift.bench.command.BenchKmcCommand;
import org.latticelift.bench.command.BenchRanksCommand;
import org.latticelift.bench.command.BenchSublatticeCommand;
import org.latticelift.bench.command.BenchTrainCommand;
import org.latticelift.bench.study.BenchFlickerCommand;
import org.latticelift.bench.study.BenchIsingCommand;
import org.latticelift.bench.study.BenchPairsCommand;
import org.latticelift.bench.study.BenchSroCommand;
import org.latticelift.bench.study.CoverageCommand;
import org.latticelift.bench.study.ScaleCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands of this module: those of {@code src/main}, and the studies beside it. */
public final class MeasuringCommands implements CommandProvider {
  /** For {@code ServiceLoader}. */
  public MeasuringCommands() {}

  @Override
  public List<Object> commands() {
    return List.of(new BenchCommand(), new ScaleCommand(), new CoverageCommand());
  }

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
        BenchTrainCommand.class
      })
  static final class BenchCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      throw new ParameterException(spec.commandLine(), "No benchmark");
    }
  }
}
