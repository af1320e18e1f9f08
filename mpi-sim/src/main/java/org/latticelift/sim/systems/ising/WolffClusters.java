package org.latticelift.sim.systems.ising;

import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;

/**
 * Equilibrium of the Ising model without field by flips of clusters (Wolff, Phys. Rev. Lett. 62,
 * 361, 1989): from a random spin the cluster grows over bonds between equal spins, each with
 * probability 1 - exp(-2/T), and is flipped as a whole. Near the critical temperature a few flips
 * of clusters do what single flips need L^2 sweeps for.
 *
 * <p>States must be taken after numbers of clusters that were fixed before. To stop when enough
 * spins were flipped would favour states after large clusters.
 */
final class WolffClusters {
  /** Flips per spin after which random spins have forgotten where they began. */
  private static final int FORGOTTEN = 20;

  private final double join;
  private byte[] spins = new byte[0];
  private int[] neighbour = new int[0];
  private int[] open = new int[0];

  /**
   * @param rates without field
   */
  WolffClusters(GlauberRates rates) {
    requireNoField(rates.field(), "lattice.field");
    join = -StrictMath.expm1(-2 / rates.temperature());
  }

  /** Clusters grow without regard of a field. */
  static void requireNoField(double field, String key) {
    if (field != 0) {
      throw LatticeLiftException.badData(
          "flips of clusters in a field of " + field,
          key,
          "another choice where lattice.field is not 0",
          "Change one of them");
    }
  }

  /**
   * Brings any state to equilibrium: clusters until every spin was flipped {@value #FORGOTTEN}
   * times on average, and then as many again, whose number does not depend on what they do.
   */
  void equilibrate(SpinLattice lattice, RandomStream stream) {
    read(lattice);
    long clusters = 0;
    for (long flips = 0; flips < (long) FORGOTTEN * spins.length; clusters++) {
      flips += flip(stream);
    }
    for (long i = 0; i < clusters; i++) {
      flip(stream);
    }
    lattice.set(spins);
  }

  /** Flips some clusters, one after the other. */
  void flip(SpinLattice lattice, long clusters, RandomStream stream) {
    read(lattice);
    for (long i = 0; i < clusters; i++) {
      flip(stream);
    }
    lattice.set(spins);
  }

  /** The lattice counts classes of sites at every flip, which clusters do not need. */
  private void read(SpinLattice lattice) {
    if (spins.length != lattice.sites()) {
      open = new int[lattice.sites()];
      neighbour = lattice.neighbours();
    }
    spins = lattice.spins();
  }

  /** Flips one cluster and tells how many spins it had. A spin is flipped when it joins. */
  private int flip(RandomStream stream) {
    int seed = stream.below(spins.length);
    byte up = spins[seed];
    byte down = (byte) -up;
    int waiting = 0;
    int flipped = 1;
    spins[seed] = down;
    open[waiting++] = seed;
    while (waiting > 0) {
      int first = 4 * open[--waiting];
      for (int i = first; i < first + 4; i++) {
        int site = neighbour[i];
        if (spins[site] == up && stream.uniform() < join) {
          spins[site] = down;
          open[waiting++] = site;
          flipped++;
        }
      }
    }
    return flipped;
  }

  /** Flips per spin of {@link #equilibrate}, for estimates of work. */
  static double flipsPerSpin() {
    return 2.0 * FORGOTTEN;
  }
}
