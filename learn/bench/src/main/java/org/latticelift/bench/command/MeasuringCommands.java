package org.latticelift.bench.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.latticelift.app.cli.CommandProvider;
import org.latticelift.app.cli.CommonOptions.SharedCommand;
import org.latticelift.bench.speed.CommunicatorSpeed;
import org.latticelift.bench.speed.EnsembleBenchmark;
import org.latticelift.bench.speed.EnsembleBenchmark.EnsembleSpeed;
import org.latticelift.bench.speed.FlickerBenchmark;
import org.latticelift.bench.speed.FlickerBenchmark.FlickerGain;
import org.latticelift.bench.speed.IsingBenchmark;
import org.latticelift.bench.speed.IsingBenchmark.IsingSpeed;
import org.latticelift.bench.speed.MemoryBandwidth;
import org.latticelift.bench.speed.OrderBenchmark;
import org.latticelift.bench.speed.OrderBenchmark.OrderSpeed;
import org.latticelift.bench.speed.SdeCase;
import org.latticelift.bench.speed.TrainingBenchmark;
import org.latticelift.bench.speed.TrainingBenchmark.TrainingSpeed;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.train.TrainingEngine;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.KernelFactories;
import org.latticelift.sim.vacancy.kmc.FlickerSimulator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands of this module. */
public final class MeasuringCommands implements CommandProvider {
  /** For {@code ServiceLoader}. */
  public MeasuringCommands() {}

  @Override
  public List<Object> commands() {
    return List.of(new BenchCommand(), new ScaleCommand(), new CoverageCommand());
  }

