package org.latticelift.sim.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.testing.RunDirectories;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.schedule.Schedule;
import org.latticelift.sim.schedule.ScheduledSystem;
import org.latticelift.sim.simulate.RunTask.DistributedTask;
import org.latticelift.sim.simulate.RunTask.RunObserver;
import org.latticelift.sim.simulate.RunTask.SavableRun;
import org.latticelift.sim.simulate.StateSeries.FinalStatesFile;
import org.latticelift.sim.system.DistributedDynamics.DistributedRun;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemProvider;

/** A lattice that ranks hold together while its temperature changes (EX-51). */
class ScheduledDistributedRunsTest {
  private static final int RECORDS = 3;

  /** K; a record of a ramp has about six legs, of ten cycles to one. */
  private static final double CHANGE = 50;

  private static final double LENGTH = 6e-8;
  private static final Schedule RAMP = Schedule.slope(2000, 1200, LENGTH);

  private static final String ORDERING = "{model: pairwise, cache_mib: 1}";

  /** All hops have one barrier, 1 eV, and an attempt frequency of 1e13 1/s. */
  private static final String EQUAL_BARRIERS =
      "{model: pairwise, cache_mib: 1, pairwise: {activation: [1.0, 1.0, 1.0],"
          + " shells: [[[0, 0, 0], [0, 0, 0], [0, 0, 0]]]}}";

  private static final double SITES = 8192;
  private static final double VACANCIES = 33;
  private static final int RUNS = 8;

  private static final String PARALLEL = "parallel: {block_cells: 4}";

  @TempDir private Path folder;

  /** A configuration of 8192 sites with 33 vacancies. */
  private static ConfigNode config(String barrier, double length, int runs, String direct) {
    return ConfigNode.parse(
        "{system: alloy, conditions: {temperature_K: [2000]}, lattice: {small: 5, large: 16,"
            + " vacancy_concentration: 0.004}, barrier: "
            + barrier
            + ", direct: {runs: "
            + runs
            + ", records: "
            + RECORDS
            + ", duration: {time_s: "
            + length
            + "}, "
            + direct
            + "}}",
        "test");
  }

  private static LatticeSystem<?> system(ConfigNode root) {
    return SystemProvider.find(root.get("system")).create(root);
  }

  private static LatticeSystem<?> scheduled(ConfigNode root, Schedule schedule) {
    return new ScheduledSystem<>(system(root), schedule, RECORDS, CHANGE);
  }

  private static CheckpointConfig checkpoint(ConfigNode root) {
    return Binder.bind(root.section("checkpoint"), CheckpointConfig.class);
  }

  private Path run(String name, int size, OpenMode mode, ConfigNode root, LatticeSystem<?> of)
      throws Exception {
    Path out = folder.resolve(name);
    SimulateConfig direct = Binder.bind(root.section("direct"), SimulateConfig.class);
    LocalJob.run(
        out,
        size,
        mode,
        0,
        (ranks, context) -> new DirectStage<>(of, direct, checkpoint(root), ranks).run(context));
    return out;
  }

  private Path ramp(String name, int size, OpenMode mode) throws Exception {
    ConfigNode root = config(ORDERING, LENGTH, 1, PARALLEL);
    return run(name, size, mode, root, scheduled(root, RAMP));
  }

