package org.latticelift.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latticelift.barrier.BarrierBenchmark;
import org.latticelift.barrier.BarrierModel;
import org.latticelift.barrier.KernelFactories;
import org.latticelift.benchmark.KmcBenchmark;
import org.latticelift.benchmark.KmcCase;
import org.latticelift.benchmark.KmcSpeed;
import org.latticelift.benchmark.LatticeMemory;
import org.latticelift.crystal.Crystal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Speed of kinetic Monte Carlo. */
@Command(
    name = "kmc",
    description =
        "Jumps per core-second of the alloy with the published, the compact and the small barrier"
            + " network, with and without the environment cache; memory of the lattice; speed of"
            + " the barrier kernel against the peak of this core. About two minutes.")
final class BenchKmcCommand extends BenchmarkCommand {
  private static final double MOST_KERNEL_SECONDS = 0.5;

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "SITES",
      defaultValue = "1024,8192,65536,524288",
      description = "Lattice sites, 2 n^3 with n >= 5 each; default ${DEFAULT-VALUE}")
  private List<Long> sizes;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Weights of the published network; default shared/data/nnk-nbmota/weights.h5 beside the"
              + " installation or a folder above it")
  private Path weights;

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "MODEL",
      defaultValue = "published,compact,small",
      description = "Barrier models; default ${DEFAULT-VALUE}")
  private List<String> models;

  @Option(
      names = "--temperature",
      paramLabel = "K",
      defaultValue = "2000",
      description = "Temperature; default ${DEFAULT-VALUE}")
  private double kelvin;

  @Option(
      names = "--cache-mib",
      paramLabel = "MIB",
      defaultValue = "64",
      description = "Environment cache where it is on; default ${DEFAULT-VALUE}")
  private int cacheMib;

  @Option(
      names = "--seconds",
      defaultValue = "2",
      description = "Processor time per case; default ${DEFAULT-VALUE}")
  private double seconds;

  /** Everything that was measured, as it is written. */
  private record Result(
      String java,
      String kernel,
      double peakFlops,
      List<BarrierBenchmark> kernels,
      List<LatticeMemory> memory,
      List<KmcSpeed> speed) {}

  @Override
  Object measure() {
    List<Integer> cells = sizes.stream().map(this::cells).toList();
    require(kelvin >= 250 && kelvin <= 5000, "temperature " + kelvin, "250 to 5000 K");
    require(seconds > 0 && seconds <= 3600, seconds + " s", "--seconds above 0, up to 3600");
    require(cacheMib > 0 && cacheMib <= 2048, cacheMib + " MiB", "--cache-mib 1 to 2048");
    List<BarrierModel> chosen = models();
    Result result =
        new Result(
            Runtime.version().toString(),
            KernelFactories.fastest().name(),
            KernelFactories.fastest().peak(kernelSeconds()),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    measure(chosen, cells, result);
    return result;
  }

  private void measure(List<BarrierModel> chosen, List<Integer> cells, Result result) {
    print("Java %s, %s, one thread, %.0f K", result.java(), result.kernel(), kelvin);
    for (int n : cells) {
      result.memory().add(LatticeMemory.measure(Crystal.bcc(), n));
      print("%s", last(result.memory()).line());
    }
    for (BarrierModel model : chosen) {
      result.kernels().add(BarrierBenchmark.measure(model, kernelSeconds()));
      BarrierBenchmark kernel = last(result.kernels());
      print(
          "%s kernel: %.0f vacancies/s, %.1f GFLOP/s of a peak of %.1f (%.0f %%)",
          model.name(),
          kernel.callsPerSecond(),
          kernel.flops() / 1e9,
          result.peakFlops() / 1e9,
          100 * kernel.flops() / result.peakFlops());
    }
    print("%s", KmcSpeed.HEADER);
    for (BarrierModel model : chosen) {
      for (int n : cells) {
        for (long cache : new long[] {0, (long) cacheMib << 20}) {
          result.speed().add(KmcBenchmark.measure(new KmcCase(model, n, kelvin, cache), seconds));
          print("%s", last(result.speed()).line());
        }
      }
    }
  }

  private double kernelSeconds() {
    return Math.min(MOST_KERNEL_SECONDS, seconds);
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  private List<BarrierModel> models() {
    List<BarrierModel> chosen = new ArrayList<>();
    for (String name : models) {
      switch (name) {
        case "compact", "small" -> chosen.add(BenchModels.shipped(name));
        case "published" -> {
          Optional<Path> file = BenchModels.publishedWeights(Optional.ofNullable(weights));
          file.map(BenchModels::published).ifPresent(chosen::add);
          if (file.isEmpty()) {
            print(
                "published: NOT MEASURED, no shared/data/nnk-nbmota/weights.h5 found;"
                    + " name the weights with --weights FILE");
          }
        }
        default -> require(false, "model '" + name + "'", "published, compact, small");
      }
    }
    return chosen;
  }
}