  /** The parent of the measurements; the launcher itself answers {@code bench jmh}. */
  @Command(
      name = "bench",
      description =
          "Measure speed on this machine; 'bench jmh [REGEX]' runs the micro-benchmarks of kernels.",
      subcommands = {
        BenchAllCommand.class,
        BenchKmcCommand.class,
        BenchFlickerCommand.class,
        BenchCommunicatorCommand.class,
        BenchSublatticeCommand.class,
        BenchRanksCommand.class,
        BenchIsingCommand.class,
        BenchEnsembleCommand.class,
        BenchPairsCommand.class,
        BenchSroCommand.class,
        BenchTrainCommand.class,
        BenchVariatesCommand.class,
        BenchUpsamplingCommand.class
      })
  static final class BenchCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
      throw new ParameterException(spec.commandLine(), "No benchmark");
    }
  }

  /** Message passing between the ranks of this job, or between two threads where it has one. */
  @Command(
      name = "communicator",
      description =
          "Time of messages between ranks; --np and --transport before the command choose them"
              + " (default: two local ones).")
  static final class BenchCommunicatorCommand extends BenchmarkCommand implements SharedCommand {
    @Override
    Object measure() {
      Communicator ranks = ranks().communicator();
      CommunicatorSpeed speed =
          ranks.size() > 1 ? CommunicatorSpeed.measure(ranks) : betweenThreads();
      print(
          "%s, %d ranks: message of 8 bytes %.2f us, of 1 MiB %.1f GB/s; 26 neighbours with 64 bytes"
              + " %.1f us; largest of all ranks %.2f us",
          speed.transport(),
          speed.ranks(),
          speed.messageMicros(),
          speed.gigabytesPerSecond(),
          speed.exchangeMicros(),
          speed.allReduceMicros());
      return speed;
    }

    private static CommunicatorSpeed betweenThreads() {
      Communicator[] two = LocalRanks.open(2);
      CompletableFuture<CommunicatorSpeed> other =
          CompletableFuture.supplyAsync(() -> CommunicatorSpeed.measure(two[1]));
      CommunicatorSpeed speed = CommunicatorSpeed.measure(two[0]);
      other.join();
      return speed;
    }
  }

  /** Speed of order parameters. */
  @Command(
      name = "sro",
      description =
          "Sites per core-second of a recount of all first-shell pairs of the alloy, next to the"
              + " plain twin and to the memory bandwidth of a core. About 20 seconds.")
  static final class BenchSroCommand extends BenchmarkCommand {
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
    Object measure() {
      List<Integer> cells = sizes.stream().map(this::cells).toList();
      require(seconds > 0 && seconds <= 3600, seconds + " s", "--seconds above 0, up to 3600");
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

  /** All benchmarks, one after the other, with their defaults. */
  @Command(
      name = "all",
      description =
          "Every other benchmark of this command in turn that needs no CONFIG, with its defaults; --json writes one object"
              + " with one member per benchmark. One that cannot run says so, and the others still"
              + " run. About seven minutes.")
  static final class BenchAllCommand extends BenchmarkCommand {
    private static final String WEIGHTS = "--weights";

    @Option(
        names = WEIGHTS,
        paramLabel = "FILE",
        description = "Weights of the published network, for all benchmarks that take them")
    private Path weights;

    /** In the place of a result. */
    private record NotMeasured(String notMeasured) {}

    @Override
    Object measure() {
      Map<String, Object> results = new LinkedHashMap<>();
      for (CommandLine sibling : siblings().values()) {
        if (sibling.getCommand() instanceof BenchmarkCommand benchmark
            && benchmark != this
            && sibling.getCommandSpec().positionalParameters().isEmpty()) {
          print("--- %s", sibling.getCommandName());
          results.put(sibling.getCommandName(), run(sibling, benchmark));
        }
      }
      return results;
    }

    private Object run(CommandLine command, BenchmarkCommand benchmark) {
      boolean named = weights != null && command.getCommandSpec().findOption(WEIGHTS) != null;
      command.parseArgs(named ? new String[] {WEIGHTS, weights.toString()} : new String[0]);
      try {
        return benchmark.measure();
      } catch (LatticeLiftException e) {
        print("%s: NOT MEASURED, %s", command.getCommandName(), e.getMessage());
        return new NotMeasured(e.getMessage());
      }
    }
  }

  /** Speed of the Ising model. */
  @Command(
      name = "ising",
      description =
          "Flips per core-second of rejection-free Glauber dynamics, with both ways to draw the next"
              + " site. About half a minute.")
  static final class BenchIsingCommand extends BenchmarkCommand {
    private static final int LARGEST = 8192;

    @Option(
        names = "--sizes",
        split = ",",
        paramLabel = "SIDE",
        defaultValue = "64,128,256,512,1024",
        description = "Sites per row; default ${DEFAULT-VALUE}")
    private List<Integer> sizes;

    @Option(
        names = "--temperature",
        paramLabel = "T",
        defaultValue = "2.5",
        description = "Temperature in units of J; default ${DEFAULT-VALUE}")
    private double temperature;

    @Option(
        names = "--field",
        paramLabel = "H",
        defaultValue = "0.1",
        description = "Field in units of J; default ${DEFAULT-VALUE}")
    private double field;

    @Option(
        names = "--seconds",
        paramLabel = "S",
        defaultValue = "1",
        description = "Processor time per case; default ${DEFAULT-VALUE}")
    private double seconds;

    /** Everything that was measured, as it is written. */
    private record Result(String java, double temperature, double field, List<IsingSpeed> speed) {}

    @Override
    Object measure() {
      for (int side : sizes) {
        require(side >= 3 && side <= LARGEST, "side " + side, "3 to " + LARGEST);
      }
      require(temperature >= 0.5 && temperature <= 100, "temperature " + temperature, "0.5 to 100");
      require(Math.abs(field) <= 10, "field " + field, "-10 to 10");
      require(seconds > 0 && seconds <= 3600, seconds + " s", "--seconds above 0, up to 3600");
      Result result =
          new Result(Runtime.version().toString(), temperature, field, new ArrayList<>());
      print("Java %s, one thread, T = %s, h = %s", result.java(), temperature, field);
      print("%s", IsingSpeed.HEADER);
      for (int side : sizes) {
        for (IsingSpeed speed : IsingBenchmark.measure(side, temperature, field, seconds)) {
          result.speed().add(speed);
          print("%s", speed.line());
        }
      }
      print("* chosen at this temperature");
      return result;
    }
  }

  /** What resolving flicker gains. */
  @Command(
      name = "flicker",
      description =
          "Jumps per core-second with flicker resolved exactly, against plain jumps with cache, at"
              + " 600, 400 and 300 K: median over annealed states of 1024 sites. About a minute.")
  static final class BenchFlickerCommand extends BenchmarkCommand {
    private static final long CACHE = 64L << 20;
    private static final List<String> MODELS = List.of("compact", BenchModels.PUBLISHED);

    @Option(
        names = "--seeds",
        paramLabel = "N",
        defaultValue = "20",
        description = "Independent states; default ${DEFAULT-VALUE}")
    private int seeds;

    @Option(
        names = "--states",
        paramLabel = "N",
        defaultValue = "64",
        description = "Most states of a superbasin, 2 to 64; default ${DEFAULT-VALUE}")
    private int states;

    @Option(
        names = "--seconds",
        paramLabel = "S",
        defaultValue = "0.05",
        description =
            "Processor time for each simulator, state and temperature; default ${DEFAULT-VALUE}")
    private double seconds;

    @Option(
        names = "--models",
        split = ",",
        paramLabel = "MODEL",
        description =
            "Barrier models: published, compact, small; default compact, and published with"
                + " --weights")
    private List<String> models;

    @Mixin private BenchModels barriers;

    @Override
    Object measure() {
      require(seeds > 0 && seeds <= 1000, seeds + " states", "--seeds 1 to 1000");
      require(seconds > 0 && seconds <= 600, seconds + " s", "--seconds above 0, up to 600");
      require(
          states >= 2 && states <= FlickerSimulator.STATES,
          "a superbasin of " + states + " states",
          "--states 2 to " + FlickerSimulator.STATES);
      List<FlickerGain> gains = new ArrayList<>();
      print("%s", FlickerGain.HEADER);
      for (String name : barriers.names(models, MODELS, BenchModels.PUBLISHED)) {
        BarrierModel model = barriers.model(name);
        for (FlickerGain gain :
            new FlickerBenchmark(model, CACHE, states, seconds).measure(seeds)) {
          print("%s", gain.line());
          gains.add(gain);
        }
      }
      return gains;
    }
  }

  /** Speed of predicted ensembles. */
  @Command(
      name = "ensemble",
      description =
          "Trajectory-steps per core-second of the plain network (d = 4) and the Onsager network of"
              + " the alloy (d = 6) with noise, the same of the whole stage, and the achieved against"
              + " the peak speed of this core. About 20 seconds.")
  static final class BenchEnsembleCommand extends BenchmarkCommand {
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
    Object measure() {
      require(
          trajectories >= 1 && trajectories <= 1_000_000,
          trajectories + " trajectories",
          "--trajectories 1 to 1000000");
      require(seconds > 0 && seconds <= 3600, seconds + " s", "--seconds above 0, up to 3600");
      Result result =
          new Result(Runtime.version().toString(), new ArrayList<>(), new ArrayList<>());
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

  /** Speed of training the stochastic differential equation. */
  @Command(
      name = "train",
      description =
          "Time of one training epoch of the plain and the Onsager network with both engines, on one"
              + " thread, and the achieved against the peak speed of this core. Under a minute.")
  static final class BenchTrainCommand extends BenchmarkCommand {
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
    Object measure() {
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

    private TrainingSpeed measure(
        TrainingBenchmark benchmark, SdeCase what, TrainingEngine engine) {
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
}
