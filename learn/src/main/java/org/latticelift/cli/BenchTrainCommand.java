package org.latticelift.cli;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.barrier.KernelFactories;
import org.latticelift.training.TrainingBenchmark;
import org.latticelift.training.TrainingEngine;
import org.latticelift.training.TrainingSpeed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Speed of training the stochastic differential equation. */
@Command(
    name = "train",
    description =
        "Time of one training epoch of the plain and the Onsager network with both engines, on one"
            + " thread, and the achieved against the peak speed of this core. Under a minute.")
final class BenchTrainCommand extends BenchmarkCommand {
  private static final double PEAK_SECONDS = 0.5;

  @Option(
      names = "--pairs",
      defaultValue = "100000",
      description = "Training pairs; default ${DEFAULT-VALUE}")
  private int pairs;

  @Option(
      names = "--batch",
      defaultValue = "1024",
      description = "Pairs per step; default ${DEFAULT-VALUE}")
  private int batch;

  @Option(
      names = "--epochs",
      defaultValue = "9",
      description = "Measured epochs after three that are not; default ${DEFAULT-VALUE}")
  private int epochs;

  /** Everything that was measured, as it is written. */
  private record Result(
      String java, double peakFlops, List<TrainingSpeed> speed, List<Double> ratio) {}

  @Override
  Object measure() {
    require(pairs >= 1 && pairs <= 10_000_000, pairs + " pairs", "--pairs 1 to 10000000");
    require(batch >= 1, "batch " + batch, "--batch of at least 1");
    require(epochs >= 1 && epochs <= 1000, epochs + " epochs", "--epochs 1 to 1000");
    double peak = KernelFactories.fastest().peak(PEAK_SECONDS);
    Result result =
        new Result(Runtime.version().toString(), peak, new ArrayList<>(), new ArrayList<>());
    print(
        "Java %s, one thread, %d pairs, batch %d, peak %.0f GFLOP/s",
        result.java(), pairs, batch, peak / 1e9);
    TrainingBenchmark benchmark = new TrainingBenchmark(pairs, batch, 3, epochs);
    for (TrainingBenchmark.Case what : TrainingBenchmark.cases()) {
      TrainingSpeed java = measure(benchmark, what, TrainingEngine.JAVA, result);
      TrainingSpeed djl = measure(benchmark, what, TrainingEngine.DJL, result);
      double ratio = djl.secondsPerEpoch() / java.secondsPerEpoch();
      result.ratio().add(ratio);
      print("%-12s java is %.2f times as fast as djl", what.name(), ratio);
    }
    return result;
  }

  private TrainingSpeed measure(
      TrainingBenchmark benchmark,
      TrainingBenchmark.Case what,
      TrainingEngine engine,
      Result result) {
    TrainingSpeed speed = benchmark.measure(what, engine);
    result.speed().add(speed);
    print(
        "%-12s %-28s %.3f s/epoch (%.3f - %.3f), %.1f GFLOP/s, %.0f %% of peak",
        speed.model(),
        speed.engine(),
        speed.secondsPerEpoch(),
        speed.fastest(),
        speed.slowest(),
        speed.flops() / 1e9,
        100 * speed.flops() / result.peakFlops());
    return speed;
  }
}
