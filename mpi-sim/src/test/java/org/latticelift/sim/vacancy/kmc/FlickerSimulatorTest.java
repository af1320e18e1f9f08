package org.latticelift.sim.vacancy.kmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.LinearBarrier;
import org.latticelift.sim.vacancy.barrier.LinearTerms;
import org.latticelift.sim.vacancy.basin.Samples;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpLog;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpObserver;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.Counts;
import org.latticelift.sim.vacancy.order.ObservableList;
import org.latticelift.sim.vacancy.order.OrderParameters;

class FlickerSimulatorTest {
  private static final double KOLMOGOROV = 1.95;
  private static final double DEVIATIONS = 4.5;

  /** A lattice in which a vacancy flickers, with kernels of both kinds for it. */
  private static final class Case {
    private final BarrierModel model;
    private final double kelvin;
    private final Lattice start;
    private final long[] vacancies;
    private final Lattice lattice;
    private final VacancySimulator plain;
    private final FlickerSimulator flicker;

    Case(double kelvin, double coupling, int cells, int vacancies, long seed) {
      this.kelvin = kelvin;
      model = pairs(coupling);
      start = RandomAlloy.of(Crystal.bcc(), cells, cells, cells, 3, vacancies, seed);
      EnvironmentCache cache = new EnvironmentCache(model, kelvin, 1 << 24);
      VacancySimulator anneal = new VacancySimulator(start, model, kelvin, cache);
      anneal.activateAll();
      anneal.runEvents(20_000, Clock.EXPONENTIAL, RandomAlloy.stream(9, seed));
      this.vacancies = start.vacancies();
      lattice = start.copy();
      plain = new VacancySimulator(lattice, model, kelvin, cache);
      flicker = new FlickerSimulator(lattice, model, kelvin, cache, 64);
    }

    private static BarrierModel pairs(double coupling) {
      double[][] energy = {{-0.02, -0.06, 0.03}, {-0.06, 0.02, -0.09}, {0.03, -0.09, 0.01}};
      List<List<Double>> shell =
          Arrays.stream(energy)
              .map(row -> Arrays.stream(row).map(e -> e * coupling).boxed().toList())
              .toList();
      LinearTerms energies =
          new LinearTerms(List.of(0.9, 0.9, 0.9), List.of(shell), Optional.empty(), 0);
      return new LinearBarrier("pairwise", Crystal.bcc(), energies, 1e13);
    }

    VacancyKernel kernel(boolean resolved) {
      lattice.set(start);
      VacancyKernel kernel = resolved ? flicker : plain;
      kernel.activate(vacancies);
      kernel.time(0);
      return kernel;
    }

    /** A time in which a number of plain jumps is expected. */
    double timeOf(long jumps) {
      VacancyKernel kernel = kernel(false);
      kernel.runEvents(jumps, Clock.EXPONENTIAL, RandomAlloy.stream(99, jumps));
      return kernel.time();
    }
  }

  /** Ends a run when the vacancy first comes to a distance from its start. */
  private static final class FirstPassage implements JumpObserver {
    private static final RuntimeException ARRIVED = new IllegalStateException("arrived");
    private final Lattice lattice;
    private final int distance;
    private long from = -1;
    private double time;
    private long site;

    FirstPassage(Lattice lattice, int distance) {
      this.lattice = lattice;
      this.distance = distance;
    }

    @Override
    public void jumped(JumpEvent e) {
      if (from >= 0 && twice(e.to()) > distance) {
        time = e.time();
        site = e.to();
        throw ARRIVED;
      }
    }

    /** Largest component of the way from the start in half cells. */
    private int twice(long to) {
      long cellsA = from / 2;
      long cellsB = to / 2;
      int half = (int) (to % 2 - from % 2);
      int nz = lattice.nz();
      int ny = lattice.ny();
      int dz = (int) (cellsB % nz - cellsA % nz);
      int dy = (int) (cellsB / nz % ny - cellsA / nz % ny);
      int dx = (int) (cellsB / nz / ny - cellsA / nz / ny);
      return Math.max(
          axis(2 * dx + half, 2 * lattice.nx()),
          Math.max(axis(2 * dy + half, 2 * ny), axis(2 * dz + half, 2 * nz)));
    }

