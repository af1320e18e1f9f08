package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.latticelift.app.pipeline.BarrierFitRun;
import org.latticelift.io.error.ExitCode;
import org.latticelift.learn.barrierfit.BarrierSampleStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a barrier table from a teacher. */
@Command(
    name = "sample",
    description = {
      "Collect environments and let a model give their barriers (sections barrier and sample).",
      "The table is table.h5 in the run directory, by default runs/CONFIG-table."
    })
final class BarrierSampleCommand implements Callable<Integer>, SharedCommand {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions options;

  @Parameters(paramLabel = "CONFIG", description = "A configuration such as configs/models/*.yaml.")
  private Path file;

  @Override
  public Integer call() {
    BarrierFitRun run =
        new BarrierFitRun(
            file, options.toRun(), ProcessContext.of(spec).ranks(), spec.commandLine().getOut());
    BarrierSampleStage stage = run.stages().sample();
    run.run(
        stage,
        "-table",
        directory -> stage.outputs().forEach(name -> run.say(directory.file(name).toString())));
    return ExitCode.DONE.code();
  }
}
