package org.latticelift.bench.command;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.bench.speed.EnsembleBenchmark;
import org.latticelift.bench.speed.EnsembleBenchmark.EnsembleSpeed;
import org.latticelift.bench.speed.SdeCase;
import org.latticelift.sim.vacancy.barrier.KernelFactories;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Speed of predicted ensembles. */
@Command(
    name = "ensemble",
    description =
        "Trajectory-steps per core-second of the plain network (d = 4) and the Onsager network of"
            + " the alloy (d = 6) with noise, the same of the whole stage, and the achieved against"
            + " the peak speed of this core. About 20 seconds.")
public final class BenchEnsembleCommand extends BenchmarkCommand {
  private static final double PEAK_SECONDS = 0.5;
  private static final int PEAK_WARM_UPS = 4;

  @Option(
      names = "--trajectories",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Trajectories; default ${DEFAULT-VALUE}")
  private int trajectories;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "2",
      description = "Processor time per number; default ${DEFAULT-VALUE}")
  private double seconds;

  /** Everything that was measured, as it is written; the peak around each case. */
  private record Result(String java, List<Double> peakFlops, List<EnsembleSpeed> speed) {}

  @Override
  protected Object measure() {
    require(
        trajectories >= 1 && trajectories <= 1_000_000,
        trajectories + " trajectories",
        "--trajectories 1 to 1000000");
    requireSeconds(seconds);
    Result result = new Result(Runtime.version().toString(), new ArrayList<>(), new ArrayList<>());
    print("Java %s, one thread, %d trajectories", result.java(), trajectories);
    EnsembleBenchmark benchmark = new EnsembleBenchmark(trajectories, seconds);
    double peak = 0;
    for (int i = 0; i < PEAK_WARM_UPS; i++) {
      peak = Math.max(peak, peak());
    }
    for (SdeCase what : SdeCase.ALL) {
      EnsembleSpeed speed = benchmark.measure(what);
      peak = Math.max(peak, peak());
      result.peakFlops().add(peak);
      result.speed().add(speed);
      print(
          "%-12s %-10s %.3g steps/s (%.3g - %.3g) of %d operations, %.1f GFLOP/s; normals %.1f %%",
          speed.networks(),
          speed.arithmetic(),
          speed.stepsPerSecond(),
          speed.slices().slowest(),
          speed.slices().fastest(),
          speed.operations(),
          speed.flops() / 1e9,
          100 * speed.noiseShare());
      print(
          "%-12s best slice %.1f GFLOP/s of a peak of %.1f (%.0f %%); whole stage %.3g steps/s",
          speed.networks(),
          speed.slices().fastest() * speed.operations() / 1e9,
          peak / 1e9,
          100 * speed.slices().fastest() * speed.operations() / peak,
          speed.stageStepsPerSecond());
    }
    return result;
  }

  /** The best of a while, so it is compared with the best slice. */
  private double peak() {
    return KernelFactories.fastest().peak(Math.min(PEAK_SECONDS, seconds));
  }
}
