package org.latticelift.sim.vacancy.sublattice;

import java.util.Arrays;
import org.latticelift.sim.parallel.communicator.Reduction;
import org.latticelift.sim.random.Permutation;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;

/**
 * Restores the exact composition of a divided lattice (AL-62): randomly chosen atoms of species in
 * excess become atoms of species that are short (DI-50). A permutation of all sites names the
 * candidates one after the other, whoever holds them.
 */
final class CompositionMatch {
  private static final int BATCH = 4096;

  private final Share share;
  private final Permutation candidates;
  private final int basis;
  private final int[] cell = new int[3];

  CompositionMatch(Share share, Permutation candidates) {
    this.share = share;
    this.candidates = candidates;
    this.basis = share.lattice().crystal().basisCount();
  }

  /**
   * Changes as few atoms as possible; collective.
   *
   * @param target sites of the whole lattice per code; as many vacancies as there are
   */
  void reach(long[] target) {
    long[] surplus = counts(target.length);
    Arrays.setAll(surplus, code -> surplus[code] - target[code]);
    if (surplus[0] != 0) {
      throw new IllegalArgumentException(surplus[0] + " vacancies too many");
    }
    for (long next = 0; Arrays.stream(surplus).anyMatch(s -> s > 0); next += BATCH) {
      int size = (int) Math.min(BATCH, candidates.size() - next);
      long[] codes = codes(next, size);
      for (int i = 0; i < size; i++) {
        change(candidates.of(next + i), (int) codes[i], surplus);
      }
    }
  }

  private long[] counts(int codes) {
    long[] counts = new long[codes];
    Domain domain = share.domain();
    Lattice lattice = share.lattice();
    for (int x = 0; x < domain.own(0); x++) {
      byte[] plane = lattice.plane(domain.halo(0) + x);
      for (int y = 0; y < domain.own(1); y++) {
        int row = ((domain.halo(1) + y) * lattice.nz() + domain.halo(2)) * basis;
        for (int i = 0; i < domain.own(2) * basis; i++) {
          counts[plane[row + i]]++;
        }
      }
    }
    share.ranks().allReduce(counts, Reduction.SUM);
    return counts;
  }

  /** What the next candidates are, on all ranks. */
  private long[] codes(long first, int size) {
    long[] codes = new long[size];
    Domain domain = share.domain();
    for (int i = 0; i < size; i++) {
      long site = candidates.of(first + i);
      locate(site);
      int x = cell[0] - domain.first(0) + domain.halo(0);
      int y = cell[1] - domain.first(1) + domain.halo(1);
      int z = cell[2] - domain.first(2) + domain.halo(2);
      if (domain.owns(x, y, z)) {
        codes[i] = share.lattice().get(x, y, z, SiteIndex.b(site, basis));
      }
    }
    share.ranks().allReduce(codes, Reduction.SUM);
    return codes;
  }

  private void locate(long site) {
    BlockGrid whole = share.domain().blocks();
    cell[0] = SiteIndex.x(site, whole.ny(), whole.nz(), basis);
    cell[1] = SiteIndex.y(site, whole.ny(), whole.nz(), basis);
    cell[2] = SiteIndex.z(site, whole.nz(), basis);
  }

  private void change(long site, int code, long[] surplus) {
    if (surplus[code] > 0) {
      int wanted = 1;
      while (surplus[wanted] >= 0) {
        wanted++;
      }
      locate(site);
      share.set(cell, SiteIndex.b(site, basis), (byte) wanted);
      surplus[code]--;
      surplus[wanted]++;
    }
  }
}
