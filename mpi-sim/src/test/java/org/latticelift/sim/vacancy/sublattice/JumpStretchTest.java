package org.latticelift.sim.vacancy.sublattice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.vacancy.kmc.Kinetics;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.sublattice.RanksTogether.Record;
import org.latticelift.sim.vacancy.sublattice.SublatticeRun.InitialLattice;

/** Stretches that end with a number of jumps of all ranks, which are counted seldom. */
class JumpStretchTest {
  private static final int CELLS = FlickeringAlloy.CELLS;
  private static final double KELVIN = 1000;
  private static final SublatticeConfig CONFIG =
      new SublatticeConfig(FlickeringAlloy.EDGE, Optional.empty(), Optional.empty(), 0);

  /** Many vacancies, so that the count after the first cycle is followed by some cycles without. */
  private static final int MANY = 1000;

  private static final long JUMPS = 20_000;

  /** Offsets of the header, and where its checksum stands. */
  private static final int CYCLES_LEFT = 72;

  private static final int PLAN = 88;
  private static final int CHECKSUM = 4092;

  private static Record undisturbed;

  @TempDir private Path folder;

  private static Lattice random(int vacancies, long seed) {
    return RandomAlloy.of(FlickeringAlloy.BCC, CELLS, CELLS, CELLS, 3, vacancies, seed);
  }

  private static VacancyProblem problem(Lattice start, Kinetics kinetics, double kelvin) {
    return new VacancyProblem(
        FlickeringAlloy.MODEL,
        kinetics,
        kelvin,
        4 << 20,
        CELLS,
        CELLS,
        CELLS,
        start.counts(),
        FlickeringAlloy.order(start));
  }

  private static SublatticeRun start(
      Communicator ranks, Lattice start, Kinetics kinetics, double kelvin, long seed) {
    InitialLattice initial = (who, domain, local) -> FlickeringAlloy.spread(start, domain, local);
    VacancyProblem problem = problem(start, kinetics, kelvin);
    return SublatticeRun.start(ranks, problem, CONFIG, new Streams(seed), initial, 1, 0);
  }

  private static SublatticeRun many(Communicator ranks) {
    SublatticeRun run = start(ranks, random(MANY, 1), Kinetics.PLAIN, KELVIN, 1);
    run.beginJumps(JUMPS);
    return run;
  }

  private static SublatticeRun resumed(Communicator ranks, Path file) {
    VacancyProblem problem = problem(random(MANY, 1), Kinetics.PLAIN, KELVIN);
    return SublatticeRun.resume(ranks, problem, CONFIG, new Streams(1), 1, 0, file);
  }

  private static void cycles(SublatticeRun run, int number) {
    for (int i = 0; i < number; i++) {
      assertThat(run.cycle()).isFalse();
    }
  }

  /** Goes on to the end of the stretch; to be called on one rank, which knows all jumps. */
  private static int cyclesBeyond(SublatticeRun run, long jumps) {
    int beyond = -1;
    boolean done = false;
    while (!done) {
      done = run.cycle();
      beyond += run.cost().events() >= jumps ? 1 : 0;
    }
    assertThat(run.events()).isEqualTo(run.cost().events());
    return beyond;
  }

  private static Record toEnd(SublatticeRun run, Lattice whole) {
    for (int cycles = 0; !run.cycle(); cycles++) {
      assertThat(cycles).isLessThan(10_000);
    }
    return RanksTogether.record(run, whole);
  }

  private static void requireEqual(Record found, Record expected) {
    assertThat(found.time()).isEqualTo(expected.time());
    assertThat(found.jumps()).isEqualTo(expected.jumps());
    assertThat(found.observables()).isEqualTo(expected.observables());
    assertThat(found.whole()).isEqualTo(expected.whole());
  }

  @BeforeAll
  static void runsOnOneRank() throws Exception {
    undisturbed = RanksTogether.run(1, CELLS, (ranks, whole) -> toEnd(many(ranks), whole));
  }

