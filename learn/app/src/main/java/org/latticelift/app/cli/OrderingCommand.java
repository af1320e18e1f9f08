package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.latticelift.app.pipeline.OrderingRun;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.sim.systems.alloy.OrderingConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds the ordering temperature of an effective Hamiltonian. */
@Command(
    name = "ordering",
    description = {
      "The temperature at which an alloy orders (B2), from the effective pair Hamiltonian of a run:"
          + " where cumulants of Binder of several sizes cross (EX-42).",
      "Prints and writes a table and a figure."
    })
final class OrderingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "CONFIG",
      description = "A configuration such as configs/alloy-ordering.yaml.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "FILE.csv",
      description =
          "Table to write, a figure beside it; default: the configuration's name with the ending"
              + " .csv, here.")
  private Path out;

  @Option(
      names = "--set",
      paramLabel = "KEY.PATH=VALUE",
      description = "Overrides one value of the configuration; may be given several times.")
  private List<String> overrides = new ArrayList<>();

  @Option(names = "--threads", paramLabel = "N", description = "Threads; default: all cores.")
  private Integer threads;

  @Option(names = "--overwrite", description = "Replace existing files.")
  private boolean overwrite;

  @Option(names = "--quiet", description = "No progress, only results and errors.")
  private boolean quiet;

  @Override
  public Integer call() {
    OrderingConfig config = Binder.bind(ConfigNode.load(file, overrides), OrderingConfig.class);
    OrderingRun run = new OrderingRun(config);
    int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    try (Progress progress = ProgressFactory.standard(quiet).start("ordering", run.tasks())) {
      run.run(workers, progress, ProcessContext.of(spec).ranks().stop());
    }
    run.lines().forEach(this::print);
    Path target = out == null ? defaultTarget() : out;
    run.write(target, overwrite).forEach(written -> print(written.toString()));
    return ExitCode.DONE.code();
  }

  private Path defaultTarget() {
    return Path.of(file.getFileName().toString().replaceFirst("\\.ya?ml$", "") + ".csv");
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
    spec.commandLine().getOut().flush();
  }
}
