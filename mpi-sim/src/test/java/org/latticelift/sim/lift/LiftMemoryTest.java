package org.latticelift.sim.lift;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.simulate.CheckpointConfig;
import org.latticelift.sim.simulate.SimulateConfig;
import org.latticelift.sim.simulate.SimulateStage;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemProvider;

/** Ten times the samples need no more memory: live heap, sampled while the stage runs. */
@Tag("pipeline")
class LiftMemoryTest {
  private static final int FEW = 200;
  private static final int MANY = 10 * FEW;

  /** Sites of the large system, one byte each: what a forgotten large state would cost. */
  private static final int LARGE_STATE = 2 * 10 * 10 * 10;

  @TempDir Path folder;

  @Test
  void peakDoesNotDependOnTheNumberOfSamples() {
    long warmUp = peak("warm-up", FEW);
    long few = peak("few", FEW);
    long many = peak("many", MANY);
    System.out.printf(
        "peak of the live heap while evolving: %d samples %.2f MB, %d samples %.2f MB%n",
        FEW, few / 1e6, MANY, many / 1e6);
    assertThat(warmUp).isPositive();
    assertThat(many - few).isLessThan((long) (MANY - FEW) * LARGE_STATE / 5);
  }

  private long peak(String name, int samples) {
    ConfigNode root =
        ConfigNode.parse(
            """
            system: alloy
            conditions: {temperature_K: [2000]}
            lattice: {small: 5, large: 10, vacancy_concentration: 0.004}
            barrier: {model: pairwise, cache_mib: 1}
            simulate: {runs: 2, records: 20, duration: {events: 3000}}
            upsample: {keep: sample, keep_samples: 2}
            relax: {windows: none}
            evolve: {shard_samples: 50, duration: {mean_events: 5}}
            """,
            "test.yaml");
    root = root.with("evolve.samples", Integer.toString(samples));
    return peak(folder.resolve(name), root, SystemProvider.find(root.get("system")).create(root));
  }

  private <S> long peak(Path out, ConfigNode root, LatticeSystem<S> system) {
    HeapWatch watch = new HeapWatch();
    try (RunDirectory directory = RunDirectory.open(out, OpenMode.NEW, "test")) {
      new SimulateStage<>(
              system,
              Binder.bind(root.section("simulate"), SimulateConfig.class),
              Binder.bind(root.section("checkpoint"), CheckpointConfig.class))
          .run(context(directory, root, ProgressFactory.quiet()));
      new LiftStage<>(LatticeSystem.liftable(system), LiftConfig.of(root), true)
          .run(context(directory, root, watch));
    }
    return watch.peak;
  }

  private static StageContext context(
      RunDirectory directory, ConfigNode root, ProgressFactory progress) {
    return new StageContext(
        directory, Provenance.here(root.toYaml(), 7, 1), 7, 1, progress, StopSignal.none());
  }

  /** Looks at the live heap at every 40th step and at the end of the sampling. */
  private static final class HeapWatch implements ProgressFactory {
    private static final int EVERY = 40;
    private long peak;
    private int steps;

    @Override
    public Progress start(String label, long total) {
      return new Progress() {
        @Override
        public void step(long n) {
          if (++steps % EVERY == EVERY - 1) {
            look();
          }
        }

        @Override
        public void message(String s) {
          // not shown
        }

        @Override
        public void close() {
          look();
        }
      };
    }

    private void look() {
      System.gc();
      peak = Math.max(peak, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
  }
}
