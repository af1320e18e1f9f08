package org.latticelift.bench.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.latticelift.io.error.LatticeLiftException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** All benchmarks, one after the other, with their defaults. */
@Command(
    name = "all",
    description =
        "Every other benchmark of this command in turn that needs no CONFIG, with its defaults; --json writes one object"
            + " with one member per benchmark. One that cannot run says so, and the others still"
            + " run. About seven minutes.")
public final class BenchAllCommand extends BenchmarkCommand {
  private static final String WEIGHTS = "--weights";

  @Option(
      names = WEIGHTS,
      paramLabel = "FILE",
      description = "Weights of the published network, for all benchmarks that take them")
  private Path weights;

  private record NotMeasured(String notMeasured) {}

  @Override
  protected Object measure() {
    Map<String, Object> results = new LinkedHashMap<>();
    for (CommandLine sibling : siblings().values()) {
      if (sibling.getCommand() instanceof BenchmarkCommand benchmark
          && benchmark != this
          && sibling.getCommandSpec().positionalParameters().isEmpty()) {
        print("--- %s", sibling.getCommandName());
        results.put(sibling.getCommandName(), run(sibling, benchmark));
      }
    }
    return results;
  }

  private Object run(CommandLine command, BenchmarkCommand benchmark) {
    boolean named = weights != null && command.getCommandSpec().findOption(WEIGHTS) != null;
    command.parseArgs(named ? new String[] {WEIGHTS, weights.toString()} : new String[0]);
    try {
      return benchmark.measure();
    } catch (LatticeLiftException e) {
      print("%s: NOT MEASURED, %s", command.getCommandName(), e.getMessage());
      return new NotMeasured(e.getMessage());
    }
  }
}
