package org.latticelift.sim.systems.spins;

import org.latticelift.sim.random.RandomStream;

/**
 * Equilibrium at a given magnetisation by exchanges of clusters with their mirror images (Heringa
 * and Blöte, Phys. Rev. E 57, 4976, 1998). Two sites a and b define the reflection of the lattice
 * that carries one to the other. With an up and a down spin drawn there, a cluster grows from a
 * over bonds to up spins whose images are down, each with probability 1 - exp(-4/T), and changes
 * places with its image. Magnetisation is conserved, and long waves are equilibrated near the
 * critical temperature by some exchanges of every spin, where those of single spins take L^2
 * sweeps.
 *
 * <p>The draw of a and b favours no state, as there are as many pairs of an up and a down spin in
 * all of them.
 *
 * <p>A spin that changes places costs some 15 ns.
 */
final class GeometricClusters {
  private final int[] neighbour;
  private final int[] member;
  private final int[] image;
  private final int[] joined;
  private byte[] spins;
  private int cluster;

  /** Spins of the last cluster, less its image. */
  private int size;

  /**
   * @param neighbour four of each site, in pairs of opposite directions
   */
  GeometricClusters(int[] neighbour) {
    this.neighbour = neighbour;
    member = new int[neighbour.length / 4];
    image = new int[member.length];
    joined = new int[member.length];
  }

  /**
   * Draws a state with the magnetisation of the given one from the canonical ensemble: clusters
   * until every spin of the minority has changed places so many times, then as many clusters again,
   * whose number does not depend on what they do.
   *
   * @param state spins; changed, unless all are alike
   * @param inverse 1/T, not negative
   * @param times that the spins of the minority change places in either half; 20 forget where the
   *     state began
   */
  void equilibrate(byte[] state, double inverse, int times, RandomStream stream) {
    spins = state;
    long enough = (long) times * minority();
    double join = join(inverse);
    long clusters = 0;
    for (long moved = 0; moved < enough; moved += size) {
      exchange(join, stream);
      clusters++;
    }
    for (long i = 0; i < clusters; i++) {
      exchange(join, stream);
    }
  }

  /**
   * Exchanges clusters at a given temperature ({@code state}: spins, both kinds among them;
   * changed; {@code inverse}: 1/T).
   */
  long exchange(byte[] state, long clusters, double inverse, RandomStream stream) {
    spins = state;
    double join = join(inverse);
    long made = 0;
    for (long i = 0; i < clusters; i++) {
      exchange(join, stream);
      made += walls();
    }
    return made;
  }

  private static double join(double beta) {
    return -Math.expm1(-4 * beta);
  }

  private long minority() {
    int ups = 0;
    for (byte spin : spins) {
      ups += spin > 0 ? 1 : 0;
    }
    return Math.min(ups, spins.length - ups);
  }

  private void exchange(double join, RandomStream stream) {
    grow(any((byte) 1, stream), any((byte) -1, stream), join, stream);
  }

  /** The walls that the last exchange has made. */
  private long walls() {
    long made = 0;
    for (int m = 0; m < size; m++) {
      for (int way = 0; way < 4; way++) {
        int site = neighbour[4 * member[m] + way];
        if (joined[site] != cluster) {
          made += spins[site] - spins[neighbour[4 * image[m] + (way ^ 1)]];
        }
      }
    }
    return made;
  }

  private int any(byte spin, RandomStream stream) {
    int site = stream.below(spins.length);
    while (spins[site] != spin) {
      site = stream.below(spins.length);
    }
    return site;
  }

  /** A reflection turns directions, so images of neighbours are neighbours of images. */
  private void grow(int up, int down, double join, RandomStream stream) {
    cluster++;
    size = 0;
    add(up, down);
    for (int m = 0; m < size; m++) {
      for (int way = 0; way < 4; way++) {
        int site = neighbour[4 * member[m] + way];
        int other = neighbour[4 * image[m] + (way ^ 1)];
        if (spins[site] > 0
            && spins[other] < 0
            && joined[site] != cluster
            && stream.uniform() < join) {
          add(site, other);
        }
      }
    }
  }

  private void add(int site, int other) {
    joined[site] = cluster;
    joined[other] = cluster;
    spins[site] = -1;
    spins[other] = 1;
    member[size] = site;
    image[size++] = other;
  }
}
