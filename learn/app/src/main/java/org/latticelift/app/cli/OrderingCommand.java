package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.latticelift.app.pipeline.OrderingRun;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.sim.systems.alloy.OrderingConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds the ordering temperature of an effective Hamiltonian. */
@Command(
    name = "ordering",
    description = {
      "The temperature at which an alloy orders (B2), from the effective pair Hamiltonian of a run:"
          + " where cumulants of Binder of several sizes cross (EX-42).",
      "Prints and writes a table and a figure, such as of configs/alloy-ordering.yaml."
    })
final class OrderingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfiguredFileOptions configured;

  @Option(
      names = "--out",
      paramLabel = "FILE.csv",
      description =
          "Table to write, a figure beside it; default: the configuration's name with the ending"
              + " .csv, here.")
  private Path out;

  @Mixin private ProcessOptions process;

  @Override
  public Integer call() {
    OrderingConfig config = configured.read(OrderingConfig.class);
    OrderingRun run = new OrderingRun(config);
    int workers = process.threads().orElse(Runtime.getRuntime().availableProcessors());
    try (Progress progress =
        ProgressFactory.standard(process.quiet()).start("ordering", run.tasks())) {
      run.run(workers, progress, ProcessContext.of(spec).ranks().stop());
    }
    run.lines().forEach(this::print);
    Path target = configured.target(out, ".csv");
    run.write(target, configured.overwrite()).forEach(written -> print(written.toString()));
    return ExitCode.DONE.code();
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
