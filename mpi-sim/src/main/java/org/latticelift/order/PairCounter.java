package org.latticelift.order;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.crystal.Crystal;
import org.latticelift.crystal.EnvironmentGeometry;
import org.latticelift.crystal.SiteOffset;
import org.latticelift.error.LatticeLiftException;
import org.latticelift.kmc.CellBox;
import org.latticelift.kmc.JumpEvent;
import org.latticelift.lattice.Lattice;

/**
 * Counts unordered pairs of species in one shell. A bond belongs to the site from which it points
 * forward (first non-zero Cartesian component positive), so every bond has one owner. Pairs with a
 * vacancy are skipped (AL-51). A recount reads two rows side by side per forward neighbour: about 4
 * ns per site for the first shell of BCC; {@code LatticeBenchmark} measures it.
 */
final class PairCounter {
  private static final int CODES = 16;

  private final int species;
  private final List<List<SiteOffset>> forward = new ArrayList<>();
  private final int[][] shell;
  private final int[][] target;
  private final int[] pair = new int[CODES * CODES];
  private final double coordination;

  PairCounter(Crystal crystal, int shellNumber, int species) {
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
      forward.add(forwardHalf(crystal, b, shellNumber));
    }
    coordination = neighbours / bases;
    numberPairs();
  }

  private static List<SiteOffset> forwardHalf(Crystal crystal, int basis, int shellNumber) {
    return crystal.shell(basis, shellNumber).stream()
        .filter(offset -> isForward(crystal.spec().vector(basis, offset)))
        .toList();
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
    for (int i = 0; i < box.nx(); i++) {
      int x = wrap(box.x() + i, lattice.nx());
      for (int b = 0; b < forward.size(); b++) {
        for (SiteOffset offset : forward.get(b)) {
          addPlane(lattice, box, x, b, offset, histogram);
        }
      }
    }
    for (int k = 0; k < histogram.length; k++) {
      if (pair[k] >= 0) {
        counts[at + pair[k]] += histogram[k];
      }
    }
  }

  private static void addPlane(
      Lattice lattice, CellBox box, int x, int b, SiteOffset offset, long[] histogram) {
    int bases = lattice.crystal().basisCount();
    int nz = lattice.nz();
    byte[] owners = lattice.plane(x);
    byte[] others = lattice.plane(wrap(x + offset.dx(), lattice.nx()));
    for (int k = 0; k < box.ny(); k++) {
      int y = wrap(box.y() + k, lattice.ny());
      int ownRow = y * nz;
      int otherRow = wrap(y + offset.dy(), lattice.ny()) * nz;
      int z = box.z();
      for (int left = box.nz(); left > 0; ) {
        int other = wrap(z + offset.dz(), nz);
        int run = Math.min(left, nz - Math.max(z, other));
        count(
            owners,
            (ownRow + z) * bases + b,
            others,
            (otherRow + other) * bases + offset.basis(),
            bases,
            run,
            histogram);
        left -= run;
        z = wrap(z + run, nz);
      }
    }
  }

  private static void count(
      byte[] owners, int own, byte[] others, int other, int stride, int run, long[] histogram) {
    int i = own;
    int j = other;
    for (int n = 0; n < run; n++) {
      histogram[owners[i] * CODES + others[j]]++;
      i += stride;
      j += stride;
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

  private static int wrap(int i, int n) {
    if (i < 0) {
      return i + n;
    }
    return i >= n ? i - n : i;
  }
}
