package org.latticelift.sim.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.testing.RunDirectories;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.simulate.StateSeries.FinalStatesFile;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemProvider;

/** A lattice that ranks hold together, from the section of a configuration to the files. */
class DistributedRunsTest {
  private static final String CONFIG =
      """
      system: alloy
      conditions: {temperature_K: [1500, 2500]}
      lattice: {small: 5, large: 16, vacancy_concentration: 0.004}
      barrier: {model: pairwise}
      checkpoint: {every_cycles: 7}
      direct:
        runs: 1
        records: 4
        duration: {events: 60}
        parallel: {block_cells: 4}
      """;

  @TempDir private Path folder;

  private static ConfigNode config(String... sets) {
    ConfigNode root = ConfigNode.parse(CONFIG, "test.yaml");
    for (String set : sets) {
      root = root.with(set.split("=")[0], set.split("=")[1]);
    }
    return root;
  }

  private static DirectStage<?> stage(ConfigNode root, Communicator ranks) {
    LatticeSystem<?> system = SystemProvider.find(root.get("system")).create(root);
    return new DirectStage<>(
        system,
        Binder.bind(root.section("direct"), SimulateConfig.class),
        Binder.bind(root.section("checkpoint"), CheckpointConfig.class),
        ranks);
  }

  private Path run(String name, int size, OpenMode mode, int stopAfter, String... sets)
      throws Exception {
    Path out = folder.resolve(name);
    ConfigNode root = config(sets);
    LocalJob.run(out, size, mode, stopAfter, (ranks, context) -> stage(root, ranks).run(context));
    return out;
  }

  @Test
  void twoRanksLeaveTheFilesOfOne() throws Exception {
    requireFilesOfOne(2);
  }

  @Tag("ranks")
  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void anyNumberOfRanksLeavesTheSameFiles(int size) throws Exception {
    requireFilesOfOne(size);
  }

  private void requireFilesOfOne(int size) throws Exception {
    Path one = run("one", 1, OpenMode.NEW, 0);
    Path many = run("many", size, OpenMode.NEW, 0);
    assertThat(RunDirectories.requireEqual(one, many)).isGreaterThan(9);
    assertThat(Files.readString(many.resolve(DirectStage.AVERAGES)))
        .isEqualTo(Files.readString(one.resolve(DirectStage.AVERAGES)));
    assertThat(many.resolve("checkpoint")).isEmptyDirectory();
    assertThat(many.resolve("log")).isEmptyDirectory();
  }

  @Tag("ranks")
  @ParameterizedTest
  @CsvSource({"2, 4", "4, 1", "1, 2"})
  void aStoppedRunContinuesOnOtherRanksBitForBit(int before, int after) throws Exception {
    Path whole = run("whole", 1, OpenMode.NEW, 0);
    for (int stopAfter : new int[] {1, 6}) {
      String name = "stopped" + stopAfter;
      assertThatThrownBy(() -> run(name, before, OpenMode.NEW, stopAfter))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOfSatisfying(
              LatticeLiftException.class,
              e -> assertThat(e.exitCode()).isEqualTo(ExitCode.STOPPED));
      assertThat(folder.resolve(name).resolve(FinalStatesFile.NAME)).doesNotExist();
      RunDirectories.requireEqual(whole, run(name, after, OpenMode.RESUME, 0));
    }
  }

  /** Blocks wide enough for a margin, and windows of one typical waiting time. */
  @Tag("ranks")
  @Test
  void resolvedFlickerLeavesTheSameFilesOnAnyRanksAndAfterAStop() throws Exception {
    String[] cold = {
      "kinetics={acceleration: flicker}",
      "direct.parallel={block_cells: 8}",
      "conditions.temperature_K=[500]"
    };
    Path one = run("one", 1, OpenMode.NEW, 0, cold);
    RunDirectories.requireEqual(one, run("two", 2, OpenMode.NEW, 0, cold));
    assertThatThrownBy(() -> run("stopped", 4, OpenMode.NEW, 1, cold))
        .isInstanceOf(ExecutionException.class);
    RunDirectories.requireEqual(one, run("stopped", 2, OpenMode.RESUME, 0, cold));
    Path plain = run("plain", 1, OpenMode.NEW, 0, cold[1], cold[2]);
    assertThat(jumps(one)).isNotEqualTo(jumps(plain));
  }

