package org.latticelift.sim.vacancy.kmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpLog;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.lattice.Lattice;

class VacancySimulatorTest {
  private static final BarrierModel BCC = new HashModel(Crystal.bcc(), 3);

  private static VacancySimulator simulator(Lattice lattice, long cacheBytes) {
    EnvironmentCache cache = cacheBytes == 0 ? null : new EnvironmentCache(BCC, 1000, cacheBytes);
    VacancySimulator simulator = new VacancySimulator(lattice, BCC, 1000, cache);
    simulator.activateAll();
    return simulator;
  }

  @Test
  void equalsThePlainTwinBitForBit() {
    for (Crystal crystal : new Crystal[] {Crystal.bcc(), Crystal.fcc()}) {
      for (int vacancies : new int[] {1, 2, 7, 40}) {
        for (Clock clock : Clock.values()) {
          equalsTwin(crystal, vacancies, clock);
        }
      }
    }
  }

  private static void equalsTwin(Crystal crystal, int vacancies, Clock clock) {
    BarrierModel model = new HashModel(crystal, 4);
    Lattice fast = RandomAlloy.of(crystal, 5, 6, 7, 4, vacancies, 11);
    Lattice slow = fast.copy();
    VacancySimulator simulator =
        new VacancySimulator(fast, model, 700, new EnvironmentCache(model, 700, 1 << 16));
    simulator.activateAll();
    PlainVacancySimulator twin = new PlainVacancySimulator(slow, model, 700, slow.vacancies());
    RandomStream one = RandomAlloy.stream(3, vacancies);
    RandomStream two = RandomAlloy.stream(3, vacancies);
    for (int i = 0; i < 40; i++) {
      simulator.runEvents(5, clock, one);
      twin.runEvents(5, clock, two);
      assertThat(fast).isEqualTo(slow);
      assertThat(simulator.time()).isEqualTo(twin.time());
      for (int v = 0; v < vacancies; v++) {
        assertThat(simulator.vacancySite(v)).isEqualTo(twin.vacancySite(v));
      }
    }
  }

  @Test
  void cacheDoesNotChangeTheTrajectory() {
    for (int vacancies : new int[] {1, 30}) {
      Lattice[] lattice = new Lattice[3];
      double[] time = new double[3];
      long[] bytes = {0, 4096, 1 << 22};
      for (int i = 0; i < 3; i++) {
        lattice[i] = RandomAlloy.of(Crystal.bcc(), 6, 6, 6, 3, vacancies, 5);
        VacancySimulator simulator = simulator(lattice[i], bytes[i]);
        simulator.runEvents(20_000, Clock.EXPONENTIAL, RandomAlloy.stream(1, vacancies));
        time[i] = simulator.time();
      }
      assertThat(lattice[1]).isEqualTo(lattice[0]);
      assertThat(lattice[2]).isEqualTo(lattice[0]);
      assertThat(time[1]).isEqualTo(time[0]);
      assertThat(time[2]).isEqualTo(time[0]);
    }
  }

  @Test
  void runInPiecesOfJumpsEqualsRunUntilATime() {
    Lattice a = RandomAlloy.of(Crystal.bcc(), 5, 5, 5, 3, 4, 8);
    Lattice b = a.copy();
    VacancySimulator one = simulator(a, 0);
    VacancySimulator two = simulator(b, 0);
    double stop = 500 / one.totalRate();
    RandomStream s = RandomAlloy.stream(6, 0);
    RandomStream t = RandomAlloy.stream(6, 0);
    long jumps = one.runUntil(stop, s);
    while (two.runUntil(stop, 7, t) == 7) {
      assertThat(two.time()).isLessThan(stop);
    }
    assertThat(jumps).isPositive().isEqualTo(one.jumps()).isEqualTo(two.jumps());
    assertThat(one.time()).isEqualTo(stop).isEqualTo(two.time());
    assertThat(a).isEqualTo(b);
    assertThat(s.uniform()).isEqualTo(t.uniform());
    assertThatThrownBy(() -> one.runUntil(0, s)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hopsStraightBackLeaveTheRatesOfAnActivationAnew() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 6, 6, 6, 3, 4, 18);
    VacancySimulator simulator = simulator(lattice, 1 << 18);
    VacancySimulator anew = new VacancySimulator(lattice, BCC, 1000, null);
    Region walls = CellBox.around(lattice, lattice.vacancies()[1], 5).region(lattice);
    RandomStream stream = RandomAlloy.stream(3, 3);
    long[] last = {-1, -1};
    int back = 0;
    for (int i = 0; i < 3000; i++) {
      if (i % 500 == 0) {
        simulator.confine(i % 1000 == 0 ? walls : null);
        anew.confine(i % 1000 == 0 ? walls : null);
      }
      simulator.runEvents(1, Clock.MEAN, stream);
      JumpEvent jump = simulator.lastJump();
      back += jump.from() == last[1] && jump.to() == last[0] ? 1 : 0;
      last[0] = jump.from();
      last[1] = jump.to();
      anew.activate(IntStream.range(0, 4).mapToLong(simulator::vacancySite).toArray());
      for (int v = 0; v < 4; v++) {
        for (int d = 0; d < 8; d++) {
          assertThat(simulator.rate(v, d)).isEqualTo(anew.rate(v, d));
        }
      }
      assertThat(simulator.totalRate()).isEqualTo(anew.totalRate());
    }
    assertThat(back).isGreaterThan(300);
  }

