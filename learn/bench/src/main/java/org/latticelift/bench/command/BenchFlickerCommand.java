package org.latticelift.bench.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.latticelift.bench.speed.FlickerBenchmark;
import org.latticelift.bench.speed.FlickerGain;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.kmc.FlickerSimulator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What resolving flicker gains. */
@Command(
    name = "flicker",
    description =
        "Jumps per core-second with flicker resolved exactly, against plain jumps with cache, at"
            + " 600, 400 and 300 K: median over annealed states of 1024 sites. About a minute.")
final class BenchFlickerCommand extends BenchmarkCommand {
  private static final long CACHE = 64L << 20;

  @Option(
      names = "--seeds",
      defaultValue = "20",
      description = "Independent states; default ${DEFAULT-VALUE}")
  private int seeds;

  @Option(
      names = "--states",
      defaultValue = "64",
      description = "Most states of a basin, 2 to 64; default ${DEFAULT-VALUE}")
  private int states;

  @Option(
      names = "--seconds",
      defaultValue = "0.05",
      description =
          "Processor time for each simulator, state and temperature; default ${DEFAULT-VALUE}")
  private double seconds;

  @Option(
      names = "--models",
      split = ",",
      paramLabel = "MODEL",
      defaultValue = "compact,published",
      description = "Barrier models: published, compact, small; default ${DEFAULT-VALUE}")
  private List<String> models;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Weights of the published network; default shared/data/nnk-nbmota/weights.h5 beside the"
              + " installation or a folder above it")
  private Path weights;

  @Override
  Object measure() {
    require(seeds > 0 && seeds <= 1000, seeds + " states", "--seeds 1 to 1000");
    require(seconds > 0 && seconds <= 600, seconds + " s", "--seconds above 0, up to 600");
    require(
        states >= 2 && states <= FlickerSimulator.STATES,
        "a basin of " + states + " states",
        "--states 2 to " + FlickerSimulator.STATES);
    List<FlickerGain> gains = new ArrayList<>();
    print("%s", FlickerGain.HEADER);
    for (String name : models) {
      for (FlickerGain gain : gains(name)) {
        print("%s", gain.line());
        gains.add(gain);
      }
    }
    return gains;
  }

  private List<FlickerGain> gains(String name) {
    require(
        List.of("published", "compact", "small").contains(name),
        "model '" + name + "'",
        "published, compact, small");
    Optional<BarrierModel> model =
        name.equals("published")
            ? BenchModels.publishedWeights(Optional.ofNullable(weights)).map(BenchModels::published)
            : Optional.of(BenchModels.shipped(name));
    if (model.isEmpty()) {
      print(
          "published: NOT MEASURED, no shared/data/nnk-nbmota/weights.h5 found;"
              + " name the weights with --weights FILE");
      return List.of();
    }
    return new FlickerBenchmark(model.get(), CACHE, states, seconds).measure(seeds);
  }
}
