package org.latticelift.sim.vacancy.sublattice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.HashModel;
import org.latticelift.sim.vacancy.kmc.Kinetics;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.Counts;
import org.latticelift.sim.vacancy.order.ObservableList;
import org.latticelift.sim.vacancy.order.OrderParameters;
import org.latticelift.sim.vacancy.sublattice.RanksTogether.Record;
import org.latticelift.sim.vacancy.sublattice.SublatticeConfig.WindowLength;
import org.latticelift.sim.vacancy.sublattice.SublatticeRun.InitialLattice;

class SublatticeRunTest {
  private static final Crystal BCC = Crystal.bcc();
  private static final int CELLS = 16;
  private static final Streams SEEDS = new Streams(3);

  /** s; a few tens of windows. */
  private static final double STRETCH = 4e-12;

  private static final SublatticeConfig CONFIG =
      new SublatticeConfig(4, Optional.of(0.5), Optional.empty(), 0);

  @TempDir private Path folder;

  private static VacancyProblem problem() {
    BarrierModel model = new HashModel(BCC, 3);
    long[] counts = {100, 2698, 2698, 2696};
    OrderParameters order =
        OrderParameters.of(
            BCC,
            List.of("A", "B", "C"),
            counts,
            ObservableList.fromConfig(ConfigNode.parse("[pair, b2]", "test")));
    return new VacancyProblem(
        model, Kinetics.PLAIN, 5000, 1 << 20, CELLS, CELLS, CELLS, counts, order);
  }

  private static SublatticeRun start(Communicator ranks) {
    InitialLattice random =
        InitialLattice.random(problem().counts(), SEEDS.stream(Purpose.DIRECT_INITIAL_STATE, 1, 0));
    return SublatticeRun.start(ranks, problem(), CONFIG, SEEDS, random, 1, 0);
  }

  private static Record twoStretches(Communicator ranks, Lattice whole) {
    SublatticeRun run = start(ranks);
    run.beginTime(STRETCH);
    while (!run.cycle()) {
      assertThat(run.time()).isLessThan(STRETCH);
    }
    assertThat(run.time()).isEqualTo(STRETCH);
    run.beginJumps(2000);
    while (!run.cycle()) {
      assertThat(run.events()).isPositive();
    }
    return RanksTogether.record(run, whole);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 8})
  void anyNumberOfRanksGivesTheSameRun(int size) throws Exception {
    Record one = RanksTogether.run(1, CELLS, SublatticeRunTest::twoStretches);
    Record many = RanksTogether.run(size, CELLS, SublatticeRunTest::twoStretches);
    assertThat(many.time()).isEqualTo(one.time());
    assertThat(many.jumps()).isEqualTo(one.jumps()).isGreaterThan(2000);
    assertThat(many.observables()).isEqualTo(one.observables());
    assertThat(many.whole()).isEqualTo(one.whole());
  }

  @Test
  void observablesEqualARecountOfTheWhole() throws Exception {
    Record record = RanksTogether.run(4, CELLS, SublatticeRunTest::twoStretches);
    OrderParameters order = problem().order();
    Counts counts = order.newCounts();
    order.recount(record.whole(), counts);
    double[] values = new double[order.size()];
    order.values(counts, 1, values);
    assertThat(record.observables()).isEqualTo(values);
  }

  @Test
  void continuesOnOtherRanksBitForBit() throws Exception {
    Record unbroken = RanksTogether.run(2, CELLS, SublatticeRunTest::twoStretches);
    Path file = folder.resolve("run.ckpt");
    RanksTogether.run(4, CELLS, (ranks, whole) -> savedHalfWay(ranks, whole, file));
    Record resumed = RanksTogether.run(3, CELLS, (ranks, whole) -> resumed(ranks, whole, file));
    assertThat(resumed.time()).isEqualTo(unbroken.time());
    assertThat(resumed.jumps()).isEqualTo(unbroken.jumps());
    assertThat(resumed.observables()).isEqualTo(unbroken.observables());
    assertThat(resumed.whole()).isEqualTo(unbroken.whole());
  }

  private static Record savedHalfWay(Communicator ranks, Lattice whole, Path file) {
    SublatticeRun run = start(ranks);
    run.beginTime(STRETCH);
    for (int i = 0; i < 3; i++) {
      assertThat(run.cycle()).isFalse();
    }
    run.save(file);
    return RanksTogether.record(run, whole);
  }

  private static Record resumed(Communicator ranks, Lattice whole, Path file) {
    SublatticeRun run = SublatticeRun.resume(ranks, problem(), CONFIG, SEEDS, 1, 0, file);
    while (!run.cycle()) {
      assertThat(run.time()).isLessThan(STRETCH);
    }
    run.beginJumps(2000);
    while (!run.cycle()) {
      assertThat(run.events()).isPositive();
    }
    return RanksTogether.record(run, whole);
  }

  @ParameterizedTest
  @ValueSource(longs = {20, 5000, 12_000})
  void findsDamage(long at) throws Exception {
    Path file = folder.resolve("run.ckpt");
    RanksTogether.run(1, CELLS, (ranks, whole) -> savedHalfWay(ranks, whole, file));
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      int old = bytes.read();
      bytes.seek(at);
      bytes.write(old ^ 1);
    }
    assertThatThrownBy(
            () -> RanksTogether.run(1, CELLS, (ranks, whole) -> resumed(ranks, whole, file)))
        .hasRootCauseInstanceOf(LatticeLiftException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void findsAFileThatWasCutShort() throws Exception {
    Path file = folder.resolve("run.ckpt");
    RanksTogether.run(1, CELLS, (ranks, whole) -> savedHalfWay(ranks, whole, file));
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(Files.size(file) - 1);
    }
    assertThatThrownBy(
            () -> RanksTogether.run(1, CELLS, (ranks, whole) -> resumed(ranks, whole, file)))
        .hasMessageContaining("damaged");
  }

  @Test
  void theWindowFollowsFromWhatIsGiven() {
    Optional<Double> none = Optional.empty();
    Optional<Double> two = Optional.of(2.0);
    SublatticeConfig plain = new SublatticeConfig(4, none, none, 0);
    assertThat(plain.window(false)).isEqualTo(new WindowLength(WindowLength.Unit.MEAN_WAIT, 1));
    assertThat(plain.window(true)).isEqualTo(new WindowLength(WindowLength.Unit.TYPICAL_WAIT, 1));
    assertThat(new SublatticeConfig(4, two, none, 0).window(true))
        .isEqualTo(new WindowLength(WindowLength.Unit.MEAN_WAIT, 2));
    assertThat(new SublatticeConfig(4, none, two, 0).window(false))
        .isEqualTo(new WindowLength(WindowLength.Unit.TYPICAL_WAIT, 2));
    assertThat(new SublatticeConfig(4, two, none, 1e-9).window(true))
        .isEqualTo(new WindowLength(WindowLength.Unit.SECOND, 1e-9));
    assertFails(() -> new SublatticeConfig(4, two, two, 0), "Remove one");
  }

  @Test
  void refusesLatticesThatBlocksDoNotTile() {
    assertFails(() -> new BlockGrid(16, 16, 20, 4), "even number of blocks");
    assertThatThrownBy(() -> RankGrid.fitting(new BlockGrid(8, 8, 8, 4), 3))
        .hasMessageContaining("cannot share");
  }
}
