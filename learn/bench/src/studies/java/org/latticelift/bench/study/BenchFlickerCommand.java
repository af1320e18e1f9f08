package org.latticelift.bench.study;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.bench.command.BenchModels;
import org.latticelift.bench.command.BenchmarkCommand;
import org.latticelift.bench.study.speed.FlickerBenchmark;
import org.latticelift.bench.study.speed.FlickerBenchmark.FlickerGain;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.kmc.FlickerSimulator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What resolving flicker gains. */
@Command(
    name = "flicker",
    description =
        "Jumps per core-second with flicker resolved exactly, against plain jumps with cache, at"
            + " 600, 400 and 300 K: median over annealed states of 1024 sites. About a minute.")
public final class BenchFlickerCommand extends BenchmarkCommand {
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
  protected Object measure() {
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
      for (FlickerGain gain : new FlickerBenchmark(model, CACHE, states, seconds).measure(seeds)) {
        print("%s", gain.line());
        gains.add(gain);
      }
    }
    return gains;
  }
}
