package org.latticelift.lifting;

import java.nio.file.Path;
import org.latticelift.config.Binder;
import org.latticelift.config.ConfigNode;
import org.latticelift.progress.ProgressFactory;
import org.latticelift.rundir.OpenMode;
import org.latticelift.rundir.Provenance;
import org.latticelift.rundir.RunDirectory;
import org.latticelift.rundir.StageContext;
import org.latticelift.simulation.CheckpointConfig;
import org.latticelift.simulation.SimulateConfig;
import org.latticelift.simulation.SimulateStage;
import org.latticelift.system.MicroscopicSystem;
import org.latticelift.system.SystemProvider;
import org.latticelift.task.StopSignal;

/** Runs the stages simulate and evolve of a configuration, with seed 7. */
final class TinyLift {
  private static final long SEED = 7;

  private TinyLift() {}

  static Path run(Path out, String config, int threads) {
    return run(out, ConfigNode.parse(config, "test.yaml"), threads);
  }

  static Path run(Path out, ConfigNode user, int threads) {
    SystemProvider provider = SystemProvider.find(user.get("system"));
    ConfigNode root =
        user.find("preset")
            .map(preset -> user.over(ConfigNode.parse(provider.preset(preset.text()), "preset")))
            .orElse(user);
    return run(out, root, provider.create(root), threads);
  }

  private static <S> Path run(Path out, ConfigNode root, MicroscopicSystem<S> system, int threads) {
    SimulateConfig simulate = Binder.bind(root.section("simulate"), SimulateConfig.class);
    CheckpointConfig checkpoint = Binder.bind(root.section("checkpoint"), CheckpointConfig.class);
    try (RunDirectory directory = RunDirectory.open(out, OpenMode.NEW, "test")) {
      StageContext context =
          new StageContext(
              directory,
              Provenance.here(root.toYaml(), SEED, threads),
              SEED,
              threads,
              ProgressFactory.quiet(),
              StopSignal.none());
      new SimulateStage<>(system, simulate, checkpoint).run(context);
      new LiftStage<>(system, LiftConfig.of(root)).run(context);
    }
    return out;
  }
}
