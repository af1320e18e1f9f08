package org.latticelift.sim.vacancy.order;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.crystal.SiteOffset;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Counts unordered pairs of species in one shell. A bond belongs to the site from which it points
 * forward (first non-zero Cartesian component positive), so every bond has one owner. Pairs with a
 * vacancy are skipped (AL-51). Immutable.
 */
final class PairCounter {
  private static final int CODES = BondCount.CODES;

  private final int species;
  private final BondCount bonds;
  private final int[][] shell;
  private final int[][] target;
  private final int[] pair = new int[CODES * CODES];
  private final double coordination;

  /** What depends on the crystal only is made once, however many compositions are observed. */
  private static final Map<Crystal, Map<List<Integer>, PairCounter>> MADE = new WeakHashMap<>();

  /** For pairs of the first species codes in one shell. */
  static PairCounter of(Crystal crystal, int shellNumber, int species) {
    synchronized (MADE) {
      return MADE.computeIfAbsent(crystal, c -> new HashMap<>())
          .computeIfAbsent(
              List.of(shellNumber, species), key -> new PairCounter(crystal, shellNumber, species));
    }
  }

  private PairCounter(Crystal crystal, int shellNumber, int species) {
    int shells = crystal.environment(0).shellCount();
    if (shellNumber > shells) {
      throw LatticeLiftException.badData(
          "shell " + shellNumber + " is outside the environment",
          "lattice.observables",
          "shells 1 to " + shells + " of crystal " + crystal.name(),
          "Choose a nearer shell");
    }
    this.species = species;
    int bases = crystal.basisCount();
    shell = new int[bases][];
    target = new int[bases][crystal.hopCount()];
    double neighbours = 0;
    for (int b = 0; b < bases; b++) {
      EnvironmentGeometry g = crystal.environment(b);
      shell[b] =
          java.util.stream.IntStream.range(0, g.sites())
              .filter(j -> g.shellOf(j) == shellNumber)
              .toArray();
      neighbours += shell[b].length;
      for (int d = 0; d < target[b].length; d++) {
        target[b][d] = g.hopTarget(d);
      }
    }
    coordination = neighbours / bases;
    bonds = BondCounts.fastest(crystal, shellNumber, species);
    numberPairs();
  }

  /** The neighbours to which the sites of each basis position own bonds. */
  static List<List<SiteOffset>> forward(Crystal crystal, int shellNumber) {
    List<List<SiteOffset>> forward = new ArrayList<>();
    for (int b = 0; b < crystal.basisCount(); b++) {
      int basis = b;
      forward.add(
          crystal.shell(b, shellNumber).stream()
              .filter(offset -> isForward(crystal.spec().vector(basis, offset)))
              .toList());
    }
    return forward;
  }

  private static boolean isForward(double[] vector) {
    for (double component : vector) {
      if (Math.abs(component) > 1e-6) {
        return component > 0;
      }
    }
    return false;
  }

  /** Order of AL-51: (1,1), (1,2), ..., (2,2), ... */
  private void numberPairs() {
    java.util.Arrays.fill(pair, -1);
    int next = 0;
    for (int i = 1; i <= species; i++) {
      for (int j = i; j <= species; j++) {
        pair[i * CODES + j] = next;
        pair[j * CODES + i] = next;
        next++;
      }
    }
  }

  int counters() {
    return species * (species + 1) / 2;
  }

  /** Mean number of neighbours in the shell. */
  double coordination() {
    return coordination;
  }

  /** Adds the pairs that the sites of a box own. */
  void add(Lattice lattice, CellBox box, long[] counts, int at) {
    long[] histogram = new long[CODES * CODES];
    bonds.add(lattice, box, histogram);
    for (int k = 0; k < histogram.length; k++) {
      if (pair[k] >= 0) {
        counts[at + pair[k]] += histogram[k];
      }
    }
  }

  /**
   * Moves the bonds of the atom that jumped from where the vacancy is now to where it was. The
   * place of the vacancy itself is in neither set of neighbours.
   */
  void jumped(JumpEvent e, long[] counts, int at) {
    int atom = e.species() * CODES;
    byte[] codes = e.after();
    int offset = e.afterOffset();
    int skip = target[e.basisTo()][e.reverse()];
    for (int j : shell[e.basisTo()]) {
      int k = pair[atom + codes[offset + j]];
      if (j != skip && k >= 0) {
        counts[at + k]--;
      }
    }
    codes = e.before();
    offset = e.beforeOffset();
    skip = target[e.basisFrom()][e.direction()];
    for (int j : shell[e.basisFrom()]) {
      int k = pair[atom + codes[offset + j]];
      if (j != skip && k >= 0) {
        counts[at + k]++;
      }
    }
  }
}
