package org.latticelift.bench.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.latticelift.app.cli.CommonOptions.OverrideOptions;
import org.latticelift.app.cli.SharedCommand;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.bench.speed.DistributedSpeed;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.system.DistributedDynamics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Speed of one lattice on all ranks of a job. */
@Command(
    name = "ranks",
    description =
        "Jumps per second of a lattice that the ranks of this job hold together; --np and"
            + " --transport before the command choose them.")
public final class BenchRanksCommand extends BenchmarkCommand implements SharedCommand {
  private static final Path DEFAULT = Path.of("configs", "scaling", "ranks-65536.yaml");

  @Parameters(
      arity = "0..1",
      paramLabel = "CONFIG",
      description = "With direct.parallel; default configs/scaling/ranks-65536.yaml")
  private Path file;

  @Mixin private OverrideOptions overrides;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "4",
      description = "Wall time that is measured; default ${DEFAULT-VALUE}")
  private double seconds;

  @Override
  protected Object measure() {
    requireSeconds(seconds);
    Path config =
        Optional.ofNullable(file)
            .orElse(Path.of(System.getProperty("latticelift.home", "")).resolve(DEFAULT));
    Pipeline pipeline =
        ranks()
            .firstThenOthers(() -> Pipeline.load(config, overrides.values(), OptionalLong.empty()));
    DistributedDynamics dynamics =
        pipeline
            .system()
            .options()
            .distributed()
            .orElseThrow(
                () ->
                    new LatticeLiftException(
                        ExitCode.BAD_DATA,
                        "the lattice is not distributed over ranks",
                        config.toString(),
                        "a section direct.parallel",
                        "Add it"));
    Communicator communicator = ranks().communicator();
    DistributedSpeed speed =
        DistributedSpeed.measure(
            communicator,
            dynamics,
            pipeline.system().conditions().get(0),
            pipeline.system().large().sites(),
            seconds,
            pipeline.config().run().seed());
    print(
        "%s, %d ranks, %d sites: %.4g jumps/s, %d cycles of %.1f ms, of which %.1f in blocks and"
            + " %.2f in exchanges, %.2f of them waiting",
        speed.transport(),
        speed.ranks(),
        speed.sites(),
        speed.eventsPerSecond(),
        speed.cycles(),
        millis(speed.seconds(), speed),
        millis(speed.mean().evolveSeconds(), speed),
        millis(speed.mean().exchangeSeconds(), speed),
        millis(speed.mean().waitSeconds(), speed));
    print(
        "per rank and cycle %.0f messages, %.0f bytes; made in %.2f s, observed in %.4f s; at most"
            + " %.0f MiB",
        speed.mean().messages(),
        speed.mean().bytes(),
        speed.setupSeconds(),
        speed.observeSeconds(),
        speed.peakMebibytes());
    return speed;
  }

  private static double millis(double total, DistributedSpeed speed) {
    return 1e3 * total / speed.cycles();
  }
}
