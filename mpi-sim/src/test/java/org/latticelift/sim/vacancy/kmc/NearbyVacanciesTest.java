package org.latticelift.sim.vacancy.kmc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.PairEnergiesConfig;
import org.latticelift.sim.vacancy.barrier.PairwiseBarrier;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** Bins find what looking at every vacancy finds, also while vacancies move and basins grow. */
class NearbyVacanciesTest {
  private static BarrierModel model() {
    List<List<Double>> none =
        List.of(List.of(0.0, 0.0, 0.0), List.of(0.0, 0.0, 0.0), List.of(0.0, 0.0, 0.0));
    PairEnergiesConfig energies =
        new PairEnergiesConfig(List.of(0.9, 0.9, 0.9), List.of(none), Optional.empty(), 0);
    return new PairwiseBarrier(Crystal.bcc(), energies, 1e13);
  }

  /** The definition: largest distance in cells along an axis, periodic, within an environment. */
  private static int[] plain(
      Lattice lattice, RateTable table, FlickeringVacancies known, int except, int[] cell) {
    ActiveVacancies a = table.vacancies;
    return IntStream.range(0, a.count)
        .filter(v -> v != except)
        .filter(
            v ->
                known.known(v)
                    ? known.sleeper(v).basin.footprint().near(cell[0], cell[1], cell[2])
                    : Math.max(
                            axis(cell[0] - a.x[v], lattice.nx()),
                            Math.max(
                                axis(cell[1] - a.y[v], lattice.ny()),
                                axis(cell[2] - a.z[v], lattice.nz())))
                        <= table.geometry().reach)
        .toArray();
  }

  private static int axis(int difference, int period) {
    int d = Math.floorMod(difference, period);
    return Math.min(d, period - d);
  }

  @ParameterizedTest
  @CsvSource({
    "8, 8, 8, 2",
    "9, 17, 26, 12",
    "33, 16, 40, 60",
    "24, 24, 24, 1",
    "50, 8, 31, 40",
    "30, 40, 26, 2"
  })
  void equalsLookingAtAll(int nx, int ny, int nz, int vacancies) {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), nx, ny, nz, 3, vacancies, 5);
    VacancySimulator simulator = new VacancySimulator(lattice, model(), 1000, null);
    RateTable table = simulator.table;
    FlickeringVacancies known = new FlickeringVacancies(table);
    NearbyVacancies nearby = new NearbyVacancies(lattice, table, known);
    RandomStream stream = RandomAlloy.stream(3, vacancies);
    int met = 0;
    for (int round = 0; round < 2; round++) {
      simulator.activateAll();
      known.forget();
      nearby.place();
      table.totalRate();
      for (int step = 0; step < 400; step++) {
        int v = stream.below(vacancies);
        int[] cell = {stream.below(nx), stream.below(ny), stream.below(nz)};
        int[] expected = plain(lattice, table, known, v, cell);
        int count = nearby.find(v, cell[0], cell[1], cell[2]);
        assertThat(IntStream.range(0, count).map(nearby::get).toArray()).isEqualTo(expected);
        met += count;
        change(v, simulator, known, stream);
        nearby.follow(v);
      }
    }
    assertThat(met).isGreaterThan(vacancies > 1 ? 10 : -1);
  }

  /** A jump; the basin of the vacancy goes along with it, begins or is forgotten. */
  private static void change(
      int v, VacancySimulator simulator, FlickeringVacancies known, RandomStream stream) {
    RateTable table = simulator.table;
    int hops = table.geometry().hops;
    int[] open = IntStream.range(0, hops).filter(d -> table.rate(v, d) > 0).toArray();
    if (open.length == 0) {
      return;
    }
    int direction = open[stream.below(open.length)];
    simulator.jump(v, direction);
    table.totalRate();
    if (stream.below(100) == 0) {
      known.forgetBasin(v);
    } else if (known.known(v)) {
      known.sleeper(v).basin.follow(v, direction, simulator.event, 64);
    } else {
      known.sleeper(v).basin.begin(v);
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 1", "8, 4", "40, 30"})
  void oneVacancyAndNoneHaveNoNeighbours(int cells, int vacancies) {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), cells, cells, cells, 3, vacancies, 7);
    VacancySimulator simulator = new VacancySimulator(lattice, model(), 1000, null);
    FlickeringVacancies known = new FlickeringVacancies(simulator.table);
    NearbyVacancies nearby = new NearbyVacancies(lattice, simulator.table, known);
    long[] all = lattice.vacancies();
    for (int active : new int[] {all.length, 1, 0, all.length}) {
      simulator.activate(Arrays.copyOf(all, active), active);
      known.forget();
      nearby.place();
      int found = nearby.find(-1, 0, 0, 0);
      assertThat(found)
          .isEqualTo(
              active < 2 ? 0 : plain(lattice, simulator.table, known, -1, new int[3]).length);
    }
  }
}
