package org.latticelift.app.cli;

import org.latticelift.app.pipeline.BarrierFitRun;
import org.latticelift.learn.barrierfit.BarrierTrainStage;
import picocli.CommandLine.Command;

/** Fits a network to a barrier table. */
@Command(
    name = "train",
    description = {
      "Fit a one-hot network to a table of environments and barriers (section train).",
      "The table may come from 'barrier sample' or from calculations of your own (HDF5 or CSV).",
      "The network is network.h5 in the run directory, by default runs/CONFIG-network."
    })
final class BarrierTrainCommand extends BarrierFitCommand {
  @Override
  void run(BarrierFitRun run) {
    run.run(
        run.stages().train(),
        "-network",
        directory -> {
          run.print(directory.file(BarrierTrainStage.ERRORS));
          run.say("Network: " + directory.file(BarrierTrainStage.NETWORK));
        });
  }
}
