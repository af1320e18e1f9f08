package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.latticelift.app.cli.CommonOptions.ConfiguredFileOptions;
import org.latticelift.app.cli.CommonOptions.ProcessOptions;
import org.latticelift.app.pipeline.OrderingRun;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.TaskLog;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.sim.systems.alloy.AlloyOrdering.OrderingConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Finds the ordering temperature of an effective Hamiltonian. */
@Command(
    name = "ordering",
    description = {
      "The temperature at which an alloy orders (B2), from the effective pair"
          + " Hamiltonian of a run: where Binder cumulants of several sizes cross.",
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

  @Option(
      names = "--resume",
      description = "Go on with a scan that was stopped; the same configuration is needed.")
  private boolean resume;

  @Mixin private ProcessOptions process;

  @Override
  public Integer call() {
    OrderingConfig config = configured.read(OrderingConfig.class);
    OrderingRun run = new OrderingRun(config);
    int workers = process.threads().orElse(Runtime.getRuntime().availableProcessors());
    Path target = configured.target(out, ".csv");
    try (TaskLog log = run.log(target, mode());
        Progress progress =
            ProgressFactory.standard(process.quiet()).start("ordering", run.tasks())) {
      run.run(workers, log, progress, ProcessContext.of(spec).ranks().stop());
      run.lines().forEach(this::print);
      run.write(target, configured.overwrite()).forEach(written -> print(written.toString()));
      log.remove();
    }
    return ExitCode.DONE.code();
  }

  private OpenMode mode() {
    if (resume && configured.overwrite()) {
      throw new ParameterException(
          spec.commandLine(), "--resume goes on, --overwrite starts over: give one of them");
    }
    if (configured.overwrite()) {
      return OpenMode.OVERWRITE;
    }
    return resume ? OpenMode.RESUME : OpenMode.NEW;
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
