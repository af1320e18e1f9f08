package org.latticelift.bench.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.latticelift.bench.speed.FlickerRuns;
import org.latticelift.bench.speed.SublatticeBias;
import org.latticelift.bench.speed.SublatticeBias.History;
import org.latticelift.bench.speed.WindowBias;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What windows of the sublattice method change. */
@Command(
    name = "sublattice",
    description =
        "Time per jump of the distributed method against the exact simulator, for several windows,"
            + " and its extrapolation to none (not with --flicker). Statistical errors fall as the"
            + " root of --jumps times --histories.")
public final class BenchSublatticeCommand extends BenchmarkCommand {
  private static final double PERCENT = 100;
  private static final int BLOCK_CELLS = 8;

  /** At which windows are chosen anew where flicker is resolved. */
  private static final int RECORDS = 4;

  @Option(
      names = "--jumps",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Jumps of each history; default ${DEFAULT-VALUE}")
  private long jumps;

  @Option(
      names = "--histories",
      paramLabel = "N",
      defaultValue = "1",
      description = "Independent histories of each window; default ${DEFAULT-VALUE}")
  private int histories;

  @Option(
      names = "--windows",
      paramLabel = "W,...",
      split = ",",
      defaultValue = "1,0.5,0.25",
      description =
          "In mean waiting times of a vacancy, with --flicker in typical ones; default"
              + " ${DEFAULT-VALUE}")
  private List<Double> windows;

  @Option(
      names = "--flicker",
      paramLabel = "S",
      description =
          "Resolve flicker in histories of S seconds from random alloys: their time per jump, its"
              + " geometric mean, progress of ordering and processor time.")
  private Double flicker;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "small",
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
      defaultValue = "2000",
      description = "Default ${DEFAULT-VALUE}")
  private double kelvin;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "Histories measured at once; default ${DEFAULT-VALUE}")
  private int threads;

  /** One window beside the twin, relative. */
  private record MeanBias(SublatticeBias measured, double bias, double error) {}

  private record Result(
      String model,
      long sites,
      double kelvin,
      SublatticeBias exact,
      List<MeanBias> windows,
      double extrapolated,
      double extrapolatedError) {}

  @Override
  protected Object measure() {
    require(jumps >= 1000, jumps + " jumps", "--jumps 1000 or more");
    require(List.of("compact", "small").contains(model), "model " + model, "compact, small");
    require(kelvin >= 250 && kelvin <= 5000, "temperature " + kelvin, "250 to 5000 K");
    require(threads >= 1, threads + " threads", "--threads 1 or more");
    require(histories >= 1, histories + " histories", "--histories 1 or more");
    require(
        windows.stream().allMatch(w -> w > 0 && w <= 100), "windows " + windows, "above 0 to 100");
    BarrierModel barrier = BenchModels.shipped(model);
    return flicker == null ? byJumps(barrier) : byTime(barrier);
  }

  private Object byTime(BarrierModel barrier) {
    require(flicker > 0, flicker + " s", "--flicker above 0");
    require(histories >= 2, histories + " histories", "--histories 2 or more with --flicker");
    FlickerRuns.Problem problem =
        new FlickerRuns.Problem(
            barrier, kelvin, cells(sites), BLOCK_CELLS, flicker, RECORDS, histories);
    FlickerRuns serial = FlickerRuns.serial(problem);
    print(
        "%s, %d sites, %.0f K: one simulator %.3g jumps and %.3g s of processor time in %.3g s",
        model,
        sites,
        kelvin,
        Arrays.stream(serial.jumps()).average().orElseThrow(),
        serial.processorSeconds() / histories,
        flicker);
    print("%s", WindowBias.HEADER);
    List<WindowBias> lines = new ArrayList<>();
    for (double window : windows) {
      lines.add(WindowBias.of(window, FlickerRuns.blocks(problem, window), serial));
      print("%s", lines.get(lines.size() - 1).line());
    }
    return lines;
  }

  private Object byJumps(BarrierModel barrier) {
    require(windows.size() >= 2, "windows " + windows, "at least two");
    SublatticeBias.Problem problem =
        new SublatticeBias.Problem(barrier, kelvin, cells(sites), BLOCK_CELLS);
    List<Double> cases = new ArrayList<>(List.of(0.0));
    cases.addAll(windows);
    List<Callable<History>> tasks = new ArrayList<>();
    for (double window : cases) {
      for (int i = 0; i < histories; i++) {
        tasks.add(task(problem, window, i));
      }
    }
    List<History> made = all(tasks);
    List<SublatticeBias> measured = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      List<History> own = made.subList(i * histories, (i + 1) * histories);
      measured.add(SublatticeBias.of(cases.get(i), own));
    }
    return told(measured.get(0), measured.subList(1, measured.size()));
  }

  private Callable<History> task(SublatticeBias.Problem problem, double window, int history) {
    return window == 0
        ? () -> SublatticeBias.exact(problem, jumps, 1 + 2L * history)
        : () -> SublatticeBias.windowed(problem, window, jumps, 2 + 2L * history);
  }

  private List<History> all(List<Callable<History>> cases) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<History> results = new ArrayList<>();
      for (Future<History> future : pool.invokeAll(cases)) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      pool.shutdown();
    }
  }

  private Result told(SublatticeBias exact, List<SublatticeBias> measured) {
    print(
        "%s, %d sites, %.0f K: exact %.5e s per jump (standard error %s), %d jumps each",
        model,
        sites,
        kelvin,
        exact.secondsPerJump(),
        error(exact.error() / exact.secondsPerJump()),
        exact.jumps());
    print("window   s per jump    bias      (standard error)");
    List<MeanBias> lines = new ArrayList<>();
    for (SublatticeBias one : measured) {
      MeanBias line = new MeanBias(one, one.bias(exact), one.biasError(exact));
      lines.add(line);
      print(
          "%6.3g   %.5e  %+.3f %%  (%s)",
          one.windowMeanWaits(), one.secondsPerJump(), PERCENT * line.bias(), error(line.error()));
    }
    Fit fit = Fit.of(lines, exact);
    print(
        "no window, by a straight line: %s (%s)",
        Double.isNaN(fit.error())
            ? "unknown"
            : String.format(Locale.ROOT, "%+.3f %%", PERCENT * fit.at0()),
        error(fit.error()));
    return new Result(model, sites, kelvin, exact, lines, fit.at0(), fit.error());
  }

  /** Runs that are too short to have relaxed have no error. */
  private static String error(double relative) {
    return Double.isNaN(relative)
        ? "unknown: too few jumps"
        : String.format(Locale.ROOT, "%.3f %%", PERCENT * relative);
  }

  /** A line through the biases, weighted by their own errors; the twin's error moves all alike. */
  private record Fit(double at0, double error) {
    static Fit of(List<MeanBias> lines, SublatticeBias exact) {
      double s = 0;
      double sx = 0;
      double sy = 0;
      double sxx = 0;
      double sxy = 0;
      for (MeanBias line : lines) {
        double own = line.measured().error() / line.measured().secondsPerJump();
        double w = 1 / (own * own);
        double x = line.measured().windowMeanWaits();
        s += w;
        sx += w * x;
        sy += w * line.bias();
        sxx += w * x * x;
        sxy += w * x * line.bias();
      }
      double determinant = s * sxx - sx * sx;
      double twin = exact.error() / exact.secondsPerJump();
      return new Fit(
          (sxx * sy - sx * sxy) / determinant, Math.hypot(Math.sqrt(sxx / determinant), twin));
    }
  }
}
