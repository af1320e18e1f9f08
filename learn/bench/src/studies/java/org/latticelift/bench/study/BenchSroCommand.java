package org.latticelift.bench.study;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.bench.command.BenchmarkCommand;
import org.latticelift.bench.study.speed.MemoryBandwidth;
import org.latticelift.bench.study.speed.OrderBenchmark;
import org.latticelift.bench.study.speed.OrderBenchmark.OrderSpeed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Speed of order parameters. */
@Command(
    name = "sro",
    description =
        "Sites per core-second of a recount of all first-shell pairs of the alloy, next to the"
            + " plain twin and to the memory bandwidth of a core. About 20 seconds.")
public final class BenchSroCommand extends BenchmarkCommand {
  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "SITES",
      defaultValue = "1024,65536,524288,8192000",
      description = "Lattice sites, 2 n^3 with n >= 5 each; default ${DEFAULT-VALUE}")
  private List<Long> sizes;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "1",
      description = "Processor time per size; default ${DEFAULT-VALUE}")
  private double seconds;

  /** Everything that was measured, as it is written. */
  private record Result(String java, double bytesPerSecondOfMemory, List<OrderSpeed> speed) {}

  @Override
  protected Object measure() {
    List<Integer> cells = sizes.stream().map(this::cells).toList();
    requireSeconds(seconds);
    Result result =
        new Result(Runtime.version().toString(), MemoryBandwidth.measure(), new ArrayList<>());
    print(
        "Java %s, one thread; copying in memory reads and writes %.1f GB/s",
        result.java(), result.bytesPerSecondOfMemory() / 1e9);
    print("%s", OrderSpeed.HEADER);
    for (int n : cells) {
      OrderSpeed speed = OrderBenchmark.measure(n, seconds);
      result.speed().add(speed);
      print("%s", speed.line(result.bytesPerSecondOfMemory()));
    }
    return result;
  }
}
