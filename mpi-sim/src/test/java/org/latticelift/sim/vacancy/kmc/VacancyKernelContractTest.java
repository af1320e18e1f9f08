package org.latticelift.sim.vacancy.kmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;

/** What every {@link VacancyKernel} promises. */
abstract class VacancyKernelContractTest {
  static final BarrierModel MODEL = new HashModel(Crystal.bcc(), 3);
  static final double KELVIN = 1000;
  private static final Region EVERYWHERE = (x, y, z, b) -> true;

  /** A kernel under test. */
  abstract VacancyKernel kernel(Lattice lattice, BarrierModel model, double kelvin);

  private VacancyKernel kernel(Lattice lattice) {
    return kernel(lattice, MODEL, KELVIN);
  }

  private VacancyKernel active(Lattice lattice) {
    VacancyKernel kernel = kernel(lattice);
    kernel.activate(lattice.vacancies());
    return kernel;
  }

  private static Lattice alloy(int nx, int ny, int nz, int vacancies) {
    return RandomAlloy.of(Crystal.bcc(), nx, ny, nz, 3, vacancies, 31);
  }

  private static RandomStream stream(long task) {
    return RandomAlloy.stream(77, task);
  }

  private static boolean contains(Region region, Lattice lattice, long site) {
    return region.contains(
        SiteIndex.x(site, lattice.ny(), lattice.nz(), 2),
        SiteIndex.y(site, lattice.ny(), lattice.nz(), 2),
        SiteIndex.z(site, lattice.nz(), 2),
        SiteIndex.b(site, 2));
  }

  private static long[] sites(VacancyKernel kernel) {
    long[] sites = new long[kernel.vacancyCount()];
    Arrays.setAll(sites, kernel::vacancySite);
    return sites;
  }

  @Test
  void activatesTheFirstSitesInTheirOrder() {
    Lattice lattice = alloy(6, 5, 7, 9);
    long[] v = lattice.vacancies();
    VacancyKernel kernel = kernel(lattice);
    assertThat(kernel.vacancyCount()).isZero();
    assertThat(kernel.totalRate()).isZero();
    long[] order = {v[4], v[0], v[8], v[1], v[2], v[3], v[5], v[6], v[7]};
    for (int count : new int[] {9, 2, 0, 5}) {
      kernel.activate(order, count);
      assertThat(sites(kernel)).isEqualTo(Arrays.copyOf(order, count));
      assertThat(kernel.totalRate() > 0).isEqualTo(count > 0);
    }
  }

  @Test
  void theTotalRateIsThatOfAllVacancies() {
    Lattice lattice = alloy(6, 5, 7, 9);
    VacancyKernel kernel = active(lattice);
    kernel.home((x, y, z, b) -> x < 3);
    double sum = 0;
    boolean someRest = false;
    for (int v = 0; v < kernel.vacancyCount(); v++) {
      sum += kernel.exitRate(v);
      someRest |= kernel.exitRate(v) == 0;
    }
    assertThat(sum).isPositive().isCloseTo(kernel.totalRate(), within(1e-9 * sum));
    assertThat(someRest).isTrue();
  }

  @Test
  void refusesSitesWithoutVacancyAndSitesGivenTwice() {
    Lattice lattice = alloy(5, 5, 5, 3);
    long[] v = lattice.vacancies();
    long atom = lattice.get(0) == 0 ? 1 : 0;
    VacancyKernel kernel = active(lattice);
    for (long[] wrong : new long[][] {{v[0], atom}, {v[1], v[1]}, {-1}, {lattice.sites()}}) {
      assertThatThrownBy(() -> kernel.activate(wrong)).isInstanceOf(IllegalArgumentException.class);
      assertThat(kernel.vacancyCount()).isZero();
      assertThat(kernel.totalRate()).isZero();
    }
  }

  @Test
  void eventsTellEveryChangeOfTheLattice() {
    Lattice lattice = alloy(6, 6, 6, 8);
    Lattice followed = lattice.copy();
    VacancyKernel kernel = kernel(lattice);
    long[] seen = {0};
    kernel.observe(
        e -> {
          assertThat(followed.get(e.from())).isEqualTo(Lattice.VACANCY);
          assertThat(followed.get(e.to())).isEqualTo((byte) e.species());
          followed.set(e.from(), (byte) e.species());
          followed.set(e.to(), Lattice.VACANCY);
          seen[0] = e.to();
        });
    kernel.observe(e -> assertThat(seen[0]).isEqualTo(e.to()));
    kernel.activate(lattice.vacancies());
    long made = kernel.runEvents(300, Clock.EXPONENTIAL, stream(1));
    assertThat(made).isGreaterThanOrEqualTo(300).isEqualTo(kernel.jumps());
    assertThat(kernel.lastJump().to()).isEqualTo(seen[0]);
    assertThat(followed).isEqualTo(lattice);
    long[] sites = sites(kernel);
    Arrays.sort(sites);
    assertThat(sites).isEqualTo(lattice.vacancies());
  }

