package org.latticelift.sim.vacancy.kmc;

import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** Random lattices for tests. */
public final class RandomAlloy {
  private RandomAlloy() {}

  /**
   * Atoms of random species and a number of vacancies at random places.
   *
   * @param crystal the crystal
   * @param nx cells
   * @param ny cells
   * @param nz cells
   * @param species number of species
   * @param vacancies number of vacancies
   * @param seed of the random numbers
   * @return a lattice
   */
  public static Lattice of(
      Crystal crystal, int nx, int ny, int nz, int species, int vacancies, long seed) {
    Lattice lattice = new Lattice(crystal, nx, ny, nz);
    RandomStream stream = stream(seed, 0);
    for (long site = 0; site < lattice.sites(); site++) {
      lattice.set(site, (byte) (1 + stream.below(species)));
    }
    for (int v = 0; v < vacancies; ) {
      long site = stream.below(lattice.sites());
      if (lattice.get(site) != Lattice.VACANCY) {
        lattice.set(site, Lattice.VACANCY);
        v++;
      }
    }
    return lattice;
  }

  /**
   * A stream of test numbers.
   *
   * @param seed any
   * @param task any
   * @return a stream
   */
  public static RandomStream stream(long seed, long task) {
    return new Streams(seed).stream(Purpose.CHECK, task);
  }
}
