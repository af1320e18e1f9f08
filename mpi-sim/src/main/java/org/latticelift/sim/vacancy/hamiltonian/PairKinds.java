package org.latticelift.sim.vacancy.hamiltonian;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.sim.vacancy.crystal.SpeciesNames;

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

  /** The numbers of the pairs that carry parameters; ascending; those with a vacancy come first. */
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
