package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.Hdf5Reader;

class ChainRunTest {
  private static final String CONFIG =
      """
      system: linear-chain
      conditions: {force: [4, 8]}
      lattice: {small: 4, large: 16}
      simulate: {runs: 3, records: 20, duration: {time: 2}}
      evolve: {samples: 60}
      sde: {drift: {type: linear}, diffusion: {mode: constant}}
      train: {epochs: 2}
      ensemble: {trajectories: 4, records: 11, horizon: {time: 2}}
      direct: {runs: 2, records: 10, duration: {time: 2}}
      """;

  @Test
  void everyStageRuns(@TempDir Path folder) {
    Path config = TinyRun.write(folder.resolve("chain.yaml"), CONFIG);
    Path run = folder.resolve("run");
    Outcome outcome = TinyRun.run("run", config.toString(), "--out", run.toString(), "--quiet");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("F4", "F8", "displacement");
    try (Hdf5Reader reader = Hdf5Reader.open(run.resolve("snapshots.h5"))) {
      assertThat(reader.dims("/F8/displacement")).containsExactly(63, 4);
    }
    try (Hdf5Reader reader = Hdf5Reader.open(run.resolve("model.h5"))) {
      assertThat(reader.floats("/weights/m0/drift/linear/W")).hasSize(1);
    }
  }
}
