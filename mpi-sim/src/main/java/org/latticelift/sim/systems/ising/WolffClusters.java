package org.latticelift.sim.systems.ising;

import java.util.Arrays;
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
  private int[] open = new int[64];
  private int size;

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
   * Flips one cluster.
   *
   * @param lattice changed
   * @param stream randomness
   * @return spins in the cluster
   */
  int flip(SpinLattice lattice, RandomStream stream) {
    int seed = stream.below(lattice.sites());
    int spin = lattice.spin(seed);
    size = 0;
    turn(lattice, seed);
    int flipped = 0;
    while (size > 0) {
      int site = open[--size];
      flipped++;
      for (int axis = 0; axis < 2; axis++) {
        for (int step = -1; step <= 1; step += 2) {
          int neighbour = lattice.neighbour(site, axis, step);
          if (lattice.spin(neighbour) == spin && stream.uniform() < join) {
            turn(lattice, neighbour);
          }
        }
      }
    }
    return flipped;
  }

  private void turn(SpinLattice lattice, int site) {
    lattice.flip(site);
    if (size == open.length) {
      open = Arrays.copyOf(open, 2 * size);
    }
    open[size++] = site;
  }

  /**
   * Brings any state to equilibrium: clusters until every spin was flipped {@value #FORGOTTEN}
   * times on average, and then as many again, whose number does not depend on what they do.
   */
  void equilibrate(SpinLattice lattice, RandomStream stream) {
    long clusters = 0;
    for (long flips = 0; flips < (long) FORGOTTEN * lattice.sites(); clusters++) {
      flips += flip(lattice, stream);
    }
    flip(lattice, clusters, stream);
  }

  /** Flips some clusters, one after the other. */
  void flip(SpinLattice lattice, long clusters, RandomStream stream) {
    for (long i = 0; i < clusters; i++) {
      flip(lattice, stream);
    }
  }

  /** Flips per spin of {@link #equilibrate}, for estimates of work. */
  static double flipsPerSpin() {
    return 2.0 * FORGOTTEN;
  }
}