    private static int axis(int d, int period) {
      int wrapped = Math.floorMod(d, period);
      return Math.min(wrapped, period - wrapped);
    }
  }

  @Test
  void leavesAtTheTimesAndPlacesOfPlainJumps() {
    firstPassages(new Case(300, 1.6, 8, 1, 3));
    firstPassages(new Case(600, 3.0, 8, 1, 7));
    firstPassages(new Case(1000, 4.5, 8, 1, 3));
  }

  private static void firstPassages(Case c) {
    int runs = 300;
    double[][] time = new double[2][runs];
    long[][] seen = new long[2][(int) c.start.sites()];
    FirstPassage passage = new FirstPassage(c.lattice, 3);
    c.plain.observe(passage);
    c.flicker.observe(passage);
    passage.from = c.vacancies[0];
    for (int kind = 0; kind < 2; kind++) {
      for (int k = 0; k < runs; k++) {
        VacancyKernel kernel = c.kernel(kind == 1);
        RandomStream stream = RandomAlloy.stream(10 + kind, k);
        assertThatThrownBy(() -> kernel.runUntil(1e12, stream)).isSameAs(FirstPassage.ARRIVED);
        time[kind][k] = passage.time;
        seen[kind][(int) passage.site]++;
      }
    }
    assertThat(c.flicker.tally().resolvedJumps()).isGreaterThan(c.flicker.jumps() * 5 / 6);
    assertThat(Samples.kolmogorov(time[0], time[1])).isLessThan(KOLMOGOROV);
    assertThat(Samples.twoSampleExcess(seen[0], seen[1])).isLessThan(DEVIATIONS);
  }

  /** State, number of jumps and time averages at a stop time, with one and with three vacancies. */
  @Test
  void isAtTheStopWherePlainJumpsAre() {
    stops(new Case(600, 3.0, 8, 1, 7), 2500);
    stops(new Case(500, 2.4, 10, 3, 2), 1500);
  }

  private static void stops(Case c, long jumps) {
    int runs = 200;
    double stop = c.timeOf(jumps);
    Observed observed = new Observed(c);
    double[][][] values = new double[4][2][runs];
    long[][] seen = new long[2][(int) c.start.sites()];
    for (int kind = 0; kind < 2; kind++) {
      for (int k = 0; k < runs; k++) {
        VacancyKernel kernel = c.kernel(kind == 1);
        observed.clear();
        long made = kernel.runUntil(stop, RandomAlloy.stream(20 + kind, k));
        assertThat(kernel.time()).isEqualTo(stop);
        assertThat(observed.seconds).isCloseTo(stop, within(1e-9 * stop));
        values[0][kind][k] = made;
        values[1][kind][k] = observed.average();
        values[2][kind][k] = observed.bonds();
        values[3][kind][k] = observed.average() * observed.bonds();
        observed.equalsRecount(c.lattice);
        for (int v = 0; v < kernel.vacancyCount(); v++) {
          seen[kind][(int) kernel.vacancySite(v)]++;
          assertThat(c.lattice.get(kernel.vacancySite(v))).isZero();
        }
        observed.log.undo(c.lattice);
        assertThat(c.lattice).isEqualTo(c.start);
      }
    }
    assertThat(c.flicker.tally().resolvedJumps()).isGreaterThan(c.flicker.jumps() / 5);
    assertThat(c.flicker.tally().wokenEarly() > 0).isEqualTo(c.vacancies.length > 1);
    for (double[][] value : values) {
      assertThat(Samples.kolmogorov(value[0], value[1])).isLessThan(KOLMOGOROV);
    }
    assertThat(Samples.twoSampleExcess(seen[0], seen[1])).isLessThan(DEVIATIONS);
  }

