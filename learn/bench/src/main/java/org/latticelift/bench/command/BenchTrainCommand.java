package org.latticelift.bench.command;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.bench.speed.SdeCase;
import org.latticelift.bench.speed.TrainingBenchmark;
import org.latticelift.bench.speed.TrainingBenchmark.TrainingSpeed;
import org.latticelift.learn.train.TrainingEngine;
import org.latticelift.sim.vacancy.barrier.KernelFactories;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Speed of training the stochastic differential equation. */
@Command(
    name = "train",
    description =
        "Time of one training epoch of the plain and the Onsager network with both engines, on one"
            + " thread, and the achieved against the peak speed of this core. Under a minute.")
public final class BenchTrainCommand extends BenchmarkCommand {
  private static final double PEAK_SECONDS = 2;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Training samples; default ${DEFAULT-VALUE}")
  private int pairs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1024",
      description = "Pairs per step; default ${DEFAULT-VALUE}")
  private int batch;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "9",
      description = "Measured epochs after three that are not; default ${DEFAULT-VALUE}")
  private int epochs;

  /** Everything that was measured, as it is written. */
  private record Result(
      String java, double peakFlops, List<TrainingSpeed> speed, List<Double> ratio) {}

  @Override
  protected Object measure() {
    require(pairs >= 1 && pairs <= 10_000_000, pairs + " pairs", "--pairs 1 to 10000000");
    require(batch >= 1, "batch " + batch, "--batch of at least 1");
    require(epochs >= 1 && epochs <= 1000, epochs + " epochs", "--epochs 1 to 1000");
    String java = Runtime.version().toString();
    print("Java %s, one thread, %d pairs, batch %d", java, pairs, batch);
    TrainingBenchmark benchmark = new TrainingBenchmark(pairs, batch, 3, epochs);
    List<TrainingSpeed> speeds = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    for (SdeCase what : SdeCase.ALL) {
      TrainingSpeed fused = measure(benchmark, what, TrainingEngine.JAVA);
      TrainingSpeed djl = measure(benchmark, what, TrainingEngine.DJL);
      double ratio = djl.secondsPerEpoch() / fused.secondsPerEpoch();
      print("%-12s java is %.2f times as fast as djl", what.name(), ratio);
      speeds.addAll(List.of(fused, djl));
      ratios.add(ratio);
    }
    double peak = KernelFactories.fastest().peak(PEAK_SECONDS);
    for (TrainingSpeed speed : speeds) {
      double share = 100 * speed.flops() / peak;
      print(
          "%-12s %-28s %.0f %% of a peak of %.0f GFLOP/s",
          speed.model(), speed.engine(), share, peak / 1e9);
    }
    return new Result(java, peak, speeds, ratios);
  }

  private TrainingSpeed measure(TrainingBenchmark benchmark, SdeCase what, TrainingEngine engine) {
    TrainingSpeed speed = benchmark.measure(what, engine);
    print(
        "%-12s %-28s %.3f s/epoch (%.3f - %.3f), %.1f GFLOP/s",
        speed.model(),
        speed.engine(),
        speed.secondsPerEpoch(),
        speed.fastest(),
        speed.slowest(),
        speed.flops() / 1e9);
    return speed;
  }
}
