package org.latticelift.app.cli;

import org.latticelift.app.pipeline.BarrierFitRun;
import org.latticelift.learn.barrierfit.BarrierSampleStage;
import picocli.CommandLine.Command;

/** Makes a barrier table from a teacher. */
@Command(
    name = "sample",
    description = {
      "Collect environments and let a model give their barriers (sections barrier and sample).",
      "The table is table.h5 in the run directory, by default runs/CONFIG-table."
    })
final class BarrierSampleCommand extends BarrierFitCommand {
  @Override
  void run(BarrierFitRun run) {
    BarrierSampleStage stage = run.stages().sample();
    run.run(
        stage,
        "-table",
        directory -> stage.outputs().forEach(name -> run.say(directory.file(name).toString())));
  }
}
