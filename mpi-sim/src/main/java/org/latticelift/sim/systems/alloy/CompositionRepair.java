package org.latticelift.sim.systems.alloy;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.lattice.CodeScan;
import org.latticelift.sim.vacancy.lattice.Lattice;

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
        int[] ranks = draw(Math.toIntExact(counts[from]), Math.toIntExact(excess), stream);
        long[] chosen = sites(lattice, (byte) from, ranks);
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

  /**
   * Some of the first integers, drawn without replacement, in random order: a shuffle of all of
   * them of which only what it exchanged is stored.
   */
  private static int[] draw(int available, int number, RandomStream stream) {
    Map<Integer, Integer> exchanged = new HashMap<>();
    int[] drawn = new int[number];
    for (int i = 0; i < number; i++) {
      int j = i + stream.below(available - i);
      drawn[i] = exchanged.getOrDefault(j, j);
      exchanged.put(j, exchanged.getOrDefault(i, i));
    }
    return drawn;
  }

  /** Sites of a species by rank: rank r is its r-th site. */
  private static long[] sites(Lattice lattice, byte code, int[] ranks) {
    int[] order =
        IntStream.range(0, ranks.length)
            .boxed()
            .sorted((a, b) -> Integer.compare(ranks[a], ranks[b]))
            .mapToInt(Integer::intValue)
            .toArray();
    long[] sites = new long[ranks.length];
    int done = 0;
    int before = 0;
    for (int x = 0; x < lattice.nx() && done < order.length; x++) {
      byte[] plane = lattice.plane(x);
      int here = CodeScan.count(plane, code);
      int rank = before - 1;
      int at = -1;
      for (; done < order.length && ranks[order[done]] < before + here; done++) {
        for (; rank < ranks[order[done]]; rank++) {
          at = CodeScan.next(plane, code, at + 1);
        }
        sites[order[done]] = (long) x * plane.length + at;
      }
      before += here;
    }
    return sites;
  }
}
