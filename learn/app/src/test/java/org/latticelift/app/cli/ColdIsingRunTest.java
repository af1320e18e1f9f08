package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.Hdf5Reader;

/** The lowest temperatures through the stages: after a quench next to nothing flips any more. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class ColdIsingRunTest {
  private static final String CONFIG =
      """
      system: ising
      preset: authors
      closure: {dim: 0}
      conditions: {temperature: [0.2, 0.5, 0.8]}
      lattice: {small: 8, large: 16, small_start: 0, large_start: 0}
      simulate: {runs: 4, records: 10, duration: {events: 4000}, sampling: events}
      relax: {duration: {events: 64}}
      evolve: {samples: 20, duration: {events: 64}}
      direct: {runs: 2, records: 10, duration: {time: 1e6}}
      report: {png: false}
      """;

  @Tag("pipeline")
  @ParameterizedTest
  @ValueSource(strings = {"continuous", "sweeps"})
  void statesAreSimulatedAndEvolved(String dynamics, @TempDir Path folder) {
    Path config = TinyRun.write(folder.resolve("cold.yaml"), CONFIG);
    Path run = folder.resolve("run");
    for (String stage : new String[] {"simulate", "evolve", "direct"}) {
      Outcome outcome =
          TinyRun.run(
              stage,
              config.toString(),
              "--out",
              run.toString(),
              "--quiet",
              "--set",
              "lattice.dynamics=" + dynamics);
      assertThat(outcome.err()).as(stage).isEmpty();
      assertThat(outcome.code()).as(stage).isZero();
    }
    try (Hdf5Reader snapshots = Hdf5Reader.open(run.resolve("snapshots.h5"));
        Hdf5Reader pairs = Hdf5Reader.open(run.resolve("pairs.h5"))) {
      double[] time = snapshots.doubles("/T0.2/time");
      assertThat(Arrays.stream(time).max().orElseThrow()).isGreaterThan(1e9).isFinite();
      assertThat(snapshots.longs("/T0.2/jumps")[10]).isGreaterThanOrEqualTo(4000);
      assertThat(pairs.doubles("/dt")).doesNotContain(Double.NaN).hasSize(60);
    }
  }

  /** A frozen lattice stands still; records go on until the time is over. */
  @Test
  void frozenRunsEndWithTheirTime(@TempDir Path folder) {
    Path config = TinyRun.write(folder.resolve("cold.yaml"), CONFIG);
    Path run = folder.resolve("run");
    Outcome outcome =
        TinyRun.run(
            "direct",
            config.toString(),
            "--out",
            run.toString(),
            "--quiet",
            "--set",
            "lattice.large_start=1");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    try (Hdf5Reader direct = Hdf5Reader.open(run.resolve("trajectory.h5"))) {
      double[] time = direct.doubles("/T0.2/run0/time");
      assertThat(time).hasSize(11);
      assertThat(time[10]).isEqualTo(1e6);
      assertThat(direct.longs("/T0.2/run0/jumps")).containsOnly(0);
    }
  }
}