  /** Bonds kept jump by jump, and one of them averaged over time. */
  private static final class Observed {
    private final OrderParameters order;
    private final Counts counts;
    private final Lattice start;
    private final JumpLog log = new JumpLog(1000);
    private double weighted;
    private double seconds;

    Observed(Case c) {
      order =
          OrderParameters.of(
              Crystal.bcc(),
              List.of("A", "B", "C"),
              c.start.counts(),
              ObservableList.parse("[pair]"));
      counts = order.newCounts();
      start = c.start;
      for (JumpObserver o : new JumpObserver[] {order.tracker(counts), log}) {
        c.plain.observe(o);
        c.flicker.observe(o);
      }
      ResidenceObserver residence =
          s -> {
            weighted += s * bonds();
            seconds += s;
          };
      c.plain.observeResidence(residence);
      c.flicker.observeResidence(residence);
    }

    void clear() {
      order.recount(start, counts);
      log.clear();
      weighted = 0;
      seconds = 0;
    }

    /** Rounded, since sums in another order differ in the last digits. */
    private double average() {
      return Math.rint(1e6 * weighted / seconds);
    }

    private long bonds() {
      long[] n = counts.array();
      return n[0] + 3 * n[1] + 7 * n[2] + 20 * n[3] + 50 * n[4];
    }

    void equalsRecount(Lattice lattice) {
      Counts again = order.newCounts();
      order.recount(lattice, again);
      assertThat(counts).isEqualTo(again);
    }
  }

