package org.latticelift.sim.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemProvider;

/** The time of an event of one patch, from small systems that may be several patches. */
class MeanEventTimeTest {
  @TempDir private Path folder;

  private double time(String lattice) {
    String yaml =
        "{system: alloy, conditions: {temperature_K: [3000]}, barrier: {model: pairwise},"
            + " lattice: {small: 5, large: 10, "
            + lattice
            + "}, simulate: {runs: 8, records: 4, duration: {events: 5000}, states_every: 4}}";
    return time(ConfigNode.parse(yaml, "test"));
  }

  private double time(ConfigNode root) {
    LatticeSystem<?> system = SystemProvider.find(root.get("system")).create(root);
    Path out = folder.resolve("run" + folder.toFile().list().length);
    try (RunDirectory directory = RunDirectory.open(out, OpenMode.NEW, "test")) {
      StageContext context =
          new StageContext(
              directory,
              Provenance.here("{}", 7, 1),
              7,
              1,
              ProgressFactory.quiet(),
              StopSignal.none());
      simulate(system, root).run(context);
      Condition condition = system.conditions().get(0);
      try (SnapshotsFile snapshots = SnapshotsFile.open(directory.file(SnapshotsFile.NAME))) {
        return MeanEventTime.ofSmallSystem(snapshots, system, condition);
      }
    }
  }

  private static SimulateStage<?> simulate(LatticeSystem<?> system, ConfigNode root) {
    return new SimulateStage<>(
        system,
        Binder.bind(root.section("simulate"), SimulateConfig.class),
        Binder.bind(root.section("checkpoint"), CheckpointConfig.class));
  }

  /** Far apart, vacancies do not feel each other: 40 000 jumps fluctuate by a few per cent. */
  @Test
  void aVacancyKeepsItsPaceBesideOthers() {
    double one = time("vacancy_concentration: 0.004");
    double four = time("vacancy_concentration: 0.016");
    assertThat(four / one).isEqualTo(1, within(0.15));
  }

  /** A step of four patches is four events, each of which passes a whole step. */
  @Test
  void fieldsOfSeveralPatchesPassAStepPerEvent() {
    String yaml =
        "{system: predator-prey, conditions: {noise: [0.02]},"
            + " lattice: {small: 40, large: 40, patch: 10},"
            + " simulate: {runs: 2, records: 4, duration: {time: 1}}}";
    assertThat(time(ConfigNode.parse(yaml, "test"))).isEqualTo(0.01, within(1e-12));
  }
}
