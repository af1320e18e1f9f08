package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.latticelift.app.pipeline.BarrierFitRun;
import org.latticelift.io.error.ExitCode;
import org.latticelift.learn.barrierfit.BarrierTrainStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fits a network to a barrier table. */
@Command(
    name = "train",
    description = {
      "Fit a one-hot network to a table of environments and barriers (section train).",
      "The table may come from 'barrier sample' or from calculations of your own (HDF5 or CSV).",
      "The network is network.h5 in the run directory, by default runs/CONFIG-network."
    })
final class BarrierTrainCommand implements Callable<Integer>, SharedCommand {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions options;

  @Parameters(paramLabel = "CONFIG", description = "A configuration such as configs/models/*.yaml.")
  private Path file;

  @Override
  public Integer call() {
    BarrierFitRun run =
        new BarrierFitRun(
            file, options.toRun(), ProcessContext.of(spec).ranks(), spec.commandLine().getOut());
    BarrierTrainStage stage = run.stages().train();
    run.run(
        stage,
        "-network",
        directory -> {
          run.print(directory.file(BarrierTrainStage.ERRORS));
          run.say("Network: " + directory.file(BarrierTrainStage.NETWORK));
        });
    return ExitCode.DONE.code();
  }
}
