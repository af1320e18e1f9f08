package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.app.cli.SharedRun.Of.CHAIN;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.Hdf5Reader;

class ChainRunTest {
  @Test
  void everyStageRuns(@SharedRun(CHAIN) SharedRun.Made made) {
    Path run = made.folder();
    Outcome outcome = made.outcome();
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
