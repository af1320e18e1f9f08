package org.latticelift.sim.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.parallel.communicator.LocalRanks;

/**
 * Key {@code direct.states_every}: states of direct runs on their way, which change nothing else.
 */
class DirectStatesTest {
  private static final String CONFIG = "{runs: 2, records: 10, duration: {time_s: 80}%s}";

  @TempDir private Path folder;

  private Path run(String name, String more) {
    Path out = folder.resolve(name);
    StopSignal stop = StopSignal.none();
    try (RunDirectory directory = RunDirectory.open(out, OpenMode.NEW, "test")) {
      DirectStage<?> stage =
          new DirectStage<>(
              new Relaxing(10, 400),
              Binder.bind(ConfigNode.parse(CONFIG.formatted(more), "test"), SimulateConfig.class),
              new CheckpointConfig(0.02, 0, 0),
              LocalRanks.single());
      stage.check();
      Provenance provenance = Provenance.here("{}", 7, 1);
      ProgressFactory quiet = ProgressFactory.quiet();
      stage.run(new StageContext(directory, provenance, 7, 1, quiet, stop));
      assertThat(stage.outputs()).allMatch(directory::complete);
    }
    return out;
  }

  @Test
  void everyThirdStateOfEachRunIsKeptWithItsRecord() {
    Path plain = run("plain", "");
    assertThat(plain.resolve(SnapshotsFile.DIRECT)).doesNotExist();
    assertThat(run("none", ", states_every: 0").resolve(SnapshotsFile.DIRECT)).doesNotExist();
    Path kept = run("kept", ", states_every: 3");
    try (Hdf5Reader states = Hdf5Reader.open(kept.resolve(SnapshotsFile.DIRECT));
        Hdf5Reader records = Hdf5Reader.open(kept.resolve(TrajectoryFile.NAME));
        Hdf5Reader before = Hdf5Reader.open(plain.resolve(TrajectoryFile.NAME))) {
      assertThat(states.ints("/C10/run")).containsExactly(0, 0, 0, 0, 1, 1, 1, 1);
      for (int run = 0; run < 2; run++) {
        String group = "/C10/run" + run;
        double[] all = records.doubles(group + "/observables");
        assertThat(all).isEqualTo(before.doubles(group + "/observables"));
        double[] some = states.doubles("/C10/observables");
        for (int i = 0; i < 4; i++) {
          int first = 2 * (4 * run + i);
          assertThat(Arrays.copyOfRange(some, first, first + 2))
              .isEqualTo(Arrays.copyOfRange(all, 6 * i, 6 * i + 2));
        }
      }
      assertThat(states.children("/C10"))
          .contains("time", "jumps", "observables", "run", "run0", "run1")
          .hasSize(7); // and the states
    }
  }
}