  private static long[] jumps(Path out) throws IOException {
    try (Hdf5Reader reader = Hdf5Reader.open(out.resolve(TrajectoryFile.NAME))) {
      return reader.longs("/T500/run0/jumps");
    }
  }

  @Tag("ranks")
  @Test
  void theLastStateHasTheCompositionAndNamesItsVacancies() throws Exception {
    Path out = run("last", 2, OpenMode.NEW, 0);
    try (Hdf5Reader reader = Hdf5Reader.open(out.resolve(FinalStatesFile.NAME))) {
      byte[] species = reader.bytes("/T1500/run0/species");
      long[] position = reader.longs("/T1500/run0/vacancies/position");
      int vacant = 0;
      for (byte code : species) {
        vacant += code == 0 ? 1 : 0;
      }
      assertThat(position).hasSize(3 * vacant);
      assertThat(vacant).isEqualTo(33); // 0.004 of 2 x 16^3 sites
      for (int v = 0; v < vacant; v++) {
        long b = position[3 * v] % 2;
        long cell =
            (position[3 * v] / 2 * 16 + position[3 * v + 1] / 2) * 16 + position[3 * v + 2] / 2;
        assertThat(species[(int) (2 * cell + b)]).isZero();
      }
    }
  }

  @Tag("ranks")
  @Test
  void whatEveryRankTookStandsBesideTheProvenance() throws Exception {
    Path trajectory = run("use", 4, OpenMode.NEW, 0).resolve(TrajectoryFile.NAME);
    try (Hdf5Reader reader = Hdf5Reader.open(trajectory)) {
      double[] memory = reader.doubles("/provenance/ranks/peak_memory");
      double[] jumps = reader.doubles("/provenance/ranks/jumps");
      long last = 0;
      for (String condition : new String[] {"/T1500", "/T2500"}) {
        long[] total = reader.longs(condition + "/run0/jumps");
        last += total[total.length - 1];
      }
      assertThat(jumps).hasSize(4).doesNotContain(0);
      assertThat(Arrays.stream(jumps).sum()).isEqualTo(last);
      assumeThat(Path.of("/proc/self/status")).exists();
      assertThat(memory).hasSize(4);
      assertThat(Arrays.stream(memory).min().orElseThrow()).isGreaterThan(10);
    }
    assertThat(RankUse.lines(trajectory)).hasSize(1).allMatch(line -> line.startsWith("4 ranks"));
  }

  @Tag("ranks")
  @Test
  void recordsAfterNumbersOfEventsCountAtLeastThose() throws Exception {
    Path out = run("events", 2, OpenMode.NEW, 0, "direct.sampling=events");
    try (Hdf5Reader reader = Hdf5Reader.open(out.resolve(TrajectoryFile.NAME))) {
      long[] jumps = reader.longs("/T2500/run0/jumps");
      for (int record = 1; record < jumps.length; record++) {
        assertThat(jumps[record] - jumps[record - 1]).isGreaterThanOrEqualTo(15 * 33);
      }
    }
  }

  /** A cube of 15 cells has no even number of blocks of 5, and so on. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "lattice.large=15; direct.parallel={block_cells: 5}; even",
        "lattice.large=16; direct.parallel={block_cells: 2}; block_cells",
        "lattice.large=16; direct.parallel={block_cells: 6}; block",
        "lattice.large=16; direct.parallel={block_cell: 4}; block_cells",
        "kinetics={acceleration: flicker}; direct.sampling=events; sampling: time",
        "lattice.measure=tile_mean; direct.parallel={block_cells: 4}; lattice.measure: lattice",
      })
  void whatCannotBeDistributedIsRefused(String one, String two, String told) {
    assertFails(ExitCode.BAD_DATA, () -> stage(config(one, two), LocalRanks.single()), told);
  }

  @Test
  void aPreciseEndIsRefused() throws IOException {
    assertThatThrownBy(
            () -> stage(config("direct.stop={precision: 0.1}"), LocalRanks.single()).check())
        .hasMessageContaining("direct.stop");
  }
}
