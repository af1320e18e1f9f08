package org.latticelift.sim.vacancy.sublattice;

import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * How a large lattice is made of a small periodic one (ME-80): levels of tiles, each repaired to
 * the exact composition and relaxed in windows of the size of the small lattice.
 *
 * @param small the small lattice; not modified
 * @param factors tiles per axis of each level, smallest block first
 * @param shifted whether every tile is shifted cyclically by whole cells; for one level only
 * @param counts sites per code of a lattice with a number of sites
 * @param relaxation LocalRelax after each level; empty for none
 */
public record Upsampling(
    Lattice small,
    List<Integer> factors,
    boolean shifted,
    LongFunction<long[]> counts,
    Optional<Relaxation> relaxation) {
  /** Checks that only one level is shifted. */
  public Upsampling {
    factors = List.copyOf(factors);
    if (shifted && factors.size() > 1) {
      throw new IllegalArgumentException("shifted tiles on " + factors.size() + " levels");
    }
  }

  /** Cells per axis after so many levels. */
  int[] cells(int levels) {
    int factor = 1;
    for (int f : factors.subList(0, levels)) {
      factor *= f;
    }
    return new int[] {factor * small.nx(), factor * small.ny(), factor * small.nz()};
  }
}
