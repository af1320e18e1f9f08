package org.latticelift.sim.systems.alloy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Restores the exact composition after tiling (AL-62): randomly chosen atoms of species in excess
 * become atoms of species that are short (DI-50).
 */
final class CompositionRepair {
  private CompositionRepair() {}

  /** Changes as few atoms as possible so that the counts are met. */
  static void repair(Lattice lattice, long[] target, RandomStream stream) {
    repair(new StoredBlock(lattice), target, stream);
  }

  /** The same; whatever a block is made of, the same atoms change. */
  static void repair(RepairableBlock block, long[] target, RandomStream stream) {
    long[] counts = block.counts();
    requireVacancies(counts[0], target[0], Arrays.stream(counts).sum());
    for (byte from = 1; from < target.length; from++) {
      long excess = counts[from] - target[from];
      if (excess > 0) {
        long[] chosen = block.sites(from, draw(counts[from], Math.toIntExact(excess), stream));
        int next = 0;
        for (byte to = 1; to < target.length; to++) {
          for (; counts[to] < target[to] && next < chosen.length; next++) {
            block.substitute(chosen[next], from, to);
            counts[to]++;
            counts[from]--;
          }
        }
      }
    }
  }

  /**
   * The small system's vacancies times the number of tiles must be those of the large system.
   *
   * @param sites of the large system
   */
  static void requireVacancies(long brought, long expected, long sites) {
    if (brought != expected) {
      throw LatticeLiftException.badData(
          "the tiles bring " + brought + " vacancies, the large lattice has " + expected,
          "lattice.vacancy_concentration",
          "as many vacancies in the small lattice times the number of tiles as in the large one",
          String.format(
              Locale.ROOT,
              "Set lattice.vacancy_concentration to %.10g, or choose other sizes",
              (double) brought / sites));
    }
  }

  /**
   * Some of the first integers, drawn without replacement, in random order: a shuffle of all of
   * them of which only what it exchanged is stored.
   */
  private static long[] draw(long available, int number, RandomStream stream) {
    Map<Long, Long> exchanged = new HashMap<>();
    long[] drawn = new long[number];
    for (int i = 0; i < number; i++) {
      long here = i;
      long j = i + BoundedDraw.below(available - i, stream);
      drawn[i] = exchanged.getOrDefault(j, j);
      exchanged.put(j, exchanged.getOrDefault(here, here));
    }
    return drawn;
  }

  /** A lattice that is stored as a whole. */
  private record StoredBlock(Lattice lattice) implements RepairableBlock {
    @Override
    public long[] counts() {
      return lattice.counts();
    }

    @Override
    public void substitute(long site, byte from, byte to) {
      lattice.set(site, to);
    }

    @Override
    public long[] sites(byte code, long[] ranks) {
      RankedSites sites = new RankedSites(code, ranks);
      for (int x = 0; x < lattice.nx() && !sites.complete(); x++) {
        sites.plane(lattice.plane(x));
      }
      return sites.found();
    }
  }
}
