package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.latticelift.app.pipeline.BarrierFitRun;
import org.latticelift.io.error.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that runs one stage of a configuration of barrier networks. */
abstract class BarrierFitCommand implements Callable<Integer>, SharedCommand {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions options;

  @Parameters(paramLabel = "CONFIG", description = "A configuration such as configs/models/*.yaml.")
  private Path file;

  /** Runs the stage. */
  abstract void run(BarrierFitRun run);

  @Override
  public final Integer call() {
    run(
        new BarrierFitRun(
            file, options.toRun(), ProcessContext.of(spec).ranks(), spec.commandLine().getOut()));
    return ExitCode.DONE.code();
  }
}
