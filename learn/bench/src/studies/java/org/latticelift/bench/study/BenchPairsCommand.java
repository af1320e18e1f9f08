package org.latticelift.bench.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.latticelift.bench.command.BenchModels;
import org.latticelift.bench.command.BenchmarkCommand;
import org.latticelift.bench.study.speed.PairBenchmark;
import org.latticelift.bench.study.speed.PairBenchmark.PairSpeed;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.vacancy.barrier.KernelFactories;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Speed of upsampling and partial evolution. */
@Command(
    name = "pairs",
    description =
        "Training samples per core-second of the alloy: with the authors' preset and"
            + " the published network, and with default settings and the shipped networks."
            + " About half a minute for each size. Without windows the cost of copies does"
            + " not depend on the size: --cells=16,64,320,800 --windows=none.")
public final class BenchPairsCommand extends BenchmarkCommand {
  private static final String AUTHORS = "authors";
  private static final int MOST_CELLS = 1600;
  private static final List<String> CASES = List.of(AUTHORS, "compact", "small");

  @Mixin private BenchModels barriers;

  @Option(
      names = "--cases",
      split = ",",
      paramLabel = "CASE",
      description =
          "authors (preset, published network), compact, small (default settings); by default all,"
              + " authors only with --weights")
  private List<String> cases;

  @Option(
      names = "--cells",
      split = ",",
      paramLabel = "N",
      defaultValue = "16",
      description = "Cells per axis of the large system, multiples of 8; default 16")
  private List<Integer> cells;

  @Option(
      names = "--windows",
      paramLabel = "WINDOWS",
      description =
          "relax.windows of the cases with default settings; default ${DEFAULT-VALUE}, or none",
      defaultValue = "overlapping")
  private String windows;

  @Option(
      names = "--tiles",
      paramLabel = "TILES",
      description = "upsample.tiles of these cases; default ${DEFAULT-VALUE}, or independent",
      defaultValue = "replicate")
  private String tiles;

  @Option(
      names = "--temperature",
      paramLabel = "K",
      defaultValue = "2000",
      description = "Temperature; default ${DEFAULT-VALUE}")
  private double kelvin;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "4",
      description = "Processor time per case; default ${DEFAULT-VALUE}")
  private double seconds;

  /** Everything that was measured, as it is written. */
  private record Result(String java, String kernel, double temperatureK, List<PairSpeed> speed) {}

  @Override
  protected Object measure() {
    for (int size : cells) {
      require(
          size >= 8 && size <= MOST_CELLS && size % 8 == 0,
          size + " cells",
          "--cells 8, 16, 24, 32, 40, ... " + MOST_CELLS);
    }
    require(kelvin >= 250 && kelvin <= 5000, "temperature " + kelvin, "250 to 5000 K");
    requireSeconds(seconds);
    Result result =
        new Result(
            Runtime.version().toString(),
            KernelFactories.fastest().name(),
            kelvin,
            new ArrayList<>());
    print("Java %s, %s, one thread, %.0f K", result.java(), result.kernel(), kelvin);
    print("%s", PairSpeed.HEADER);
    for (String name : barriers.names(cases, CASES, AUTHORS)) {
      for (int size : cells) {
        add(result, name, size);
      }
    }
    return result;
  }

  private void add(Result result, String name, int size) {
    switch (name) {
      case AUTHORS ->
          add(
              result,
              "authors, published",
              "preset: authors\nbarrier: {model: network, weights: '"
                  + barriers.weights().toAbsolutePath()
                  + "'}",
              size);
      case "compact", "small" ->
          add(
              result,
              "default, " + name,
              "barrier: {model: "
                  + name
                  + "}\nrelax: {windows: "
                  + windows
                  + "}\nupsample: {tiles: "
                  + tiles
                  + "}",
              size);
      default -> require(false, "case '" + name + "'", "authors, compact, small");
    }
  }

  private void add(Result result, String name, String settings, int size) {
    String config =
        String.format(
            Locale.ROOT,
            "system: alloy%nconditions: {temperature_K: [%s]}%nlattice: {small: 8, large: %d}%n"
                + "evolve: {duration: {mean_events: 125}}%n%s%n",
            kelvin,
            size,
            settings);
    result.speed().add(PairBenchmark.measure(name, ConfigNode.parse(config, name), seconds));
    print("%s", result.speed().get(result.speed().size() - 1).line());
  }
}
