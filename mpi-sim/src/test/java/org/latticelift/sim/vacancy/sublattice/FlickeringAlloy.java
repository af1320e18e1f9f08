package org.latticelift.sim.vacancy.sublattice;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.LinearBarrier;
import org.latticelift.sim.vacancy.barrier.LinearTerms;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.kmc.VacancySimulator;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;
import org.latticelift.sim.vacancy.order.ObservableList;
import org.latticelift.sim.vacancy.order.OrderParameters;

/** A cube of eight blocks in which vacancies hop back and forth, by a model that is cheap. */
final class FlickeringAlloy {
  static final Crystal BCC = Crystal.bcc();
  static final int CELLS = 16;
  static final int EDGE = 8;
  static final double KELVIN = 500;
  static final BarrierModel MODEL = pairs(2.4);

  private FlickeringAlloy() {}

  private static BarrierModel pairs(double coupling) {
    double[][] energy = {{-0.02, -0.06, 0.03}, {-0.06, 0.02, -0.09}, {0.03, -0.09, 0.01}};
    List<List<Double>> shell =
        Arrays.stream(energy)
            .map(row -> Arrays.stream(row).map(e -> e * coupling).boxed().toList())
            .toList();
    LinearTerms energies =
        new LinearTerms(List.of(0.9, 0.9, 0.9), List.of(shell), Optional.empty(), 0);
    return new LinearBarrier("pairwise", BCC, energies, 1e13);
  }

  /** A lattice whose vacancies have come to where they flicker. */
  static Lattice annealed(int vacancies, long seed) {
    Lattice lattice = RandomAlloy.of(BCC, CELLS, CELLS, CELLS, 3, vacancies, seed);
    VacancySimulator anneal = new VacancySimulator(lattice, MODEL, KELVIN, null);
    anneal.activateAll();
    anneal.runEvents(5000L * vacancies, Clock.EXPONENTIAL, RandomAlloy.stream(9, seed));
    return lattice;
  }

  /** The same lattice moved so that its first vacancy is in a cell. */
  static Lattice moved(Lattice from, int x, int y, int z) {
    long first = from.vacancies()[0];
    int dx = x - SiteIndex.x(first, CELLS, CELLS, 2);
    int dy = y - SiteIndex.y(first, CELLS, CELLS, 2);
    int dz = z - SiteIndex.z(first, CELLS, 2);
    Lattice to = new Lattice(BCC, CELLS, CELLS, CELLS);
    for (long site = 0; site < from.sites(); site++) {
      to.set(
          Math.floorMod(SiteIndex.x(site, CELLS, CELLS, 2) + dx, CELLS),
          Math.floorMod(SiteIndex.y(site, CELLS, CELLS, 2) + dy, CELLS),
          Math.floorMod(SiteIndex.z(site, CELLS, 2) + dz, CELLS),
          SiteIndex.b(site, 2),
          from.get(site));
    }
    return to;
  }

  /** A time in which a number of jumps is expected. */
  static double timeOf(Lattice start, long jumps) {
    VacancySimulator simulator = new VacancySimulator(start.copy(), MODEL, KELVIN, null);
    simulator.activateAll();
    simulator.runEvents(jumps, Clock.EXPONENTIAL, RandomAlloy.stream(99, jumps));
    return simulator.time();
  }

  /** Bonds of two kinds of atoms, and order on the two sublattices. */
  static OrderParameters order(Lattice lattice) {
    return OrderParameters.of(
        BCC, List.of("A", "B", "C"), lattice.counts(), ObservableList.parse("[pair, b2]"));
  }

  /** The lattice of a rank, halo included, from the whole. */
  static void spread(Lattice whole, Domain domain, Lattice local) {
    for (int x = 0; x < local.nx(); x++) {
      for (int y = 0; y < local.ny(); y++) {
        for (int z = 0; z < local.nz(); z++) {
          for (int b = 0; b < 2; b++) {
            local.set(
                x,
                y,
                z,
                b,
                whole.get(domain.global(x, 0), domain.global(y, 1), domain.global(z, 2), b));
          }
        }
      }
    }
  }
}
