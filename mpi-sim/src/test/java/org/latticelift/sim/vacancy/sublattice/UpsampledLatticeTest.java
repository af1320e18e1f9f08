package org.latticelift.sim.vacancy.sublattice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.Permutation;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.HashModel;
import org.latticelift.sim.vacancy.kmc.Kinetics;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.ObservableList;
import org.latticelift.sim.vacancy.order.OrderParameters;
import org.latticelift.sim.vacancy.sublattice.ColouredWindows.WindowGrid;
import org.latticelift.sim.vacancy.sublattice.SublatticeRun.RandomFill;

/** A large lattice that ranks make of a small one. */
class UpsampledLatticeTest {
  private static final Crystal BCC = Crystal.bcc();
  private static final int SMALL = 5;
  private static final long SITES = 2L * SMALL * SMALL * SMALL;
  private static final long VACANT = 2;
  private static final Streams SEEDS = new Streams(4);

  /** s; about eight jumps of a vacancy. */
  private static final Duration SHORT = Duration.time(1e-12);

  /** Not the composition of the small lattice: some atoms must change on every level. */
  private static long[] counts(long sites) {
    long vacant = sites / SITES * VACANT;
    long third = (sites - vacant) / 3;
    return new long[] {vacant, third, third, sites - vacant - 2 * third};
  }

  private static Lattice small() {
    Lattice lattice = new Lattice(BCC, SMALL, SMALL, SMALL);
    long[] counts = {VACANT, 90, 80, SITES - VACANT - 170};
    RandomFill fill = new RandomFill(counts, new Permutation(SITES, SEEDS.stream(Purpose.CHECK)));
    for (long site = 0; site < SITES; site++) {
      lattice.set(site, fill.code(site));
    }
    return lattice;
  }

  private static Lattice enlarged(
      int size, List<Integer> factors, boolean shifted, Relaxation relaxation) throws Exception {
    Upsampling how =
        new Upsampling(
            small(),
            factors,
            shifted,
            UpsampledLatticeTest::counts,
            Optional.ofNullable(relaxation));
    int cells = how.cells(factors.size())[0];
    Lattice whole = new Lattice(BCC, cells, cells, cells);
    VacancyProblem problem = problem(whole);
    FilledLattice.fill(whole, SMALL, size, () -> new UpsampledLattice(how, problem, SEEDS, 1, 0));
    return whole;
  }

  private static VacancyProblem problem(Lattice whole) {
    long[] counts = counts(whole.sites());
    OrderParameters order =
        OrderParameters.of(
            BCC,
            List.of("A", "B", "C"),
            counts,
            ObservableList.fromConfig(ConfigNode.parse("[pair]", "test")));
    return new VacancyProblem(
        new HashModel(BCC, 3),
        Kinetics.PLAIN,
        5000,
        1 << 20,
        whole.nx(),
        whole.ny(),
        whole.nz(),
        counts,
        order);
  }

  private static Relaxation relaxation() {
    return new Relaxation(true, false, SHORT);
  }

  private static void requireComposition(Lattice whole) {
    assertThat(whole.counts()).startsWith(counts(whole.sites()));
  }

  /** The level before the last one is divided among ranks, too. */
  @Tag("ranks")
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void anyNumberOfRanksMakesTheSameLattice(int size) throws Exception {
    List<Integer> doubling = List.of(2, 2, 2, 2);
    Lattice one = enlarged(1, doubling, false, relaxation());
    Lattice many = enlarged(size, doubling, false, relaxation());
    assertThat(many.equals(one)).isTrue();
    requireComposition(one);
  }

  @Tag("ranks")
  @Test
  void soDoOtherWindowsAndTiles() throws Exception {
    List<Integer> direct = List.of(8);
    List<Relaxation> ways = new ArrayList<>();
    ways.add(null);
    ways.add(new Relaxation(false, false, Duration.events(20)));
    ways.add(new Relaxation(true, true, Duration.events(20)));
    ways.add(new Relaxation(false, true, SHORT));
    for (boolean shifted : new boolean[] {true, false}) {
      for (Relaxation way : ways) {
        Lattice one = enlarged(1, direct, shifted, way);
        assertThat(enlarged(8, direct, shifted, way).equals(one)).isTrue();
        assertThat(enlarged(3, List.of(6), shifted, way).counts()).startsWith(counts(SITES * 216));
        requireComposition(one);
      }
    }
  }

  @Test
  void withoutRelaxationTilesAreTheSmallLattice() throws Exception {
    Lattice whole = enlarged(4, List.of(2, 4), false, null);
    Lattice small = small();
    long different = 0;
    for (int x = 0; x < 40; x++) {
      for (int y = 0; y < 40; y++) {
        for (int z = 0; z < 80; z++) {
          byte code = small.get(x % SMALL, y % SMALL, z / 2 % SMALL, z % 2);
          different += whole.get(x, y, z / 2, z % 2) == code ? 0 : 1;
        }
      }
    }
    // 90, 80 and 78 atoms per tile become 82 or 83 each; a changed atom of level 1 is copied.
    assertThat(different).isBetween(1L, 9L * 512);
    Lattice relaxed = enlarged(4, List.of(2, 4), false, relaxation());
    assertThat(relaxed.equals(whole)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 15, 20, 40, 64, 65})
  void windowsOfAColourAreApart(int cells) {
    for (boolean overlapping : new boolean[] {true, false}) {
      WindowGrid grid = new WindowGrid(cells, SMALL, overlapping, 3);
      int[] covered = new int[cells];
      for (int i = 0; i < grid.size(); i++) {
        assertThat(grid.colour(i)).isBetween(0, grid.colours() - 1);
        for (int c = 0; c < SMALL; c++) {
          covered[(grid.start(i) + c) % cells]++;
        }
        for (int j = 0; j < grid.size(); j++) {
          int apart = Math.floorMod(grid.start(j) - grid.start(i), cells);
          if (i != j && grid.colour(i) == grid.colour(j)) {
            assertThat(apart).isBetween(SMALL + 9, cells - SMALL - 9);
          }
        }
      }
      assertThat(covered).doesNotContain(0);
    }
  }
}
