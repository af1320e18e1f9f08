package org.latticelift.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.config.Binder;
import org.latticelift.config.ConfigNode;
import org.latticelift.error.ExitCode;
import org.latticelift.error.LatticeLiftException;
import org.latticelift.hdf5.Hdf5Reader;
import org.latticelift.progress.Progress;
import org.latticelift.progress.ProgressFactory;
import org.latticelift.rundir.OpenMode;
import org.latticelift.rundir.Provenance;
import org.latticelift.rundir.RunDirectory;
import org.latticelift.rundir.Stage;
import org.latticelift.rundir.StageContext;
import org.latticelift.system.MicroscopicSystem;
import org.latticelift.system.SystemProvider;
import org.latticelift.task.StopSignal;

/** Stages simulate and direct: records, resuming, files. */
class RunStagesTest {
  private static final String CONFIG =
      """
      system: alloy
      conditions: {temperature_K: [1500, 2500]}
      lattice: {small: 5, large: 6, vacancy_concentration: 0.004}
      barrier: {model: pairwise}
      simulate: {runs: 2, records: 8, duration: {events: 2000}}
      direct: {runs: 2, records: 8, duration: {events: 1000}}
      """;

  @TempDir Path folder;

  /** Asks to stop after some steps. */
  private static final class StopAfter implements ProgressFactory {
    private final StopSignal stop;
    private final int steps;
    private int made;

    StopAfter(StopSignal stop, int steps) {
      this.stop = stop;
      this.steps = steps;
    }

    @Override
    public Progress start(String label, long total) {
      return new Progress() {
        @Override
        public void step(long n) {
          made += (int) n;
          if (made >= steps) {
            stop.request();
          }
        }

        @Override
        public void message(String s) {
          // not shown
        }

        @Override
        public void close() {
          // nothing held
        }
      };
    }
  }

  private static Stage stage(String section, ConfigNode root) {
    MicroscopicSystem<?> system = SystemProvider.find(root.get("system")).create(root);
    SimulateConfig config = Binder.bind(root.section(section), SimulateConfig.class);
    CheckpointConfig checkpoint = Binder.bind(root.section("checkpoint"), CheckpointConfig.class);
    return section.equals("direct")
        ? new DirectStage<>(system, config, checkpoint)
        : new SimulateStage<>(system, config, checkpoint);
  }

  private Path run(String name, String section, OpenMode mode, int stopAfter) {
    ConfigNode root = ConfigNode.parse(CONFIG, "test.yaml");
    Path out = folder.resolve(name);
    StopSignal stop = StopSignal.none();
    try (RunDirectory directory = RunDirectory.open(out, mode, "test")) {
      stage(section, root)
          .run(
              new StageContext(
                  directory,
                  Provenance.here(root.toYaml(), 7, 1),
                  7,
                  1,
                  stopAfter > 0 ? new StopAfter(stop, stopAfter) : ProgressFactory.quiet(),
                  stop));
    }
    return out;
  }

  private static double[] doubles(Path file, String dataset) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      return reader.doubles(dataset);
    }
  }

  @Test
  void aStoppedSimulationContinuesBitForBit() {
    Path whole = run("whole", "simulate", OpenMode.NEW, 0);
    for (int stopAfter : new int[] {3, 11}) {
      String name = "stopped" + stopAfter;
      assertThatThrownBy(() -> run(name, "simulate", OpenMode.NEW, stopAfter))
          .isInstanceOfSatisfying(
              LatticeLiftException.class,
              e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STOPPED));
      assertThat(folder.resolve(name).resolve("snapshots.h5")).doesNotExist();
      run(name, "simulate", OpenMode.RESUME, 0);
      for (String dataset : new String[] {"time", "jumps", "observables", "species", "run"}) {
        Path resumed = folder.resolve(name).resolve("snapshots.h5");
        assertThat(doubles(resumed, "/T2500/" + dataset))
            .isEqualTo(doubles(whole.resolve("snapshots.h5"), "/T2500/" + dataset));
      }
      assertThat(folder.resolve(name).resolve("checkpoint")).isEmptyDirectory();
    }
  }

  @Test
  void runsOfAConditionShareTheirRecordTimes() {
    Path out = run("times", "simulate", OpenMode.NEW, 0);
    double[] time = doubles(out.resolve("snapshots.h5"), "/T1500/time");
    assertThat(time).hasSize(18);
    assertThat(Arrays.copyOfRange(time, 0, 9)).isEqualTo(Arrays.copyOfRange(time, 9, 18));
    assertThat(time[8])
        .isCloseTo(8 * time[1], org.assertj.core.data.Percentage.withPercentage(1e-9));
    double[] jumps = doubles(out.resolve("snapshots.h5"), "/T1500/jumps");
    // the pilot estimates the time of 2000 events; a vacancy's pace fluctuates
    assertThat(jumps[8]).isBetween(1000.0, 4000.0);
  }

  @Test
  void directRunsGiveTrajectoriesAndLastStates() {
    Path out = run("direct", "direct", OpenMode.NEW, 0);
    try (Hdf5Reader reader = Hdf5Reader.open(out.resolve("trajectory.h5"))) {
      reader.requireDims("/T2500/run1/observables", 9, 6);
      assertThat(reader.longs("/T2500/run1/jumps")[8]).isPositive();
      assertThat(reader.doubles("/T2500/run1/time")).isSorted();
      assertThat(reader.textListAttribute("/", "observable_names")).contains("NbMo");
    }
    try (Hdf5Reader reader = Hdf5Reader.open(out.resolve("final.h5"))) {
      reader.requireDims("/T1500/run0/species", 6, 6, 6, 2);
      long[] position = reader.longs("/T1500/run0/vacancies/position");
      assertThat(position).hasSize(3 * 2);
      byte[] species = reader.bytes("/T1500/run0/species");
      for (int v = 0; v < 2; v++) {
        int x = (int) position[3 * v];
        int y = (int) position[3 * v + 1];
        int z = (int) position[3 * v + 2];
        assertThat(species[((x / 2 * 6 + y / 2) * 6 + z / 2) * 2 + x % 2]).isZero();
      }
    }
  }
}
