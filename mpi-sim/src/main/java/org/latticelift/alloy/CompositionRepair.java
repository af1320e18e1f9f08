package org.latticelift.alloy;

import java.util.Arrays;
import org.latticelift.error.LatticeLiftException;
import org.latticelift.lattice.Lattice;
import org.latticelift.random.RandomStream;

/**
 * Restores the exact composition after tiling (AL-62): randomly chosen atoms of species in excess
 * become atoms of species that are short (DI-50).
 */
final class CompositionRepair {
  private CompositionRepair() {}

  /** Changes as few atoms as possible so that the counts are met. */
  static void repair(Lattice lattice, long[] target, RandomStream stream) {
    long[] counts = lattice.counts();
    requireVacancies(counts[0], target[0]);
    for (int from = 1; from < target.length; from++) {
      long excess = counts[from] - target[from];
      if (excess > 0) {
        long[] chosen = choose(lattice, (byte) from, counts[from], Math.toIntExact(excess), stream);
        int next = 0;
        for (int to = 1; to < target.length; to++) {
          for (; counts[to] < target[to] && next < chosen.length; next++) {
            lattice.set(chosen[next], (byte) to);
            counts[to]++;
            counts[from]--;
          }
        }
      }
    }
  }

  /** The small system's vacancies times the number of tiles must be those of the large system. */
  static void requireVacancies(long brought, long expected) {
    if (brought != expected) {
      throw LatticeLiftException.badData(
          "the tiles bring " + brought + " vacancies, the large lattice has " + expected,
          "lattice.vacancy_concentration",
          "as many vacancies in the small lattice times the number of tiles as in the large one",
          "Change the concentration, such as to one vacancy over the sites of the small lattice");
    }
  }

  /** Some of the sites of one species, drawn without replacement, in random order. */
  private static long[] choose(
      Lattice lattice, byte code, long available, int number, RandomStream stream) {
    long[] sites = new long[Math.toIntExact(available)];
    int n = 0;
    for (int x = 0; x < lattice.nx(); x++) {
      byte[] plane = lattice.plane(x);
      for (int i = 0; i < plane.length; i++) {
        if (plane[i] == code) {
          sites[n++] = (long) x * plane.length + i;
        }
      }
    }
    for (int i = 0; i < number; i++) {
      int j = i + stream.below(n - i);
      long swap = sites[i];
      sites[i] = sites[j];
      sites[j] = swap;
    }
    return Arrays.copyOf(sites, number);
  }
}
