package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.Hdf5Reader;

/** The worked example of docs/how-to/add-a-system.md: a system that stages have never heard of. */
class AddedSystemTest {
  @Tag("pipeline")
  @Test
  void everyStageRunsIt(@TempDir Path folder) {
    Path config =
        TinyRun.write(
            folder.resolve("voter.yaml"),
            """
            system: voter
            conditions: {noise: [0.1, 0.2]}
            lattice: {small: 16, large: 64}
            simulate: {runs: 4, records: 20, duration: {events: 2000}}
            evolve: {samples: 100}
            sde: {drift: {type: plain}}
            train: {epochs: 2, models: 1}
            ensemble: {trajectories: 4, records: 11, horizon: {time_s: 10}}
            direct: {runs: 2, records: 10, duration: {time_s: 10}}
            report: {png: false}
            """);
    Path run = folder.resolve("run");
    Outcome outcome = TinyRun.run("run", config.toString(), "--out", run.toString(), "--quiet");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("opinion", "borders", "N0.1");
    assertThat(TinyRun.run("validate", "--keys", config.toString()).out())
        .contains("  noise ", "  large ");
    try (Hdf5Reader reader = Hdf5Reader.open(run.resolve("pairs.h5"))) {
      assertThat(reader.dims("/z1")).containsExactly(200, 2);
    }
  }
}
