package org.latticelift.sim.vacancy.hamiltonian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.FittedStage;
import org.latticelift.sim.vacancy.hamiltonian.HamiltonianFile.PairList;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** A program that knows nothing but positions and the list finds the energy of a state. */
class PairListTest {
  private static final double KELVIN = 1200;

  @Test
  void positionsAndTheListGiveTheEnergy() {
    energies(
        Crystal.bcc(), RandomAlloy.of(Crystal.bcc(), 5, 5, 6, 3, 5, 1), List.of("A", "B", "C"), 5);
    energies(Crystal.fcc(), RandomAlloy.of(Crystal.fcc(), 4, 4, 5, 2, 3, 2), List.of("A", "B"), 3);
  }

  private static void energies(Crystal crystal, Lattice lattice, List<String> species, int shells) {
    PairKinds kinds = new PairKinds(species.size());
    RandomStream stream = RandomAlloy.stream(4, shells);
    double[] j = new double[shells * kinds.parameters().length];
    for (int i = 0; i < j.length; i++) {
      j[i] = stream.uniform() - 0.5;
    }
    EffectiveHamiltonian hamiltonian = new EffectiveHamiltonian(kinds, shells, j);
    FittedStage stage =
        new FittedStage(
            3,
            7,
            1,
            hamiltonian,
            new double[0],
            new double[0],
            new double[0],
            new double[0],
            new double[0][0],
            1);
    List<List<String>> rows = new PairList(crystal, species).rows("T1200", KELVIN, stage);
    PairCounts counts = new PairCounts.Counter(crystal, kinds, shells).count(lattice);
    double expected = hamiltonian.energy(counts) * EffectiveHamiltonian.BOLTZMANN * KELVIN;
    assertThat(energy(crystal, lattice, species, rows)).isCloseTo(expected, within(1e-9));
    assertThat(rows).allMatch(row -> row.size() == PairList.HEADER.size());
  }

  /** Sites are found by their rounded positions in the periodic box. */
  private static double energy(
      Crystal crystal, Lattice lattice, List<String> species, List<List<String>> rows) {
    double a = crystal.spec().cell().get(0).get(0);
    int basis = crystal.basisCount();
    long[] box = {4L * lattice.nx(), 4L * lattice.ny(), 4L * lattice.nz()};
    Map<List<Long>, Byte> sites = new HashMap<>();
    for (long site = 0; site < lattice.sites(); site++) {
      sites.put(List.of(where(crystal, lattice, site, box)), lattice.get(site));
    }
    double sum = 0;
    for (long site = 0; site < lattice.sites(); site++) {
      Long[] here = where(crystal, lattice, site, box);
      for (List<String> row : rows) {
        if (Integer.parseInt(row.get(4)) == site % basis
            && name(species, lattice.get(site)).equals(row.get(9))) {
          Long[] there = new Long[3];
          for (int axis = 0; axis < 3; axis++) {
            long quarters = Math.round(4 * Double.parseDouble(row.get(6 + axis)) / a);
            there[axis] = Math.floorMod(here[axis] + quarters, box[axis]);
          }
          if (name(species, sites.get(List.of(there))).equals(row.get(10))) {
            sum += Double.parseDouble(row.get(11)) / 2;
          }
        }
      }
    }
    return sum;
  }

  /** In quarters of the lattice constant. */
  private static Long[] where(Crystal crystal, Lattice lattice, long site, long[] box) {
    int basis = crystal.basisCount();
    long cell = site / basis;
    List<Double> at = crystal.spec().basis().get((int) (site % basis));
    long[] cells = {
      cell / lattice.nz() / lattice.ny(), cell / lattice.nz() % lattice.ny(), cell % lattice.nz()
    };
    Long[] where = new Long[3];
    for (int axis = 0; axis < 3; axis++) {
      where[axis] = Math.floorMod(4 * cells[axis] + Math.round(4 * at.get(axis)), box[axis]);
    }
    return where;
  }

  private static String name(List<String> species, byte code) {
    return code == 0 ? "vacancy" : species.get(code - 1);
  }
}
