package org.latticelift.sim.systems.ising;

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
 * <p>Here the temperature is the one at which the lattice has a wanted number of walls: it is found
 * while states still remember where they began. The draw of a and b favours no state, as there are
 * as many pairs of an up and a down spin in all of them.
 *
 * <p>A spin that changes places costs some 15 ns.
 */
final class GeometricClusters {
  /** Exchanges per minority spin after which states have forgotten where they began. */
  private static final int FORGOTTEN = 20;

  /**
   * Change of 1/T while every minority spin is exchanged once, by an excess of one wall per site:
   * about what cures it, 2 / (T^2 specific heat).
   */
  private static final double GAIN = 0.3;

  /** Exchanges per minority spin after which the gain is halved. */
  private static final double STEADY = 4;

  /** At this 1/T hardly any single spin is unlike those around it. */
  private static final double COLDEST = 1.5;

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
   * Draws a state with the magnetisation of the given one from the canonical ensemble whose mean
   * number of walls is about the wanted one. First clusters until every spin of the minority has
   * changed places {@value #FORGOTTEN} times, by which the temperature is found, then as many
   * again, whose number does not depend on what they do.
   *
   * @param state spins, both kinds among them; changed
   * @param excess walls of the state above those wanted
   * @param inverse a guess of 1/T
   * @return walls above those wanted in the end
   */
  long equilibrate(byte[] state, long excess, double inverse, RandomStream stream) {
    spins = state;
    long minority = minority();
    long enough = FORGOTTEN * minority;
    double beta = Math.min(COLDEST, inverse);
    double sum = 0;
    double weight = 0;
    long clusters = 0;
    for (long moved = 0; moved < enough; moved += size) {
      excess += exchange(join(beta), stream);
      clusters++;
      double share = (double) size / minority;
      double gain = share * GAIN / (1 + (double) moved / minority / STEADY);
      beta = Math.max(0, Math.min(COLDEST, beta + gain * excess / state.length));
      if (2 * moved >= enough) {
        sum += share * beta;
        weight += share;
      }
    }
    return excess + exchange(state, clusters, weight > 0 ? sum / weight : beta, stream);
  }

  /**
   * Exchanges clusters at a given temperature.
   *
   * @param state spins, both kinds among them; changed
   * @param clusters their number
   * @param inverse 1/T
   * @return walls that this makes
   */
  long exchange(byte[] state, long clusters, double inverse, RandomStream stream) {
    spins = state;
    double join = join(inverse);
    long made = 0;
    for (long i = 0; i < clusters; i++) {
      made += exchange(join, stream);
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

  /** Exchanges one cluster and tells how many walls this makes. */
  private long exchange(double join, RandomStream stream) {
    grow(any((byte) 1, stream), any((byte) -1, stream), join, stream);
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