  @Test
  void whatFollowsAnActivationDoesNotDependOnThePast() {
    Lattice usedLattice = alloy(7, 6, 6, 20);
    VacancyKernel used = active(usedLattice);
    CellBox box = CellBox.around(usedLattice, usedLattice.vacancies()[3], 3);
    used.home(box.region(usedLattice));
    used.runUntil(1e-7, 200, stream(2));
    Lattice freshLattice = usedLattice.copy();
    long[] some = Arrays.copyOfRange(usedLattice.vacancies(), 5, 12);
    used.home(null);
    used.activate(some);
    used.time(0);
    VacancyKernel fresh = kernel(freshLattice);
    fresh.activate(some);
    RandomStream one = stream(3);
    RandomStream two = stream(3);
    for (int i = 0; i < 30; i++) {
      assertThat(used.totalRate()).isEqualTo(fresh.totalRate());
      assertThat(used.runEvents(5, Clock.EXPONENTIAL, one))
          .isEqualTo(fresh.runEvents(5, Clock.EXPONENTIAL, two));
      assertThat(used.time()).isEqualTo(fresh.time());
      assertThat(sites(used)).isEqualTo(sites(fresh));
    }
    assertThat(usedLattice).isEqualTo(freshLattice);
  }

  @Test
  void ratesAreAlwaysThoseOfAnActivationAnew() {
    Lattice lattice = alloy(6, 5, 5, 40);
    VacancyKernel kernel = active(lattice);
    VacancyKernel anew = kernel(lattice);
    Region home = CellBox.around(lattice, lattice.vacancies()[0], 4).region(lattice);
    Region walls = CellBox.around(lattice, lattice.vacancies()[0], 5).region(lattice);
    RandomStream stream = stream(4);
    kernel.home(home);
    anew.home(home);
    for (int i = 0; i < 60; i++) {
      if (i == 20) {
        kernel.confine(walls);
        anew.confine(walls);
      }
      if (i == 40) {
        kernel.home(null);
        anew.home(null);
      }
      kernel.runUntil(kernel.time() + 1, 1, stream);
      anew.activate(sites(kernel));
      assertThat(anew.totalRate()).isEqualTo(kernel.totalRate());
    }
  }

  @Test
  void confinedVacanciesStayInTheirRegion() {
    Lattice lattice = alloy(8, 8, 8, 1);
    long start = lattice.vacancies()[0];
    Region region = CellBox.around(lattice, start, 2).region(lattice);
    VacancyKernel kernel = active(lattice);
    kernel.confine(region);
    kernel.observe(e -> assertThat(contains(region, lattice, e.to())).isTrue());
    kernel.runEvents(500, Clock.MEAN, stream(5));
    kernel.activate(new long[] {kernel.vacancySite(0)});
    kernel.runEvents(500, Clock.MEAN, stream(6));
    double confined = kernel.totalRate();
    kernel.confine((x, y, z, b) -> false);
    assertThat(kernel.totalRate()).isZero();
    kernel.confine(region);
    assertThat(kernel.totalRate()).isEqualTo(confined);
  }

  @Test
  void vacanciesHopOutOfTheirHomeAndStayThere() {
    Lattice lattice = alloy(10, 10, 10, 6);
    long[] v = lattice.vacancies();
    Region home = CellBox.around(lattice, v[2], 2).region(lattice);
    VacancyKernel kernel = active(lattice);
    kernel.home(home);
    long[] before = sites(kernel);
    kernel.observe(e -> assertThat(contains(home, lattice, e.from())).isTrue());
    double stop = 1;
    RandomStream stream = stream(7);
    assertThat(kernel.runUntil(stop, stream)).isPositive();
    assertThat(kernel.time()).isEqualTo(stop);
    assertThat(kernel.totalRate()).isZero();
    assertThat(kernel.vacancyCount()).isEqualTo(6);
    for (int i = 0; i < 6; i++) {
      assertThat(contains(home, lattice, kernel.vacancySite(i))).isFalse();
      assertThat(lattice.get(kernel.vacancySite(i))).isEqualTo(Lattice.VACANCY);
      if (!contains(home, lattice, before[i])) {
        assertThat(kernel.vacancySite(i)).isEqualTo(before[i]);
      }
    }
    RandomStream untouched = RandomStream.restore(stream.save());
    assertThat(kernel.runUntil(stop + 1, stream)).isZero();
    assertThat(kernel.time()).isEqualTo(stop + 1);
    assertThat(stream.uniform()).isEqualTo(untouched.uniform());
    assertFails(() -> kernel.runEvents(1, Clock.EXPONENTIAL, stream));
    kernel.home(null);
    assertThat(kernel.totalRate()).isPositive();
  }

  @Test
  void anEmptyBlockOnlyMovesTheClock() {
    Lattice lattice = alloy(5, 5, 5, 1);
    VacancyKernel kernel = kernel(lattice);
    kernel.home((x, y, z, b) -> true);
    kernel.activate(new long[0], 0);
    RandomStream stream = stream(8);
    assertThat(kernel.runUntil(3, stream)).isZero();
    assertThat(kernel.time()).isEqualTo(3);
    assertThat(stream.uniform()).isEqualTo(stream(8).uniform());
  }

