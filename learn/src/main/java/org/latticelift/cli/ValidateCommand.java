package org.latticelift.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.latticelift.error.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a configuration without running it. */
@Command(
    name = "validate",
    description = "Check a configuration, and show it with every default filled in.")
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private CommonOptions options;

  @Parameters(index = "0", paramLabel = "CONFIG", description = "A configuration file (YAML).")
  private Path file;

  @Option(names = "--keys", description = "List all keys with type, default and meaning instead.")
  private boolean keys;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    Pipeline pipeline = Pipeline.load(file, options.overrides(), options.seed());
    pipeline.check(pipeline.stages());
    if (keys) {
      out.println(ConfigurationKeys.describe(pipeline.provider()));
    } else {
      out.print(pipeline.resolvedYaml());
      out.println("# " + file + ": valid");
    }
    return ExitCode.DONE.code();
  }
}
