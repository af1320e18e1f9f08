package org.latticelift.sim.vacancy.kmc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.LinearBarrier;
import org.latticelift.sim.vacancy.barrier.LinearTerms;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;

/**
 * Bins find what looking at every basin finds, also while vacancies move and basins grow, and what
 * notices what is as the environments say.
 */
class NearbyVacanciesTest {
  private static BarrierModel model() {
    List<List<Double>> none =
        List.of(List.of(0.0, 0.0, 0.0), List.of(0.0, 0.0, 0.0), List.of(0.0, 0.0, 0.0));
    LinearTerms energies =
        new LinearTerms(List.of(0.9, 0.9, 0.9), List.of(none), Optional.empty(), 0);
    return new LinearBarrier("pairwise", Crystal.bcc(), energies, 1e13);
  }

  /** The sites in the environment of a site and, if asked for, in those of its neighbours. */
  private static Set<Long> noticed(Lattice lattice, long site, boolean hops) {
    Set<Long> found = new HashSet<>(environment(lattice, site));
    found.add(site);
    EnvironmentGeometry g = geometry(lattice, site);
    for (int d = 0; hops && d < g.hops(); d++) {
      found.addAll(environment(lattice, environment(lattice, site).get(g.hopTarget(d))));
    }
    return found;
  }

  private static EnvironmentGeometry geometry(Lattice lattice, long site) {
    Crystal crystal = lattice.crystal();
    return crystal.environment(SiteIndex.b(site, crystal.basisCount()));
  }

  private static List<Long> environment(Lattice lattice, long site) {
    int basis = lattice.crystal().basisCount();
    EnvironmentGeometry g = geometry(lattice, site);
    int x = SiteIndex.x(site, lattice.ny(), lattice.nz(), basis);
    int y = SiteIndex.y(site, lattice.ny(), lattice.nz(), basis);
    int z = SiteIndex.z(site, lattice.nz(), basis);
    return IntStream.range(0, g.sites())
        .mapToObj(
            j ->
                lattice.index(
                    Math.floorMod(x + g.dx(j), lattice.nx()),
                    Math.floorMod(y + g.dy(j), lattice.ny()),
                    Math.floorMod(z + g.dz(j), lattice.nz()),
                    g.basis(j)))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5, 5, 2, false",
    "5, 6, 7, 2, true",
    "8, 8, 8, 3, false",
    "9, 17, 26, 12, false",
    "33, 16, 40, 60, false",
    "24, 24, 24, 1, true",
    "20, 8, 31, 40, true"
  })
  void equalsLookingAtAll(int nx, int ny, int nz, int vacancies, boolean hops) {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), nx, ny, nz, 3, vacancies, 5);
    VacancySimulator simulator = new VacancySimulator(lattice, model(), 1000, null);
    if (hops) {
      simulator.observeResidence(seconds -> {});
    }
    RateTable table = simulator.table;
    FlickeringVacancies known = new FlickeringVacancies(table, false);
    NearbyVacancies nearby = new NearbyVacancies(lattice, table, known, simulator.residence());
    RandomStream stream = RandomAlloy.stream(3, vacancies);
    List<Set<Long>> places = new ArrayList<>();
    int met = 0;
    int crowds = 0;
    for (int round = 0; round < 2; round++) {
      simulator.activateAll();
      known.forget();
      nearby.clear();
      table.totalRate();
      places.clear();
      IntStream.range(0, vacancies).forEach(v -> places.add(new HashSet<>()));
      for (int step = 0; step < 600; step++) {
        int v = stream.below(vacancies);
        long site = stream.below(2 * nx * ny * nz);
        Set<Long> near = noticed(lattice, site, hops);
        int[] expected =
            IntStream.range(0, vacancies)
                .filter(w -> w != v && places.get(w).stream().anyMatch(near::contains))
                .toArray();
        int count =
            nearby.find(
                v,
                SiteIndex.x(site, ny, nz, 2),
                SiteIndex.y(site, ny, nz, 2),
                SiteIndex.z(site, nz, 2),
                SiteIndex.b(site, 2));
        assertThat(IntStream.range(0, count).map(nearby::get).toArray()).isEqualTo(expected);
        met += count;
        crowds += crowd(v, lattice, table, nearby, hops);
        change(v, simulator, known, stream, places.get(v));
        nearby.follow(v);
      }
    }
    assertThat(met).isGreaterThan(vacancies > 1 ? 10 : -1);
    assertThat(crowds).isGreaterThan(vacancies > 20 ? 10 : -1);
  }

  private static int crowd(
      int v, Lattice lattice, RateTable table, NearbyVacancies nearby, boolean hops) {
    Set<Long> near = noticed(lattice, table.vacancies.site[v], hops);
    boolean expected =
        IntStream.range(0, table.vacancies.count)
            .anyMatch(w -> w != v && near.contains(table.vacancies.site[w]));
    assertThat(nearby.crowded(v)).isEqualTo(expected);
    return expected ? 1 : 0;
  }

  /** A jump; the basin of the vacancy goes along with it, begins or is forgotten. */
  private static void change(
      int v,
      VacancySimulator simulator,
      FlickeringVacancies known,
      RandomStream stream,
      Set<Long> places) {
    RateTable table = simulator.table;
    int hops = table.geometry().hops;
    int[] open = IntStream.range(0, hops).filter(d -> table.rate(v, d) > 0).toArray();
    if (open.length == 0) {
      return;
    }
    int direction = open[stream.below(open.length)];
    simulator.jump(v, direction);
    table.totalRate();
    if (stream.below(20) == 0 || known.known(v) && known.sleeper(v).basin.size() == 64) {
      known.forgetBasin(v);
      places.clear();
      return;
    }
    if (known.known(v)) {
      known.sleeper(v).basin.follow(v, direction, simulator.event, 64);
    } else {
      known.sleeper(v).basin.begin(v);
    }
    places.add(table.vacancies.site[v]);
  }

  @ParameterizedTest
  @CsvSource({"8, 1", "8, 4", "40, 30"})
  void whatIsNotKnownIsNotFound(int cells, int vacancies) {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), cells, cells, cells, 3, vacancies, 7);
    VacancySimulator simulator = new VacancySimulator(lattice, model(), 1000, null);
    FlickeringVacancies known = new FlickeringVacancies(simulator.table, false);
    NearbyVacancies nearby =
        new NearbyVacancies(lattice, simulator.table, known, simulator.residence());
    long[] all = lattice.vacancies();
    for (int active : new int[] {all.length, 1, 0, all.length}) {
      simulator.activate(Arrays.copyOf(all, active), active);
      known.forget();
      nearby.clear();
      for (int v = 0; v < active; v++) {
        nearby.follow(v);
        assertThat(nearby.find(v, 0, 0, 0, 0)).isZero();
      }
    }
  }
}
