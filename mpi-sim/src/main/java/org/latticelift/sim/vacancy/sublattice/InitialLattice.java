package org.latticelift.sim.vacancy.sublattice;

import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.random.Permutation;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** What a distributed run starts from. Every rank fills its own cells and its halo. */
public interface InitialLattice {
  /**
   * Fills the lattice of a rank; collective. What a cell holds does not depend on the ranks.
   *
   * @param ranks who works together
   * @param domain the part of this rank
   * @param lattice of that part, halo included; all of it is overwritten
   */
  void fill(Communicator ranks, Domain domain, Lattice lattice);

  /**
   * A random alloy of exact composition.
   *
   * @param counts sites of the whole lattice per code, index 0 vacancies
   * @param stream decides which site holds what
   * @return nothing is sent to fill it
   */
  static InitialLattice random(long[] counts, RandomStream stream) {
    long sites = 0;
    for (long count : counts) {
      sites += count;
    }
    return new RandomFill(counts, new Permutation(sites, stream));
  }
}
