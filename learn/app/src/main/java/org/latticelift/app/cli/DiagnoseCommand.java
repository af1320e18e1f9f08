package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.latticelift.app.cli.CommonOptions.ProcessOptions;
import org.latticelift.app.pipeline.Diagnosis;
import org.latticelift.app.pipeline.StageRunner.RunOptions;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.run.directory.OpenMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what may bias the predictions of a run. */
@Command(
    name = "diagnose",
    description = {
      "What may bias the predictions of a run, in words: predictions are compared with corrected ones, without a simulation of"
          + " the large system.",
      "additivity and kappa: large states evolve as a whole; duration: evolutions of half the duration; relaxation: large states"
          + " that are relaxed eight times as long; together: all of this at once, beside the difference to direct runs where there"
          + " are some. Writes certificate.csv and the report again; further pairs are in the folder diagnose of the run, and are"
          + " used again by another diagnosis."
    })
final class DiagnoseCommand implements Callable<Integer>, SharedCommand {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The folder of a complete run.")
  private Path run;

  @Mixin private ProcessOptions options;

  private int samples;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Large states of each condition that are evolved in each other way; 0: only what the run"
              + " has. Default ${DEFAULT-VALUE}.")
  private void samples(int value) {
    if (value < 0) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--samples': " + value + " is below 0");
    }
    samples = value;
  }

  @Option(
      names = "--baselines",
      description = "Train other estimators on the same pairs too, and show them in the report.")
  private boolean baselines;

  @Override
  public Integer call() {
    RunOptions given =
        new RunOptions(
            Optional.empty(),
            OptionalLong.empty(),
            options.threads(),
            List.of(),
            OpenMode.RESUME,
            options.quiet(),
            false);
    java.io.PrintWriter out = spec.commandLine().getOut();
    new Diagnosis(run, samples, baselines, given, ProcessContext.of(spec).ranks(), out)
        .make()
        .sentences()
        .forEach(out::println);
    return ExitCode.DONE.code();
  }
}