  @Test
  void anEnclosedAlloyIsAnError() {
    Lattice lattice = alloy(5, 5, 5, 2);
    VacancyKernel kernel = active(lattice);
    kernel.confine((x, y, z, b) -> false);
    assertThat(kernel.totalRate()).isZero();
    assertFails(() -> kernel.runUntil(1, stream(9)), "total rate is 0.0");
    assertFails(() -> kernel.runEvents(1, Clock.MEAN, stream(9)));
    assertThatThrownBy(() -> kernel.runUntil(-1, stream(9)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void runInPiecesEqualsRunInOne() {
    Lattice a = alloy(6, 6, 5, 4);
    Lattice b = a.copy();
    VacancyKernel one = active(a);
    VacancyKernel two = active(b);
    double stop = 400 / one.totalRate();
    RandomStream s = stream(10);
    RandomStream t = stream(10);
    long jumps = one.runUntil(stop, s);
    assertThat(two.runUntil(stop, 0, t)).isZero();
    assertThat(two.time()).isZero();
    long pieces = 0;
    for (long made = 7; made >= 7; pieces += made) {
      made = two.runUntil(stop, 7, t);
      assertThat(made < 7).isEqualTo(two.time() == stop);
    }
    assertThat(jumps).isPositive().isEqualTo(pieces);
    assertThat(two.jumps()).isEqualTo(one.jumps()).isEqualTo(jumps);
    assertThat(one.time()).isEqualTo(stop);
    assertThat(a).isEqualTo(b);
    assertThat(s.uniform()).isEqualTo(t.uniform());
  }

  /** A block in the interior of a part of the lattice with copies of the cells around it. */
  @Test
  void interiorOfAPartBehavesAsInTheWhole() {
    Lattice whole = alloy(13, 12, 11, 250);
    Lattice part = new Lattice(Crystal.bcc(), 8, 9, 9);
    int ox = 9;
    int oy = 7;
    int oz = 5;
    for (int x = 0; x < 8; x++) {
      for (int y = 0; y < 9; y++) {
        for (int z = 0; z < 9; z++) {
          for (int b = 0; b < 2; b++) {
            part.set(x, y, z, b, whole.get((x + ox) % 13, (y + oy) % 12, (z + oz) % 11, b));
          }
        }
      }
    }
    Region inPart = new CellBox(3, 3, 3, 2, 3, 3).region(part);
    Region inWhole = new CellBox(12, 10, 8, 2, 3, 3).region(whole);
    long[] partSites =
        Arrays.stream(part.vacancies()).filter(s -> contains(inPart, part, s)).toArray();
    long[] wholeSites =
        Arrays.stream(partSites).map(s -> moved(s, part, whole, ox, oy, oz)).toArray();
    assertThat(partSites).hasSizeGreaterThan(1);
    VacancyKernel one = kernel(part);
    VacancyKernel two = kernel(whole);
    one.home(inPart);
    two.home(inWhole);
    one.activate(partSites);
    two.activate(wholeSites);
    double stop = 20 / one.totalRate();
    long jumps = one.runUntil(stop, stream(11));
    assertThat(jumps).isGreaterThan(3).isEqualTo(two.runUntil(stop, stream(11)));
    assertThat(one.totalRate()).isEqualTo(two.totalRate());
    for (int i = 0; i < partSites.length; i++) {
      assertThat(moved(one.vacancySite(i), part, whole, ox, oy, oz)).isEqualTo(two.vacancySite(i));
    }
  }

  private static long moved(long site, Lattice from, Lattice to, int ox, int oy, int oz) {
    return to.index(
        (SiteIndex.x(site, from.ny(), from.nz(), 2) + ox) % to.nx(),
        (SiteIndex.y(site, from.ny(), from.nz(), 2) + oy) % to.ny(),
        (SiteIndex.z(site, from.nz(), 2) + oz) % to.nz(),
        SiteIndex.b(site, 2));
  }

  @Test
  void blockAfterBlockAllocatesNothing() {
    Lattice lattice = alloy(16, 16, 16, 64);
    VacancyKernel kernel = active(lattice);
    long[] v = lattice.vacancies();
    RandomStream stream = stream(12);
    double window = 64 / kernel.totalRate();
    blocks(kernel, v, window, stream);
    blocks(kernel, v, window, stream);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    blocks(kernel, v, window, stream);
    assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(16_384);
  }

  /** Activates the vacancies in groups of 0 to 6, as blocks would. */
  private static void blocks(
      VacancyKernel kernel, long[] vacancies, double window, RandomStream stream) {
    long[] block = new long[6];
    for (int round = 0; round < 200; round++) {
      int next = 0;
      for (int count = 0; next + count <= vacancies.length && count <= 6; next += count++) {
        for (int i = 0; i < count; i++) {
          block[i] = vacancies[next + i];
        }
        kernel.home(EVERYWHERE);
        kernel.activate(block, count);
        kernel.time(0);
        kernel.runUntil(window, stream);
        for (int i = 0; i < count; i++) {
          vacancies[next + i] = kernel.vacancySite(i);
        }
      }
    }
  }
}
