package org.latticelift.bench.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.latticelift.app.cli.CommonOptions.OverrideOptions;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.bench.command.BenchmarkCommand;
import org.latticelift.bench.study.variates.VariateBenchmark;
import org.latticelift.bench.study.variates.VariateBenchmark.Sampling;
import org.latticelift.bench.study.variates.VariateGain;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.LatticeSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the generator as control variate and joint evolutions tell. */
@Command(
    name = "variates",
    description =
        "For the large system of CONFIG: the share of the variance of patch increments"
            + " that their control variates leave, and kappa, the variance of patch"
            + " increments over that of the whole. Snapshots come from a run of the large"
            + " system.")
public final class BenchVariatesCommand extends BenchmarkCommand {
  @Parameters(paramLabel = "CONFIG", description = "Configuration of any system")
  private Path file;

  @Option(
      names = "--durations",
      split = ",",
      paramLabel = "TIME",
      required = true,
      description = "Durations of evolutions, in the unit of the system")
  private List<Double> durations;

  @Option(
      names = "--gap",
      paramLabel = "TIME",
      required = true,
      description = "Time between two snapshots")
  private double gap;

  @Option(
      names = "--burn-in",
      paramLabel = "TIME",
      description = "Time before the first snapshot; default 20 gaps")
  private Double burnIn;

  @Option(
      names = "--snapshots",
      paramLabel = "N",
      defaultValue = "400",
      description = "Number of snapshots; default ${DEFAULT-VALUE}")
  private int snapshots;

  @Option(
      names = "--patches",
      paramLabel = "N",
      defaultValue = "16",
      description = "Patches of a snapshot that are evolved, at most; default ${DEFAULT-VALUE}")
  private int patches;

  @Option(
      names = "--by-events",
      description =
          "All times are in units of the mean time of an event of a patch, such as a jump")
  private boolean byEvents;

  @Mixin private OverrideOptions overrides;

  @Override
  protected Object measure() {
    require(snapshots >= 4 && snapshots <= 1_000_000, snapshots + " snapshots", "4 to 1000000");
    require(patches >= 1, patches + " patches", "1 or more");
    require(gap > 0, "a gap of " + gap, "--gap above 0");
    require(durations.stream().allMatch(time -> time > 0), "durations " + durations, "above 0");
    LatticeSystem<?> system =
        Pipeline.load(file, overrides.values(), OptionalLong.empty()).system();
    double first = burnIn == null ? 20 * gap : burnIn;
    return measure(system, new Sampling(snapshots, first, gap, patches, byEvents));
  }

  private <S> List<VariateGain> measure(LatticeSystem<S> system, Sampling sampling) {
    VariateBenchmark<S> benchmark = new VariateBenchmark<>(system, sampling);
    List<VariateGain> gains = new ArrayList<>();
    print("%s", VariateGain.HEADER);
    for (Condition condition : system.conditions()) {
      for (VariateGain gain : benchmark.measure(condition, durations)) {
        print("%s", gain.line());
        gains.add(gain);
      }
    }
    return gains;
  }
}
