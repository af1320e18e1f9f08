package org.latticelift.sim.systems.ising;

import org.latticelift.sim.random.RandomStream;

/**
 * Draws states of given magnetisation and number of walls, all equally likely: the distribution of
 * largest entropy at given (m, rho), whatever temperature and field (EX-23). An up and a down spin,
 * drawn anywhere, change places if the number of walls is then within {@link #SLACK} of the wanted
 * one: a random walk with equal weights on all such states (as in Creutz, Phys. Rev. Lett. 50,
 * 1411, 1983, where a demon keeps the slack). It ends at the first of several fixed moments at
 * which the walls are those wanted, so their number is exact. Both sides need a limit: young
 * records of random spins may have more walls than nearly all states of their magnetisation.
 *
 * <p>Exchanges of distant spins conserve the magnetisation of the whole but of no part, so long
 * waves relax as in Glauber dynamics, and as slowly near the critical temperature.
 *
 * <p>A tried exchange takes two random numbers and eight reads of spins, about 20 ns.
 */
final class MicrocanonicalExchange {
  /** Walls too many or too few; more make exchanges easier and returns rarer. */
  private static final int SLACK = 4;

  /** Whether a mixed state has the wanted walls is looked at so often per try of every site. */
  private static final int LOOKS = 4;

  /** Times four tries of every site that walls may take to come within the slack. */
  private static final int MOST_APPROACHES = 4 * 25;

  private final GeometricClusters clusters;
  private final int[] neighbour;
  private final int[] up;
  private final int[] down;
  private byte[] spins;
  private int ups;
  private int downs;

  /**
   * @param lattice of the size of all that will be mixed
   */
  MicrocanonicalExchange(SpinLattice lattice) {
    neighbour = lattice.neighbours();
    clusters = new GeometricClusters(neighbour);
    up = new int[lattice.sites()];
    down = new int[lattice.sites()];
  }

  /**
   * Forgets all of a state but its magnetisation and walls: the long waves by exchanges of clusters
   * at the temperature at which such walls are usual, all else by exchanges of spins.
   *
   * @param lattice no site frozen
   * @param tries exchanges of spins that are tried at least
   * @param inverse a guess of 1/T
   */
  void mix(SpinLattice lattice, long tries, double inverse, RandomStream stream) {
    read(lattice.spins());
    if (ups == 0 || downs == 0) {
      return; // the only state
    }
    long excess = clusters.equilibrate(spins, 0, inverse, stream);
    read(spins);
    for (int i = 0; Math.abs(excess) > SLACK && i < MOST_APPROACHES; i++) {
      excess = exchange(Math.max(1, spins.length / LOOKS), excess, stream);
    }
    if (Math.abs(excess) > SLACK) {
      read(lattice.spins()); // walls of which there is hardly any state: from the one that is known
      excess = 0;
    }
    excess = exchange(tries, excess, stream);
    while (excess != 0) {
      excess = exchange(Math.max(1, spins.length / LOOKS), excess, stream);
    }
    lattice.set(spins);
  }

  private void read(byte[] state) {
    spins = state;
    ups = 0;
    downs = 0;
    for (int site = 0; site < spins.length; site++) {
      if (spins[site] > 0) {
        up[ups++] = site;
      } else {
        down[downs++] = site;
      }
    }
  }

  /**
   * Tries exchanges from and to a number of walls above those wanted; they never go farther away.
   */
  private long exchange(long tries, long excess, RandomStream stream) {
    for (long i = 0; i < tries; i++) {
      int which = stream.below(ups);
      int other = stream.below(downs);
      int a = up[which];
      int b = down[other];
      // Of four bonds, those with walls: with w of them a flip makes 4 - 2 w more.
      int change = 8 - 2 * (walls(a) + walls(b)) + (beside(a, b) ? 2 : 0);
      if (Math.abs(excess + change) <= Math.max(SLACK, Math.abs(excess))) {
        excess += change;
        spins[a] = -1;
        spins[b] = 1;
        up[which] = b;
        down[other] = a;
      }
    }
    return excess;
  }

  private int walls(int site) {
    int first = 4 * site;
    int sum =
        spins[neighbour[first]]
            + spins[neighbour[first + 1]]
            + spins[neighbour[first + 2]]
            + spins[neighbour[first + 3]];
    return (4 - spins[site] * sum) / 2;
  }

  /** Of two neighbours of unequal spin the bond between them keeps its wall. */
  private boolean beside(int a, int b) {
    int first = 4 * a;
    return neighbour[first] == b
        || neighbour[first + 1] == b
        || neighbour[first + 2] == b
        || neighbour[first + 3] == b;
  }
}
