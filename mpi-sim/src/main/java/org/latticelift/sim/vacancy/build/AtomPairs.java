package org.latticelift.sim.vacancy.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Unordered pairs of species, in the order of AL-51: (0,0), (0,1), ..., (1,1), ({@code species}:
 * names).
 */
public record AtomPairs(List<String> species) {
  public AtomPairs {
    species = List.copyOf(species);
  }

  /** Number of species, at least 1. */
  public int kinds() {
    return species.size();
  }

  /** Number of pairs. */
  public int count() {
    return kinds() * (kinds() + 1) / 2;
  }

  /** Number of a pair ({@code b}: index of another, in any order); 0 to {@link #count} - 1. */
  public int of(int a, int b) {
    int low = Math.min(a, b);
    return low * kinds() - low * (low - 1) / 2 + Math.max(a, b) - low;
  }

  /** Names of the pairs; such as NbNb, NbMo. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (int a = 0; a < kinds(); a++) {
      for (int b = a; b < kinds(); b++) {
        names.add(species.get(a) + species.get(b));
      }
    }
    return names;
  }

  /**
   * The pair of a name ({@code name}: such as NbMo or MoNb); both species, the first one first;
   * empty if it is none.
   */
  public Optional<int[]> find(String name) {
    for (int a = 0; a < kinds(); a++) {
      for (int b = a; b < kinds(); b++) {
        if (name.equals(species.get(a) + species.get(b))
            || name.equals(species.get(b) + species.get(a))) {
          return Optional.of(new int[] {a, b});
        }
      }
    }
    return Optional.empty();
  }
}