  /** At the lower temperatures vacancies of this alloy flicker, and the rate is far from even. */
  @Tag("ranks")
  @ParameterizedTest
  @CsvSource({
    "4, 600, false, 60",
    "12, 600, false, 180",
    "12, 1000, false, 3600",
    "100, 1000, false, 1500",
    "1000, 1000, false, 15000",
    "1000, 2000, false, 40000",
    "12, 1000, true, 3600",
    "100, 600, true, 1500",
    "1000, 600, true, 5000",
  })
  void endsWithTheFirstCycleThatReachesItsJumps(
      int vacancies, double kelvin, boolean flicker, long jumps) {
    Kinetics kinetics = flicker ? Kinetics.flicker(64) : Kinetics.PLAIN;
    for (long seed = 1; seed <= 3; seed++) {
      Lattice lattice = random(vacancies, seed);
      SublatticeRun run = start(LocalRanks.single(), lattice, kinetics, kelvin, seed);
      run.beginJumps(jumps);
      assertThat(cyclesBeyond(run, jumps)).as("seed " + seed).isZero();
    }
  }

  /**
   * A few vacancies that begin where they flicker, with windows that are soon too short: up to ten
   * thousand cycles in which few jump, then many at once.
   */
  @Test
  void burstsAreNotMissed() {
    for (long seed = 1; seed <= 30; seed++) {
      Lattice lattice = FlickeringAlloy.annealed(4, seed);
      SublatticeRun run = start(LocalRanks.single(), lattice, Kinetics.PLAIN, KELVIN, seed);
      run.beginJumps(300);
      assertThat(cyclesBeyond(run, 300)).as("seed " + seed).isZero();
    }
  }

