package org.latticelift.sim.vacancy.hamiltonian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry.SiteOffset;
import org.latticelift.sim.vacancy.crystal.SpeciesNames;
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

  /**
   * The kinds of sites of an alloy, 0 the vacancy and 1, 2, ... the species, and pairs of them. All
   * unordered pairs can be counted; only pairs of unlike kinds, the vacancy with the last species
   * excepted, carry parameters of a Hamiltonian: with fixed numbers of sites of each kind the sum
   * rules (twice the like pairs and all unlike pairs of a kind make up its neighbours) make the
   * others redundant, but for the few pairs of two vacancies.
   *
   * @param species number of species
   */
  public record PairKinds(int species) {
    /** What names of pairs call a vacancy. */
    public static final String VACANCY = "vacancy";

    /** Checks the number. */
    public PairKinds {
      if (species < 1 || species > SpeciesNames.MOST) {
        throw new IllegalArgumentException(species + " species");
      }
    }

    /** Kinds of sites. */
    public int kinds() {
      return species + 1;
    }

    /** Unordered pairs of kinds, like and unlike; (species + 1)(species + 2)/2. */
    public int pairs() {
      return kinds() * (kinds() + 1) / 2;
    }

    /**
     * Number of a pair: (0,0), (0,1), ..., (0,species), (1,1), (1,2), ({@code b}: the other, in any
     * order); 0 to {@link #pairs} - 1.
     */
    public int pair(int a, int b) {
      int low = Math.min(a, b);
      return low * kinds() - low * (low - 1) / 2 + Math.max(a, b) - low;
    }

    /** The kinds of all pairs, by number, the lower kind first. */
    public List<int[]> all() {
      List<int[]> all = new ArrayList<>();
      for (int a = 0; a < kinds(); a++) {
        for (int b = a; b < kinds(); b++) {
          all.add(new int[] {a, b});
        }
      }
      return all;
    }

    /**
     * The numbers of the pairs that carry parameters; ascending; those with a vacancy come first.
     */
    public int[] parameters() {
      return all().stream()
          .filter(p -> p[0] != p[1] && !(p[0] == 0 && p[1] == species))
          .mapToInt(p -> pair(p[0], p[1]))
          .toArray();
    }

    /** How many parameters have a vacancy; the first so many of {@link #parameters}. */
    public int vacancyParameters() {
      return species - 1;
    }

    /** Names of pairs such as {@code vacancy-Nb} and {@code Nb-Mo}, by number of the pair. */
    public List<String> names(List<String> names) {
      List<String> kinds = new ArrayList<>(List.of(VACANCY));
      kinds.addAll(names);
      return all().stream().map(p -> kinds.get(p[0]) + "-" + kinds.get(p[1])).toList();
    }
  }
}