  /**
   * Where many vacancies are near each other and every site of an environment decides the rates,
   * rates that were kept in basins are those of the lattice.
   */
  @Tag("law")
  @Test
  void keepsNoRatesOfWhatHasChanged() {
    BarrierModel model = new HashModel(Crystal.bcc(), 3);
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 11, 11, 11, 3, 8, 21);
    EnvironmentCache cache = new EnvironmentCache(model, 600, 1 << 24);
    VacancySimulator plain = new VacancySimulator(lattice, model, 600, cache);
    plain.activateAll();
    plain.runEvents(20_000, Clock.EXPONENTIAL, RandomAlloy.stream(8, 1));
    FlickerSimulator flicker = new FlickerSimulator(lattice, model, 600, cache, 64);
    flicker.activateAll();
    plain.activateAll();
    double stop = 200_000 / plain.totalRate();
    for (int k = 0; k < 60; k++) {
      flicker.runUntil(flicker.time() + stop, RandomAlloy.stream(8, 100 + k));
      plain.activate(vacancies(flicker));
      assertThat(flicker.totalRate()).isEqualTo(plain.totalRate());
    }
    assertThat(flicker.tally().wokenEarly()).isGreaterThan(20);
    assertThat(flicker.tally().resolvedJumps()).isGreaterThan(flicker.jumps() / 10);
  }

  /** Four sites closed by a region: no way out, so only the stop ends a passage. */
  @Test
  void occupiesAClosedBasinAsTheMatrixExponentialSays() {
    ClosedChain chain = new ClosedChain(0);
    int n = chain.states.size();
    Lattice lattice = chain.start.copy();
    FlickerSimulator simulator =
        new FlickerSimulator(
            lattice,
            chain.model,
            ClosedChain.KELVIN,
            new EnvironmentCache(chain.model, ClosedChain.KELVIN, 1 << 16),
            64);
    simulator.confine(chain.region());
    for (double stop : new double[] {3e-8, 4e-7}) {
      double[] p = ClosedChain.exponential(chain.generator, stop)[chain.state(chain.start)];
      long[] seen = new long[n];
      int runs = 4000;
      for (int k = 0; k < runs; k++) {
        lattice.set(chain.start);
        simulator.activateAll();
        simulator.time(0);
        simulator.runUntil(stop, RandomAlloy.stream(31, k));
        seen[chain.state(lattice)]++;
      }
      assertThat(Samples.chiSquareExcess(seen, Arrays.stream(p).map(x -> runs * x).toArray()))
          .isLessThan(DEVIATIONS);
    }
    assertThat(simulator.tally().resolvedJumps()).isPositive();
    assertThat(simulator.wallContacts()).isPositive();
  }

  @Test
  void wallCountsEqualThoseOfPlainJumps() {
    Case c = new Case(600, 3.0, 8, 1, 7);
    Region region = CellBox.around(c.start, c.vacancies[0], 2).region(c.start);
    c.plain.confine(region);
    c.flicker.confine(region);
    double stop = c.timeOf(2000);
    c.plain.resetWall();
    double[][] contacts = new double[2][200];
    for (int k = 0; k < 200; k++) {
      for (int kind = 0; kind < 2; kind++) {
        c.kernel(kind == 1).runUntil(stop, RandomAlloy.stream(50 + kind, k));
        contacts[kind][k] = kind == 1 ? c.flicker.wallContacts() : c.plain.wallContacts();
      }
      c.plain.resetWall();
      c.flicker.resetWall();
    }
    assertThat(contacts[0][0]).isPositive();
    assertThat(Samples.kolmogorov(contacts[0], contacts[1])).isLessThan(KOLMOGOROV);
  }

  @Test
  void stopsWhereAVacancyLeavesItsHomeRegion() {
    Case c = new Case(600, 3.0, 8, 1, 7);
    Region home = CellBox.around(c.start, c.vacancies[0], 2).region(c.start);
    double stop = c.timeOf(1500);
    c.flicker.home(home);
    c.plain.home(home);
    double[][] left = new double[2][300];
    int[] gones = new int[2];
    for (int kind = 0; kind < 2; kind++) {
      for (int k = 0; k < 300; k++) {
        VacancyKernel kernel = c.kernel(kind == 1);
        kernel.runUntil(stop, RandomAlloy.stream(60 + kind, k));
        assertThat(kernel.time()).isEqualTo(stop);
        boolean gone = kernel.totalRate() == 0;
        left[kind][k] = gone ? kernel.lastJump().time() : stop;
        gones[kind] += gone ? 1 : 0;
      }
    }
    assertThat(gones[0]).isPositive();
    assertThat(Samples.kolmogorov(left[0], left[1])).isLessThan(KOLMOGOROV);
  }

  @Test
  void jumpsAreMadeOneByOneWhenTheyAreCounted() {
    Case c = new Case(500, 2.6, 8, 3, 8);
    VacancyKernel plain = c.kernel(false);
    plain.runEvents(3000, Clock.EXPONENTIAL, RandomAlloy.stream(1, 1));
    Lattice after = c.lattice.copy();
    VacancyKernel flicker = c.kernel(true);
    flicker.runEvents(3000, Clock.EXPONENTIAL, RandomAlloy.stream(1, 1));
    assertThat(c.lattice).isEqualTo(after);
    assertThat(flicker.time()).isEqualTo(plain.time());
  }

  private static long[] vacancies(VacancyKernel kernel) {
    return IntStream.range(0, kernel.vacancyCount()).mapToLong(kernel::vacancySite).toArray();
  }

  @Test
  void continuesBitForBitWhereARunEnded() {
    Case c = new Case(600, 3.0, 8, 2, 4);
    double stop = c.timeOf(4000);
    FlickerSimulator one = (FlickerSimulator) c.kernel(true);
    RandomStream stream = RandomAlloy.stream(7, 7);
    one.runUntil(stop, stream);
    Lattice saved = c.lattice.copy();
    long[] vacancies = vacancies(one);
    long before = one.jumps();
    byte[] numbers = stream.save();
    one.runUntil(2 * stop, stream);
    FlickerSimulator two = new FlickerSimulator(saved, c.model, c.kelvin, null, 64);
    two.activate(vacancies);
    two.time(stop);
    two.runUntil(2 * stop, RandomStream.restore(numbers));
    assertThat(saved).isEqualTo(c.lattice);
    assertThat(before + two.jumps()).isEqualTo(one.jumps());
    assertThat(two.time()).isEqualTo(one.time());
    assertThat(two.totalRate()).isEqualTo(one.totalRate());
  }

  /** Pieces of many lengths, each continued by a simulator that was made from what was saved. */
  @Tag("law")
  @ParameterizedTest
  @CsvSource({"1, 8, 1", "1, 8, 37", "1, 8, 1000", "3, 16, 1", "3, 16, 11", "2, 12, 5"})
  void aRunInPiecesThatAreSavedIsTheRunInOne(int vacancies, int cells, int piece) {
    Case c = new Case(600, 3.0, cells, vacancies, 6);
    double stop = c.timeOf(60_000);
    FlickerSimulator one = (FlickerSimulator) c.kernel(true);
    RandomStream whole = RandomAlloy.stream(7, 12);
    one.runUntil(stop, whole);
    long resolved = one.tally().resolvedJumps();
    assertThat(resolved).isGreaterThan(1000);

    Lattice lattice = c.start.copy();
    RandomStream stream = RandomAlloy.stream(7, 12);
    FlickerSimulator two = new FlickerSimulator(lattice, c.model, c.kelvin, null, 64);
    two.activate(c.vacancies);
    long jumps = 0;
    int pieces = 0;
    int asleep = 0;
    while (!two.runTowards(stop, piece, stream)) {
      byte[] memory = two.memory();
      long[] at = vacancies(two);
      double time = two.time();
      jumps += two.jumps();
      asleep += two.totalRate() == 0 ? 1 : 0; // of one vacancy
      lattice = lattice.copy();
      stream = RandomStream.restore(stream.save());
      two = new FlickerSimulator(lattice, c.model, c.kelvin, null, 64);
      two.activate(at);
      two.time(time);
      two.recall(memory);
      pieces++;
    }
    jumps += two.jumps();
    assertThat(pieces).isPositive();
    assertThat(vacancies > 1 || piece > 100 || asleep > 0).as("asleep when saved").isTrue();
    assertThat(lattice).isEqualTo(c.lattice);
    assertThat(jumps).isEqualTo(one.jumps());
    assertThat(two.time()).isEqualTo(stop);
    assertThat(two.totalRate()).isEqualTo(one.totalRate());
    assertThat(stream.bits()).isEqualTo(whole.bits());
  }

  @Test
  void stopsAfterANumberOfJumpsAtTheLast() {
    Case c = new Case(600, 3.0, 8, 4, 6);
    FlickerSimulator simulator = (FlickerSimulator) c.kernel(true);
    double stop = c.timeOf(50_000);
    simulator = (FlickerSimulator) c.kernel(true);
    RandomStream stream = RandomAlloy.stream(7, 8);
    long made = 0;
    int calls = 0;
    while (simulator.time() < stop) {
      made += simulator.runUntil(stop, 1000, stream);
      calls++;
    }
    assertThat(calls).isGreaterThan(3);
    assertThat(made).isEqualTo(simulator.jumps());
  }

  @Test
  void refusesWhatCannotBeSimulated() {
    Case c = new Case(600, 3.0, 8, 1, 7);
    RandomStream stream = RandomAlloy.stream(1, 1);
    FlickerSimulator idle = new FlickerSimulator(c.lattice, c.model, 600, null, 64);
    assertFails(() -> idle.runUntil(1, stream));
    assertThatThrownBy(() -> new FlickerSimulator(c.lattice, c.model, 600, null, 65))
        .isInstanceOf(IllegalArgumentException.class);
    VacancyKernel kernel = c.kernel(true);
    kernel.runUntil(1e-9, stream);
    assertThatThrownBy(() -> kernel.runUntil(0, stream))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
