package org.latticelift.bench.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.bench.speed.FlickerRuns;
import org.latticelift.bench.speed.WindowBias;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What windows of blocks change where flicker is resolved. */
@Command(
    name = "windows",
    description =
        "Runs that resolve flicker in blocks against those of one simulator of the whole lattice,"
            + " for several windows: time per jump, also as a geometric mean over runs, progress of"
            + " ordering from random alloys, and processor time. Statistical errors fall as the"
            + " root of --runs.")
final class BenchWindowsCommand extends BenchmarkCommand {
  private static final double PERCENT = 100;
  private static final int BLOCK_CELLS = 8;

  @Option(
      names = "--windows",
      paramLabel = "W,...",
      split = ",",
      defaultValue = "1",
      description = "In typical waiting times of a vacancy; default ${DEFAULT-VALUE}")
  private List<Double> windows;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "16",
      description = "Random alloys; default ${DEFAULT-VALUE}")
  private int runs;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "100",
      description = "Physical time of a run; default ${DEFAULT-VALUE}")
  private double seconds;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "4",
      description = "Records in that time, at which windows are chosen; default ${DEFAULT-VALUE}")
  private int records;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "compact",
      description = "Shipped barrier network, compact or small; default ${DEFAULT-VALUE}")
  private String model;

  @Option(
      names = "--sites",
      paramLabel = "N",
      defaultValue = "65536",
      description = "2 n^3 with n divisible by 16; default ${DEFAULT-VALUE}")
  private long sites;

  @Option(
      names = "--kelvin",
      paramLabel = "K",
      defaultValue = "600",
      description = "Default ${DEFAULT-VALUE}")
  private double kelvin;

  @Override
  Object measure() {
    require(runs >= 2, runs + " runs", "--runs 2 or more");
    require(records >= 1, records + " records", "--records 1 or more");
    require(seconds > 0, seconds + " s", "--seconds above 0");
    require(List.of("compact", "small").contains(model), "model " + model, "compact, small");
    require(kelvin >= 250 && kelvin <= 5000, "temperature " + kelvin, "250 to 5000 K");
    require(windows.stream().allMatch(w -> w > 0), "windows " + windows, "--windows above 0");
    BarrierModel barrier = BenchModels.shipped(model);
    FlickerRuns.Problem problem =
        new FlickerRuns.Problem(barrier, kelvin, cells(sites), BLOCK_CELLS, seconds, records, runs);
    FlickerRuns serial = FlickerRuns.serial(problem);
    print(
        "%s, %d sites, %.0f K: %d runs of %g s by one simulator, %.3g jumps and %.3g s of"
            + " processor time each",
        model,
        sites,
        kelvin,
        runs,
        seconds,
        Arrays.stream(serial.jumps()).average().orElseThrow(),
        serial.processorSeconds() / runs);
    print(
        "window   time per jump            its geometric mean       ordering             "
            + "    processor time");
    List<WindowBias> biases = new ArrayList<>();
    for (double window : windows) {
      WindowBias bias = WindowBias.of(window, FlickerRuns.blocks(problem, window), serial);
      print(
          "%6.3g   %+6.2f %% (error %5.2f %%)   %+6.2f %% (error %5.2f %%)   %+6.2f %% (error %5.2f"
              + " %%)   %.2f",
          window,
          PERCENT * bias.time(),
          PERCENT * bias.timeError(),
          PERCENT * bias.typicalTime(),
          PERCENT * bias.typicalTimeError(),
          PERCENT * bias.ordering(),
          PERCENT * bias.orderingError(),
          bias.cost());
      biases.add(bias);
    }
    return biases;
  }
}