  @Tag("pipeline")
  @Test
  void anIsothermalScheduleIsARunWithoutOne() throws Exception {
    ConfigNode root = config(ORDERING, LENGTH, 2, PARALLEL);
    Path plain = run("plain", 1, OpenMode.NEW, root, system(root));
    LatticeSystem<?> isothermal = scheduled(root, Schedule.constant(2000, LENGTH));
    Path same = run("isothermal", 2, OpenMode.NEW, root, isothermal);
    assertThat(RunDirectories.requireEqual(plain, same)).isGreaterThan(9);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void anyNumberOfRanksLeavesTheSameFiles(int size) throws Exception {
    Path one = ramp("one", 1, OpenMode.NEW);
    assertThat(RunDirectories.requireEqual(one, ramp("many", size, OpenMode.NEW))).isGreaterThan(4);
  }

  /** Within a leg, where legs meet, at a record, and in the last record. */
  @Test
  void aKilledRunContinuesOnOtherRanksBitForBit() throws Exception {
    Path whole = ramp("whole", 1, OpenMode.NEW);
    List<List<Integer>> places = places();
    int within = first(places, n -> places.get(n).equals(List.of(0, 1)) && goesOn(places, n));
    int meeting = first(places, n -> places.get(n).equals(List.of(0, 2)));
    int record = first(places, n -> places.get(n).equals(List.of(1, 0)));
    int late = first(places, n -> places.get(n).equals(List.of(RECORDS - 1, 1)));
    int[][] jobs = {{within, 1, 2}, {meeting, 2, 1}, {record, 4, 2}, {late, 2, 4}};
    for (int[] job : jobs) {
      String name = "killed" + job[0];
      assertThatThrownBy(() -> kill(name, job[1], job[0])).hasRootCauseMessage("killed");
      assertThat(folder.resolve(name).resolve(FinalStatesFile.NAME)).doesNotExist();
      RunDirectories.requireEqual(whole, ramp(name, job[2], OpenMode.RESUME));
    }
  }

  /** Record and leg where the ramp stands after so many cycles. */
  private static List<List<Integer>> places() {
    ConfigNode root = config(ORDERING, LENGTH, 1, PARALLEL);
    LatticeSystem<?> system = scheduled(root, RAMP);
    DistributedRun run =
        system
            .options()
            .distributed()
            .orElseThrow()
            .start(LocalRanks.single(), system.conditions().get(0), 0, new Streams(LocalJob.SEED));
    List<List<Integer>> places = new ArrayList<>();
    for (int record = 0; record < RECORDS; record++) {
      run.begin(Duration.time(LENGTH / RECORDS));
      do {
        ByteBuffer memory = ByteBuffer.wrap(run.memory());
        places.add(List.of(memory.getInt(), memory.getInt()));
      } while (!run.cycle());
    }
    return places;
  }

  /** Whether a leg has begun before a cycle and does not end with it. */
  private static boolean goesOn(List<List<Integer>> places, int n) {
    return places.get(n).equals(places.get(n - 1)) && places.get(n).equals(places.get(n + 1));
  }

  private static int first(List<List<Integer>> places, IntPredicate wanted) {
    return IntStream.range(1, places.size() - 1).filter(wanted).findFirst().orElseThrow();
  }

  private void kill(String name, int size, int cycles) throws Exception {
    ConfigNode root = config(ORDERING, LENGTH, 1, PARALLEL);
    LocalJob.run(
        folder.resolve(name),
        size,
        OpenMode.NEW,
        0,
        (ranks, context) -> kill(scheduled(root, RAMP), ranks, context, cycles));
  }

  private static <S> void kill(
      LatticeSystem<S> system, Communicator ranks, StageContext context, int cycles) {
    RunStore<S> store = new RunStore<>(context.directory(), system, "direct", system.large(), 1, 0);
    RunObserver killer =
        new RunObserver() {
          private int made;

          @Override
          public void paused(SavableRun run) {
            if (++made == cycles) {
              run.save();
              throw new IllegalStateException("killed");
            }
          }
        };
    new DistributedTask<>(
            ranks, system.options().distributed().orElseThrow(), store, new Streams(context.seed()))
        .extend(
            system.conditions().get(0), 0, RECORDS, () -> Duration.time(LENGTH / RECORDS), killer);
  }

  /**
   * The rate of a vacancy is that of eight equal hops, less those onto other vacancies. Jumps of an
   * interval are nearly Poissonian: four errors are allowed, and 1 % for the legs, in whose middle
   * the rate is 0.7 % smaller than on average over a leg.
   */
  @Test
  void jumpsFollowTheBoltzmannFactor() throws Exception {
    ConfigNode root = config(EQUAL_BARRIERS, LENGTH, 1, "parallel: {block_cells: 8}");
    double[] jumps = read(run("rates", 1, OpenMode.NEW, root, scheduled(root, RAMP)), "run0/jumps");
    for (int r = 0; r < RECORDS; r++) {
      double expected = VACANCIES * hops(LENGTH * r / RECORDS, LENGTH * (r + 1) / RECORDS);
      assertThat(jumps[r + 1] - jumps[r])
          .as("jumps before record " + (r + 1))
          .isCloseTo(expected, within(4 * Math.sqrt(expected) + 0.01 * expected));
    }
  }

  /** Expected hops of a vacancy: Simpson's integral of its rate over the ramp. */
  private static double hops(double from, double to) {
    int parts = 1000;
    double sum = 0;
    for (int i = 0; i <= parts; i++) {
      double kelvin = RAMP.value(from + (to - from) * i / parts);
      double rate = 8 * 1e13 * Math.exp(-1 / (8.617333e-5 * kelvin));
      sum += rate * (i == 0 || i == parts ? 1 : i % 2 == 0 ? 2 : 4);
    }
    double free = 1 - (VACANCIES - 1) / (SITES - 1);
    return free * sum * (to - from) / parts / 3;
  }

  /**
   * Order that grows and jumps that become rare in a quench, in runs of both simulators; at every
   * record the means differ by no more than five of their errors, which are those of the pooled
   * spread of the runs.
   */
  @Tag("law")
  @Test
  void theSerialSimulatorSeesTheSameQuench() throws Exception {
    double length = 2.5e-7;
    Schedule quench = Schedule.slope(2000, 1400, length);
    ConfigNode alone = config(ORDERING, length, RUNS, "sampling: time");
    ConfigNode shared =
        config(ORDERING, length, RUNS, "parallel: {block_cells: 8, window_mean_waits: 0.5}");
    Path serial = run("serial", 1, OpenMode.NEW, alone, scheduled(alone, quench));
    Path parallel = run("parallel", 1, OpenMode.NEW, shared, scheduled(shared, quench));
    double[][] expected = measured(serial);
    double[][] found = measured(parallel);
    for (int k = 0; k < expected.length; k++) {
      double error = Math.sqrt((variance(expected[k]) + variance(found[k])) / RUNS);
      assertThat(mean(found[k])).as("number " + k).isCloseTo(mean(expected[k]), within(5 * error));
    }
  }

  /** Jumps before every record, then the observables of every record; a number per run. */
  private static double[][] measured(Path path) {
    int orders = read(path, "run0/observables").length / (RECORDS + 1);
    double[][] all = new double[RECORDS * (1 + orders)][RUNS];
    for (int run = 0; run < RUNS; run++) {
      double[] jumps = read(path, "run" + run + "/jumps");
      double[] order = read(path, "run" + run + "/observables");
      for (int r = 0; r < RECORDS; r++) {
        all[r][run] = jumps[r + 1] - jumps[r];
        for (int k = 0; k < orders; k++) {
          all[RECORDS + r * orders + k][run] = order[(r + 1) * orders + k];
        }
      }
    }
    return all;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }

  private static double[] read(Path run, String dataset) {
    try (Hdf5Reader reader = Hdf5Reader.open(run.resolve(TrajectoryFile.NAME))) {
      return reader.doubles("/T2000/" + dataset);
    }
  }
}
