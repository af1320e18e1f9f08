package org.latticelift.bench.command;

import java.nio.file.Path;
import java.util.Map;
import org.latticelift.app.cli.ProcessContext;
import org.latticelift.bench.speed.Numbers;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.run.directory.SingleFile;
import org.latticelift.sim.parallel.tasks.Ranks;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What all measurements of speed share: lines for people, and the same numbers as JSON. */
public abstract class BenchmarkCommand extends MeasuringCommand {
  @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers as JSON, too.")
  private Path json;

  /** Measures and prints; records and lists of records, written as they are. */
  protected abstract Object measure();

  @Override
  public final Integer call() {
    Object result = measure();
    if (json != null && ranks().first()) {
      SingleFile.writeText(json, true, Numbers.JSON.toJson(result) + "\n");
    }
    return ExitCode.DONE.code();
  }

  /** The benchmarks beside this one and itself, by name, in the order of the help text. */
  protected final Map<String, CommandLine> siblings() {
    return spec().parent().subcommands();
  }

  /** The ranks that measure, often one. */
  protected final Ranks ranks() {
    return ProcessContext.of(spec()).ranks();
  }

  /** Cells per axis of a BCC cube of some sites. */
  protected final int cells(long sites) {
    int n = (int) Math.round(Math.cbrt(sites / 2.0));
    require(
        n >= 5 && n <= 512 && 2L * n * n * n == sites,
        "a size of " + sites + " sites",
        "2 n^3 with n from 5 to 512, such as 1024 or 8192");
    return n;
  }
}
