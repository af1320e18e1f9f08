package org.latticelift.sim.lift;

import java.nio.file.Path;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.simulate.CheckpointConfig;
import org.latticelift.sim.simulate.SimulateConfig;
import org.latticelift.sim.simulate.SimulateStage;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemProvider;

/** Runs the stages simulate and evolve of a configuration, with seed 7. */
final class TinyLift {
  private static final long SEED = 7;

  private TinyLift() {}

  static Path run(Path out, String config, int threads) {
    return run(out, ConfigNode.parse(config, "test.yaml"), threads);
  }

  static Path run(Path out, ConfigNode user, int threads) {
    return run(out, user, threads, OpenMode.NEW, ProgressFactory.quiet(), StopSignal.none());
  }

  static Path run(
      Path out,
      ConfigNode user,
      int threads,
      OpenMode mode,
      ProgressFactory progress,
      StopSignal stop) {
    SystemProvider provider = SystemProvider.find(user.get("system"));
    ConfigNode root =
        user.find("preset")
            .map(
                preset ->
                    user.over(ConfigNode.parse(provider.preset(preset.text()), "preset"))
                        .over(
                            ConfigNode.parse("upsample: " + LiftConfig.AUTHORS_UPSAMPLE, "preset"))
                        .over(ConfigNode.parse("evolve: " + LiftConfig.AUTHORS_EVOLVE, "preset")))
            .orElse(user);
    return run(out, root, provider.create(root), threads, mode, progress, stop);
  }

  private static <S> Path run(
      Path out,
      ConfigNode root,
      LatticeSystem<S> system,
      int threads,
      OpenMode mode,
      ProgressFactory progress,
      StopSignal stop) {
    SimulateConfig simulate = Binder.bind(root.section("simulate"), SimulateConfig.class);
    CheckpointConfig checkpoint = Binder.bind(root.section("checkpoint"), CheckpointConfig.class);
    try (RunDirectory directory = RunDirectory.open(out, mode, "test")) {
      StageContext context =
          new StageContext(
              directory,
              Provenance.here(root.toYaml(), SEED, threads),
              SEED,
              threads,
              progress,
              stop);
      new SimulateStage<>(system, simulate, checkpoint).run(context);
      new LiftStage<>(LatticeSystem.liftable(system), LiftConfig.of(root), true).run(context);
    }
    return out;
  }
}
