package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.DistributedDynamics.DistributedRun;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.systems.alloy.AlloyDistribution.UpsampledStart;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** A distributed lattice that starts from a file of the small one. */
class UpsampledStartTest {
  private static final int SAMPLES = 8;
  private static final double JUMPS = 30;
  private static final Streams SEEDS = new Streams(5);
  private static final String CONFIG =
      """
      system: alloy
      conditions: {temperature_K: [900]}
      lattice: {small: 6, large: 48, vacancy_concentration: 0.0023148148148148147}
      barrier: {model: pairwise}
      relax: {duration: {mean_events: 30}}
      direct:
        parallel: {block_cells: 6}
      """;

  @TempDir private Path folder;
  private AlloyState snapshot;
  private Path file;

  private static AlloySystem system(ConfigNode root) {
    return (AlloySystem) new AlloyProvider().create(root);
  }

  private ConfigNode started(String... sets) {
    ConfigNode root = ConfigNode.parse(CONFIG, "test.yaml");
    root = root.with("lattice.start", "{file: " + file + "}");
    for (String set : sets) {
      root = root.with(set.split("=")[0], set.split("=")[1]);
    }
    return root;
  }

  /** One vacancy has ordered the small lattice a little. */
  @BeforeEach
  void relaxTheSmallLattice() {
    AlloySystem system = system(ConfigNode.parse(CONFIG, "test.yaml"));
    Dynamics<AlloyState> dynamics = system.dynamics(system.conditions().get(0), 0);
    RandomStream stream = new Streams(2).stream(Purpose.CHECK);
    snapshot = dynamics.initial(system.small(), stream);
    dynamics.advance(snapshot, Duration.events(60_000), stream);
    file = folder.resolve("small.h5");
    Lattice lattice = snapshot.lattice();
    int plane = lattice.plane(0).length;
    byte[] species = new byte[lattice.nx() * plane];
    for (int x = 0; x < lattice.nx(); x++) {
      System.arraycopy(lattice.plane(x), 0, species, x * plane, plane);
    }
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.dataset(
          "/species",
          species,
          new long[] {6, 6, 6, 2},
          DatasetInfo.of("1", "species codes", "x", "y", "z", "basis").asUnsigned());
    }
  }

  private static double[] observed(int size, ConfigNode root, int run) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      List<Future<double[]>> parts = new ArrayList<>();
      for (Communicator rank : LocalRanks.open(size)) {
        parts.add(threads.submit(() -> onOne(rank, root, run)));
      }
      for (Future<double[]> part : parts) {
        assertThat(part.get()).isEqualTo(parts.get(0).get());
      }
      return parts.get(0).get();
    } finally {
      threads.shutdownNow();
    }
  }

  private static double[] onOne(Communicator rank, ConfigNode root, int run) {
    try {
      AlloySystem system = system(root);
      Condition condition = system.conditions().get(0);
      DistributedRun started =
          system.options().distributed().orElseThrow().start(rank, condition, run, SEEDS);
      return started.observe();
    } catch (RuntimeException | Error e) {
      rank.abort(1);
      throw e;
    }
  }

  @Tag("ranks")
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void observablesDoNotDependOnTheRanks(int size) throws Exception {
    assertThat(observed(size, started(), 1)).isEqualTo(observed(1, started(), 1));
  }

  /** Windows in another order, and vacancies that wait outside, relax to the same order. */
  @Tag("law")
  @Test
  void orderIsThatOfUpsamplingOnOneRank() throws Exception {
    AlloySystem system = system(started());
    Condition condition = system.conditions().get(0);
    UpsampledStart start = UpsampledStart.of(system.setup()).orElseThrow();
    double[][] together = new double[SAMPLES][];
    double[][] alone = new double[SAMPLES][];
    for (int i = 0; i < SAMPLES; i++) {
      together[i] = observed(1, started(), i);
      Streams seeds = new Streams(100 + i);
      Duration window = start.plan(condition, i, SEEDS).relaxation().orElseThrow().duration();
      Dynamics<AlloyState> dynamics = system.dynamics(condition, window.value() / JUMPS);
      AlloyState large =
          dynamics.upsample(
              SnapshotPool.of(1, 1, (run, record) -> snapshot),
              system.large(),
              seeds.stream(Purpose.UPSAMPLE),
              seeds.stream(Purpose.RELAX));
      alone[i] = dynamics.observe(large);
    }
    double[] before = system.dynamics(condition, 0).observe(snapshot);
    assertThat(mean(together, 0)[0] - before[0]).isGreaterThan(0.04); // windows do something
    for (int k = 0; k < before.length; k++) {
      double[] a = mean(together, k);
      double[] b = mean(alone, k);
      double error = Math.hypot(a[1], b[1]);
      assertThat(a[0]).isCloseTo(b[0], within(3 * error));
      assertThat(error).isLessThan(0.02);
    }
  }

  /** Mean and its standard error. */
  private static double[] mean(double[][] samples, int k) {
    double sum = 0;
    double squares = 0;
    for (double[] sample : samples) {
      sum += sample[k];
      squares += sample[k] * sample[k];
    }
    double mean = sum / samples.length;
    double variance = Math.max(0, squares / samples.length - mean * mean);
    return new double[] {mean, Math.sqrt(variance / (samples.length - 1))};
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "upsample={vacancies: tile_centres}; keep",
        "upsample={tiles: independent}; hierarchy",
        "lattice.large=6; even",
        "lattice.small=8; lattice.small",
      })
  void whatRanksCannotEnlargeIsRefused(String set, String told) {
    assertThatThrownBy(() -> system(started(set))).hasMessageContaining(told);
  }
}