  /** Counts its reductions. */
  private static Communicator counted(Communicator ranks, int[] reductions) {
    return (Communicator)
        Proxy.newProxyInstance(
            Communicator.class.getClassLoader(),
            new Class<?>[] {Communicator.class},
            (proxy, method, arguments) -> {
              reductions[0] += method.getName().equals("allReduce") ? 1 : 0;
              try {
                return method.invoke(ranks, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Tag("law")
  @Test
  void jumpsAreCountedSeldom() {
    int[] counts = {0};
    SublatticeRun run =
        start(counted(LocalRanks.single(), counts), random(MANY, 1), Kinetics.PLAIN, 2000, 1);
    run.beginJumps(300_000);
    counts[0] = 0;
    int cycles = 0;
    boolean done = false;
    while (!done) {
      done = run.cycle();
      cycles++;
    }
    assertThat(cycles).isGreaterThan(300);
    assertThat(counts[0]).isLessThan(cycles / 10);
    double time = run.time() / cycles * 50;
    run.beginTime(time);
    counts[0] = 0;
    for (done = false; !done; ) {
      done = run.cycle();
    }
    assertThat(counts[0]).isEqualTo(1);
    assertThat(run.events()).isEqualTo(run.cost().events());
  }

  @Tag("ranks")
  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void anyNumberOfRanksEndsTogether(int size) throws Exception {
    requireEqual(
        RanksTogether.run(size, CELLS, (ranks, whole) -> toEnd(many(ranks), whole)), undisturbed);
  }

  /** Saved twice on the way, after any number of cycles: a saved count is no planned one. */
  @Tag("ranks")
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8})
  void aResumedStretchEndsAsAnUndisturbedOne(int saved) throws Exception {
    Path first = folder.resolve("first.ckpt");
    Path second = folder.resolve("second.ckpt");
    Record disturbed =
        RanksTogether.run(
            2,
            CELLS,
            (ranks, lattice) -> {
              SublatticeRun run = many(ranks);
              cycles(run, saved);
              run.save(first);
              return toEnd(run, lattice);
            });
    requireEqual(disturbed, undisturbed);
    RanksTogether.each(
        4,
        ranks -> {
          SublatticeRun run = resumed(ranks, first);
          cycles(run, 1);
          run.save(second);
          return run.events();
        });
    requireEqual(
        RanksTogether.run(1, CELLS, (ranks, lattice) -> toEnd(resumed(ranks, second), lattice)),
        undisturbed);
  }

  /**
   * Barriers are passed a hundred times as often from a cycle on in which nobody counts, so that
   * the stretch passes its target unseen.
   */
  @Tag("law")
  @Test
  void aSuddenRateEndsAStretchLateButAlwaysAfterTheSameCycles() throws Exception {
    int quiet = quietCycles();
    SublatticeRun alone = many(LocalRanks.single());
    cycles(alone, quiet);
    alone.change(hot());
    assertThat(cyclesBeyond(alone, JUMPS)).isPositive();
    Record whole = RanksTogether.run(1, CELLS, (ranks, lattice) -> suddenly(ranks, lattice, quiet));
    assertThat(whole.jumps()).isEqualTo(alone.events());
    for (int more = 0; more < 3; more++) {
      Path file = folder.resolve("sudden" + more + ".ckpt");
      int late = more;
      RanksTogether.each(
          2,
          ranks -> {
            SublatticeRun run = many(ranks);
            cycles(run, quiet);
            run.change(hot());
            cycles(run, late);
            run.save(file);
            return run.events();
          });
      Record resumed =
          RanksTogether.run(
              1,
              CELLS,
              (ranks, lattice) -> {
                SublatticeRun run = resumed(ranks, file);
                run.change(hot());
                return toEnd(run, lattice);
              });
      requireEqual(resumed, whole);
    }
  }

  private static Record suddenly(Communicator ranks, Lattice lattice, int quiet) {
    SublatticeRun run = many(ranks);
    cycles(run, quiet);
    run.change(hot());
    return toEnd(run, lattice);
  }

  private static Condition hot() {
    return Condition.of("temperature_K", 1800);
  }

  /** Until a count after which there are at least four cycles without one. */
  private static int quietCycles() {
    SublatticeRun run = many(LocalRanks.single());
    int counted = 1;
    for (int cycle = 1; ; cycle++) {
      long before = run.events();
      cycles(run, 1);
      if (run.events() != before) {
        counted = cycle;
      } else if (cycle == counted + 4) {
        return counted;
      }
    }
  }

  @Test
  void theHeaderHoldsThePlan() {
    SublatticeRun.Progress at = new SublatticeRun.Progress();
    at.jumps = 70;
    at.cyclesLeft = 5;
    at.target = Optional.of(new JumpTarget(900, 40, 60, 12.5));
    SublatticeRun.Progress read = new SublatticeRun.Progress();
    BlockGrid blocks = new BlockGrid(CELLS, CELLS, CELLS, FlickeringAlloy.EDGE);
    try (SublatticeCheckpoint file =
        SublatticeCheckpoint.open(folder.resolve("written.ckpt"), true, blocks, 2, 8)) {
      file.writeHeader(at, 41);
    }
    try (SublatticeCheckpoint file =
        SublatticeCheckpoint.open(folder.resolve("written.ckpt"), false, blocks, 2, 8)) {
      assertThat(file.readHeader(read)).isEqualTo(41);
    }
    assertThat(read).usingRecursiveComparison().isEqualTo(at);
  }

  /** As an earlier version wrote it, which counted cycles down from the largest long. */
  @Test
  void aCheckpointWithoutAPlanGoesOn() throws Exception {
    Path file = folder.resolve("old.ckpt");
    RanksTogether.each(
        2,
        ranks -> {
          SublatticeRun run = many(ranks);
          cycles(run, 3);
          run.save(file);
          return run.events();
        });
    withoutPlan(file, Long.MAX_VALUE - 3);
    requireEqual(
        RanksTogether.run(1, CELLS, (ranks, lattice) -> toEnd(resumed(ranks, file), lattice)),
        undisturbed);
  }

  private static void withoutPlan(Path file, long cyclesLeft) throws Exception {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] header = new byte[CHECKSUM];
      bytes.readFully(header);
      ByteBuffer.wrap(header).putLong(CYCLES_LEFT, cyclesLeft);
      ByteBuffer.wrap(header, PLAN, 3 * Long.BYTES).put(new byte[3 * Long.BYTES]);
      CRC32C crc = new CRC32C();
      crc.update(header);
      bytes.seek(0);
      bytes.write(header);
      bytes.writeInt((int) crc.getValue());
    }
  }
}
