package org.latticelift.bench.command;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.bench.speed.BarrierBenchmark;
import org.latticelift.bench.speed.KmcBenchmark;
import org.latticelift.bench.speed.KmcBenchmark.KmcCase;
import org.latticelift.bench.speed.KmcBenchmark.KmcSpeed;
import org.latticelift.bench.speed.LatticeMemory;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.KernelFactories;
import org.latticelift.sim.vacancy.crystal.Crystal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Speed of kinetic Monte Carlo. */
@Command(
    name = "kmc",
    description =
        "Jumps per core-second of the alloy. Without --sizes, --models, --temperatures or --cache:"
            + " the published network (with --weights) at 2000 K with every barrier evaluated at four sizes, and with"
            + " the environment cache in 1024 sites at 2000, 1000 and 600 K; the shipped networks"
            + " with the cache in 1024 sites at 2000 K. With one of them: all combinations."
            + " Below 2000 K the alloy is annealed first. Also the memory of the lattice, and the"
            + " speed of the barrier kernels against the peak of this core. About a minute.")
public final class BenchKmcCommand extends BenchmarkCommand {
  private static final double MOST_KERNEL_SECONDS = 0.5;
  private static final List<Long> SIZES = List.of(1024L, 8192L, 65_536L, 524_288L);
  private static final List<String> MODELS =
      List.of(BenchModels.PUBLISHED, "compact", "small", "pairwise");
  private static final double HOT = 2000;
  private static final double[] CACHED_KELVIN = {2000, 1000, 600};

  @Option(
      names = "--sizes",
      split = ",",
      paramLabel = "SITES",
      description =
          "Lattice sites, 2 n^3 with n >= 5 each; in combinations 1024,8192,65536,524288 by default")
  private List<Long> sizes;

  @Mixin private BenchModels barriers;

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "MODEL",
      description =
          "Barrier models: published (with --weights), compact, small and pairwise by default; or the"
              + " file of a linear model")
  private List<String> models;

  @Option(
      names = "--temperatures",
      split = ",",
      paramLabel = "K",
      description = "Temperatures; in combinations 2000 by default")
  private List<Double> kelvin;

  @Option(
      names = "--cache",
      split = ",",
      paramLabel = "off|on",
      description = "Without and with the environment cache; in combinations off,on by default")
  private List<String> cache;

  @Option(
      names = "--cache-mib",
      paramLabel = "MIB",
      defaultValue = "64",
      description = "Environment cache where it is on; default ${DEFAULT-VALUE}")
  private int cacheMib;

  @Option(
      names = "--seconds",
      paramLabel = "S",
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
  protected Object measure() {
    requireSeconds(seconds);
    require(cacheMib > 0 && cacheMib <= 2048, cacheMib + " MiB", "--cache-mib 1 to 2048");
    for (double k : orElse(kelvin, List.of(HOT))) {
      require(k >= 250 && k <= 5000, "temperature " + k, "250 to 5000 K");
    }
    List<Integer> cells = orElse(sizes, SIZES).stream().map(this::cells).toList();
    List<BarrierModel> chosen = models();
    List<KmcCase> cases =
        sizes == null && models == null && kelvin == null && cache == null
            ? standard(chosen, cells)
            : combinations(chosen, cells);
    Result result =
        new Result(
            Runtime.version().toString(),
            KernelFactories.fastest().name(),
            KernelFactories.fastest().peak(kernelSeconds()),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    print("Java %s, %s, one thread", result.java(), result.kernel());
    measure(chosen, cells, result);
    print("%s", KmcSpeed.HEADER);
    for (KmcCase one : cases) {
      result.speed().add(KmcBenchmark.measure(one, seconds));
      print("%s", last(result.speed()).line());
    }
    return result;
  }

  private List<KmcCase> standard(List<BarrierModel> chosen, List<Integer> cells) {
    List<KmcCase> cases = new ArrayList<>();
    for (BarrierModel model : chosen) {
      if (model.name().equals(BenchModels.PUBLISHED)) {
        cells.forEach(n -> cases.add(new KmcCase(model, n, HOT, 0)));
        for (double k : CACHED_KELVIN) {
          cases.add(new KmcCase(model, cells.get(0), k, cacheBytes()));
        }
      } else {
        cases.add(new KmcCase(model, cells.get(0), HOT, cacheBytes()));
      }
    }
    return cases;
  }

  private List<KmcCase> combinations(List<BarrierModel> chosen, List<Integer> cells) {
    List<KmcCase> cases = new ArrayList<>();
    for (BarrierModel model : chosen) {
      for (double k : orElse(kelvin, List.of(HOT))) {
        for (int n : cells) {
          for (String on : orElse(cache, List.of("off", "on"))) {
            require(List.of("off", "on").contains(on), "--cache " + on, "off, on");
            cases.add(new KmcCase(model, n, k, on.equals("on") ? cacheBytes() : 0));
          }
        }
      }
    }
    return cases;
  }

  private long cacheBytes() {
    return (long) cacheMib << 20;
  }

  private static <T> List<T> orElse(List<T> given, List<T> otherwise) {
    return given == null ? otherwise : given;
  }

  private void measure(List<BarrierModel> chosen, List<Integer> cells, Result result) {
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
  }

  private double kernelSeconds() {
    return Math.min(MOST_KERNEL_SECONDS, seconds);
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }

  private List<BarrierModel> models() {
    return barriers.names(models, MODELS, BenchModels.PUBLISHED).stream()
        .map(barriers::model)
        .toList();
  }
}
