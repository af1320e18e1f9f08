package org.latticelift.sim.vacancy.sublattice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.sim.vacancy.sublattice.FlickeringAlloy.BCC;
import static org.latticelift.sim.vacancy.sublattice.FlickeringAlloy.CELLS;
import static org.latticelift.sim.vacancy.sublattice.FlickeringAlloy.EDGE;
import static org.latticelift.sim.vacancy.sublattice.FlickeringAlloy.KELVIN;
import static org.latticelift.sim.vacancy.sublattice.FlickeringAlloy.MODEL;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.basin.Samples;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.kmc.FlickerSimulator;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.kmc.VacancySimulator;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.Counts;
import org.latticelift.sim.vacancy.order.OrderParameters;

/**
 * Flicker resolved in blocks against jumps made one by one in the whole lattice, from the same
 * state and for the same time: places of vacancies, numbers of jumps and bonds have the same law.
 * With 400 runs of each a number of jumps whose distributions are 0.14 apart is noticed, and one
 * law fails by chance once in a thousand comparisons; seeds are fixed. The time is divided into 100
 * windows, in which half of the jumps are still resolved; with 30 the law was the same but for two
 * vacancies near each other, with 8 it was not.
 */
class FlickerBlocksTest {
  private static final int RUNS = 400;
  private static final int WINDOWS = 100;
  private static final double KOLMOGOROV = 1.95;
  private static final double DEVIATIONS = 4.5;

  /** What runs of one kind came to. */
  private static final class Ends {
    private final double[] jumps = new double[RUNS];
    private final double[] bonds = new double[RUNS];
    private final long[] places = new long[2 * CELLS * CELLS * CELLS];
    private final OrderParameters order;
    private final Counts counts;

    Ends(Lattice start) {
      order = FlickeringAlloy.order(start);
      counts = order.newCounts();
    }

    void add(int run, long made, Lattice end) {
      jumps[run] = made;
      order.recount(end, counts);
      long[] n = counts.array();
      bonds[run] = n[0] + 3 * n[1] + 7 * n[2] + 20 * n[3] + 50 * n[4];
      for (long site : end.vacancies()) {
        places[(int) site]++;
      }
    }

    void requireTheLawOf(Ends other) {
      assertThat(Samples.kolmogorov(jumps, other.jumps)).isLessThan(KOLMOGOROV);
      assertThat(Samples.kolmogorov(bonds, other.bonds)).isLessThan(KOLMOGOROV);
      assertThat(Samples.twoSampleExcess(places, other.places)).isLessThan(DEVIATIONS);
    }
  }

  private static EnvironmentCache cache() {
    return new EnvironmentCache(MODEL, KELVIN, 1 << 24);
  }

  private static Ends plain(Lattice start, double time) {
    Ends ends = new Ends(start);
    Lattice lattice = start.copy();
    VacancySimulator simulator = new VacancySimulator(lattice, MODEL, KELVIN, cache());
    for (int run = 0; run < RUNS; run++) {
      lattice.set(start);
      simulator.activateAll();
      simulator.time(0);
      ends.add(run, simulator.runUntil(time, RandomAlloy.stream(20, run)), lattice);
    }
    return ends;
  }

  /** On one rank; a third of the jumps at least must have been resolved. */
  private static Ends blocks(Lattice start, double time) {
    Ends ends = new Ends(start);
    BlockGrid grid = new BlockGrid(CELLS, CELLS, CELLS, EDGE);
    Domain domain = new Domain(grid, new RankGrid(1, 1, 1), 0);
    Lattice lattice = new Lattice(BCC, domain.local(0), domain.local(1), domain.local(2));
    EnvironmentCache cache = cache();
    long made = 0;
    long resolved = 0;
    for (int run = 0; run < RUNS; run++) {
      FlickeringAlloy.spread(start, domain, lattice);
      FlickerSimulator kernel = new FlickerSimulator(lattice, MODEL, KELVIN, cache, 64);
      SublatticeSimulator simulator =
          new SublatticeSimulator(
              domain,
              lattice,
              kernel,
              new ThreadHalo(domain).of(0),
              new Streams(21),
              new long[] {1, run},
              Optional.empty());
      for (int i = 0; i < WINDOWS; i++) {
        simulator.cycle(time / WINDOWS);
      }
      ends.add(run, simulator.jumps(), whole(domain, lattice));
      made += simulator.jumps();
      resolved += kernel.tally().resolvedJumps();
    }
    assertThat(3 * resolved).isGreaterThan(made);
    return ends;
  }

  private static Lattice whole(Domain domain, Lattice local) {
    Lattice whole = new Lattice(BCC, CELLS, CELLS, CELLS);
    for (int x = 0; x < CELLS; x++) {
      for (int y = 0; y < CELLS; y++) {
        for (int z = 0; z < CELLS; z++) {
          for (int b = 0; b < 2; b++) {
            byte code = local.get(x + domain.halo(0), y + domain.halo(1), z + domain.halo(2), b);
            whole.set(x, y, z, b, code);
          }
        }
      }
    }
    return whole;
  }

  private static void requireTheLawOfPlainJumps(Lattice start, long jumps) {
    double time = FlickeringAlloy.timeOf(start, jumps);
    blocks(start, time).requireTheLawOf(plain(start, time));
  }

  @Tag("law")
  @Test
  void severalVacancies() {
    requireTheLawOfPlainJumps(FlickeringAlloy.annealed(6, 4), 6000);
  }

  @Test
  void oneAtTheCornerOfABlock() {
    Lattice start = FlickeringAlloy.annealed(1, 3);
    requireTheLawOfPlainJumps(FlickeringAlloy.moved(start, EDGE, EDGE, EDGE), 4000);
  }

  /** The second one is two cells away, behind a border, and moves in the turn of its own block. */
  @Tag("law")
  @Test
  void twoThatMeetAcrossABorder() {
    Lattice start = FlickeringAlloy.moved(FlickeringAlloy.annealed(1, 3), EDGE, EDGE, EDGE);
    start.set(EDGE - 2, EDGE, EDGE, 0, Lattice.VACANCY);
    requireTheLawOfPlainJumps(start, 4000);
  }
}
