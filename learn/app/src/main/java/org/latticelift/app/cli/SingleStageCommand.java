package org.latticelift.app.cli;

import java.util.List;
import org.latticelift.app.pipeline.MethodStage;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command that runs one stage; name and help come from the list of stages. */
@Command
final class SingleStageCommand extends StageCommand {
  private final MethodStage stage;

  private SingleStageCommand(MethodStage stage) {
    this.stage = stage;
  }

  static CommandLine of(MethodStage stage) {
    CommandLine line = new CommandLine(new SingleStageCommand(stage));
    line.getCommandSpec()
        .name(stage.command())
        .aliases(stage.aliases().toArray(new String[0]))
        .usageMessage()
        .description(stage.description());
    return line;
  }

  @Override
  List<Stage> stages(Pipeline pipeline) {
    return List.of(stage.of(pipeline));
  }

  /** The first stage starts a folder; a later one works in the folder of its inputs. */
  @Override
  boolean needsInputs() {
    return stage.ordinal() > 0;
  }

  @Override
  void finished(RunDirectory directory) {
    stage.summary(directory, details()).forEach(this::print);
    super.finished(directory);
  }
}