  @Test
  void undoRestoresTheLattice() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 5, 5, 6, 3, 5, 9);
    Lattice start = lattice.copy();
    VacancySimulator simulator = simulator(lattice, 0);
    JumpLog log = new JumpLog(1);
    simulator.observe(log);
    simulator.runEvents(500, Clock.MEAN, RandomAlloy.stream(2, 0));
    assertThat(log.size()).isEqualTo(500);
    assertThat(log.to(499)).isEqualTo(simulator.lastJump().to());
    assertThat(lattice).isNotEqualTo(start);
    log.undo(lattice);
    assertThat(lattice).isEqualTo(start);
    assertThat(log.size()).isZero();
  }

  @Test
  void eventShowsTheEnvironmentsBeforeAndAfter() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 5, 6, 5, 3, 12, 4);
    Lattice[] last = {lattice.copy()};
    VacancySimulator simulator = simulator(lattice, 0);
    byte[] expected = new byte[112];
    simulator.observe(
        e -> {
          gather(last[0], e.from(), expected);
          assertThat(Arrays.copyOf(e.before(), 112)).isEqualTo(expected);
          gather(lattice, e.to(), expected);
          assertThat(Arrays.copyOfRange(e.after(), e.afterOffset(), e.afterOffset() + 112))
              .isEqualTo(expected);
          assertThat(lattice.get(e.from())).isEqualTo((byte) e.species());
          assertThat(last[0].get(e.to())).isEqualTo((byte) e.species());
          assertThat(e.vacancy()).isBetween(0, 11);
          assertThat(simulator.vacancySite(e.vacancy())).isEqualTo(e.to());
          var back = Crystal.bcc().environment(e.basisTo());
          assertThat(lattice.neighbour(e.to(), back.offset(back.hopTarget(e.reverse()))))
              .isEqualTo(e.from());
          last[0] = lattice.copy();
        });
    simulator.runEvents(200, Clock.MEAN, RandomAlloy.stream(2, 1));
  }

  private static void gather(Lattice lattice, long site, byte[] codes) {
    var g = lattice.crystal().environment((int) (site % 2));
    for (int j = 0; j < codes.length; j++) {
      codes[j] = lattice.get(lattice.neighbour(site, g.offset(j)));
    }
  }

  @Test
  void frozenVacanciesStay() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 5, 5, 5, 3, 20, 14);
    long[] vacancies = lattice.vacancies();
    VacancySimulator simulator = new VacancySimulator(lattice, BCC, 1000, null);
    simulator.activate(new long[] {vacancies[7], vacancies[3]});
    simulator.runEvents(1000, Clock.MEAN, RandomAlloy.stream(5, 0));
    assertThat(lattice.counts()[0]).isEqualTo(20);
    for (int v = 0; v < 20; v++) {
      if (v != 7 && v != 3) {
        assertThat(lattice.get(vacancies[v])).isZero();
      }
    }
    assertThat(simulator.vacancyCount()).isEqualTo(2);
  }

  @Test
  void confinedVacanciesStayInTheirRegion() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 8, 8, 8, 3, 1, 21);
    long start = lattice.vacancies()[0];
    CellBox box = CellBox.around(lattice, start, 2);
    VacancySimulator simulator = simulator(lattice, 1 << 16);
    simulator.confine(box.region(lattice));
    Region region = box.region(lattice);
    simulator.observe(
        e -> {
          long cell = e.to() / 2;
          assertThat(
                  region.contains(
                      (int) (cell / 64), (int) (cell / 8 % 8), (int) (cell % 8), e.basisTo()))
              .isTrue();
        });
    simulator.runEvents(2000, Clock.MEAN, RandomAlloy.stream(5, 1));
    assertThat(simulator.wallContacts()).isBetween(1L, 2000L);
    double confined = simulator.totalRate();
    simulator.confine(null);
    assertThat(simulator.totalRate()).isGreaterThan(confined);
  }

  @Test
  void refusesWhatCannotBeSimulated() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 5, 5, 5, 3, 2, 1);
    RandomStream stream = RandomAlloy.stream(1, 1);
    assertFails(() -> new VacancySimulator(lattice, BCC, 249, null), "250.0 to 5000.0 K");
    VacancySimulator idle = new VacancySimulator(lattice, BCC, 500, null);
    assertFails(() -> idle.runEvents(1, Clock.MEAN, stream), "0 active vacancies");
    VacancySimulator walled = simulator(lattice, 0);
    walled.confine((x, y, z, b) -> false);
    assertFails(() -> walled.runUntil(1, stream), "total rate is 0.0");
    assertThatThrownBy(() -> walled.activate(new long[] {lattice.vacancies()[0], 1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class);
    BarrierModel two = new HashModel(Crystal.bcc(), 2);
    VacancySimulator unknown = new VacancySimulator(lattice, two, 500, null);
    unknown.activateAll();
    assertFails(() -> unknown.runEvents(1, Clock.MEAN, stream), "NaN");
    EnvironmentCache other = new EnvironmentCache(BCC, 600, 1000);
    assertThatThrownBy(() -> new VacancySimulator(lattice, BCC, 500, other))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
