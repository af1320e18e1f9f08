package org.latticelift.sim.vacancy.hamiltonian;

import java.util.Arrays;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.SiteOffset;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;
import org.latticelift.sim.vacancy.order.BondCount;
import org.latticelift.sim.vacancy.order.BondCounts;

/**
 * Numbers of unordered pairs of kinds, pairs with vacancies included, in the first shells of a
 * periodic lattice. Immutable once counted. Cost: {@link Counter} 0.03 ns per bond with vectors,
 * and a look at all neighbours of every vacancy.
 */
public final class PairCounts {
  private final PairKinds kinds;
  private final long[] counts;

  private PairCounts(PairKinds kinds, int shells) {
    this.kinds = kinds;
    counts = new long[shells * kinds.pairs()];
  }

  /** Counts lattices of one crystal. Immutable and usable by several threads. */
  public static final class Counter {
    private final PairKinds kinds;
    private final BondCount[] bonds;

    /**
     * For one crystal ({@code shells}: number of shells, up to those of the environment of the
     * crystal).
     */
    public Counter(Crystal crystal, PairKinds kinds, int shells) {
      int most = crystal.environment(0).shellCount();
      if (shells < 1 || shells > most) {
        throw new IllegalArgumentException(shells + " shells of " + most);
      }
      this.kinds = kinds;
      bonds = new BondCount[shells];
      Arrays.setAll(bonds, s -> BondCounts.fastest(crystal, s + 1, kinds.species()));
    }

    /** Counts the pairs of a lattice ({@code lattice}: not modified). */
    public PairCounts count(Lattice lattice) {
      PairCounts counts = new PairCounts(kinds, bonds.length);
      for (int s = 0; s < bonds.length; s++) {
        counts.addAtoms(s, lattice, bonds[s]);
        counts.addVacancies(s, lattice);
      }
      return counts;
    }
  }

  private void addAtoms(int s, Lattice lattice, BondCount bonds) {
    long[] histogram = new long[BondCount.CODES * BondCount.CODES];
    bonds.add(lattice, CellBox.all(lattice), histogram);
    for (int a = 1; a <= kinds.species(); a++) {
      for (int b = 1; b <= kinds.species(); b++) {
        counts[at(s, a, b)] += histogram[a * BondCount.CODES + b];
      }
    }
  }

  /** A pair of two vacancies is met twice. */
  private void addVacancies(int s, Lattice lattice) {
    long both = 0;
    int basis = lattice.crystal().basisCount();
    for (long vacancy : lattice.vacancies()) {
      for (SiteOffset offset : lattice.crystal().shell(SiteIndex.b(vacancy, basis), s + 1)) {
        byte code = lattice.get(lattice.neighbour(vacancy, offset));
        if (code == Lattice.VACANCY) {
          both++;
        } else {
          counts[at(s, 0, code)]++;
        }
      }
    }
    counts[at(s, 0, 0)] += both / 2;
  }

  private int at(int s, int a, int b) {
    return s * kinds.pairs() + kinds.pair(a, b);
  }

  /**
   * A number of pairs ({@code shell}: 1 for the nearest neighbours; {@code a}: one kind, 0 the
   * vacancy); unordered pairs.
   */
  public long of(int shell, int a, int b) {
    return counts[at(shell - 1, a, b)];
  }

  /** All numbers; a copy: shell after shell, in each the pairs by {@link PairKinds#pair}. */
  public long[] array() {
    return counts.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PairCounts counted
        && kinds.equals(counted.kinds)
        && Arrays.equals(counts, counted.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return Arrays.toString(counts);
  }
}
