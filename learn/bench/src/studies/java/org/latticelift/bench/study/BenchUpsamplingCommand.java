package org.latticelift.bench.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.latticelift.bench.command.BenchmarkCommand;
import org.latticelift.bench.study.upsampling.StateKind;
import org.latticelift.bench.study.upsampling.Stationarity;
import org.latticelift.bench.study.upsampling.StationarityBenchmark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How right upsampled states are. */
@Command(
    name = "upsampling",
    description =
        "How stationary large states of the alloy are that are made of equilibrium snapshots, in"
            + " every way that upsample.tiles knows: each state is simulated on as a whole.")
public final class BenchUpsamplingCommand extends BenchmarkCommand {
  @Parameters(paramLabel = "MODEL", description = "Barriers: compact or small")
  private String barrier;

  @Option(
      names = "--temperature",
      paramLabel = "K",
      defaultValue = "2000",
      description = "Temperature; default ${DEFAULT-VALUE}")
  private double kelvin;

  @Option(
      names = "--cells",
      paramLabel = "N",
      defaultValue = "16",
      description = "Cells per axis of the large system, a multiple of 8; default ${DEFAULT-VALUE}")
  private int cells;

  @Option(
      names = "--small-runs",
      paramLabel = "N",
      defaultValue = "20",
      description = "Runs of the small system; default ${DEFAULT-VALUE}")
  private int smallRuns;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "50",
      description = "Snapshots of each; default ${DEFAULT-VALUE}")
  private int records;

  @Option(
      names = "--settle",
      paramLabel = "JUMPS",
      defaultValue = "30000",
      description = "Jumps of a small run before its first snapshot; default ${DEFAULT-VALUE}")
  private long settle;

  @Option(
      names = "--gap",
      paramLabel = "JUMPS",
      defaultValue = "1000",
      description = "Jumps between two snapshots; default ${DEFAULT-VALUE}")
  private long gap;

  @Option(
      names = "--states",
      paramLabel = "N",
      defaultValue = "64",
      description = "Large states of each kind; default ${DEFAULT-VALUE}")
  private int states;

  @Option(
      names = "--jumps",
      paramLabel = "JUMPS",
      defaultValue = "10000",
      description =
          "Jumps of each vacancy in the simulation of a large state; default ${DEFAULT-VALUE}")
  private long jumps;

  @Option(
      names = "--kinds",
      split = ",",
      paramLabel = "KIND",
      description =
          "mean, record, independent, replicate; by default all. Differences are to the"
              + " equilibrium states of the first")
  private List<String> kinds = List.of();

  @Override
  protected Object measure() {
    require(List.of("compact", "small").contains(barrier), barrier, "compact or small");
    require(kelvin >= 250 && kelvin <= 5000, "temperature " + kelvin, "250 to 5000 K");
    require(cells >= 8 && cells <= 128 && cells % 8 == 0, cells + " cells", "8, 16, ... 128");
    require(smallRuns >= 1 && records >= 1, "no snapshots", "1 or more runs and records");
    require(settle >= 2 && gap >= 1, "no jumps", "--settle 2 or more, --gap 1 or more");
    require(states >= 2 && jumps >= 16, "too few states or jumps", "2 states, 16 jumps");
    StationarityBenchmark benchmark =
        new StationarityBenchmark(
            new StationarityBenchmark.Plan(
                barrier, kelvin, cells, smallRuns, records, settle, gap, states, jumps));
    List<Stationarity> results = new ArrayList<>();
    print("%s", Stationarity.HEADER);
    for (StateKind kind : kinds()) {
      Stationarity result = benchmark.measure(kind);
      print("%s", result.line());
      results.add(result);
    }
    return results;
  }

  private List<StateKind> kinds() {
    List<StateKind> all = List.of(StateKind.values());
    List<String> names = all.stream().map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();
    require(names.containsAll(kinds), "kinds " + kinds, String.join(", ", names));
    return kinds.isEmpty() ? all : kinds.stream().map(names::indexOf).map(all::get).toList();
  }
}
