package org.latticelift.sim.systems.alloy;

/** A block of sites of which single atoms can be found and changed. */
interface RepairableBlock {
  /** Sites per code; the array is the caller's. */
  long[] counts();

  /**
   * Sites of a species by rank: rank r is its r-th site in site order.
   *
   * @param ranks in any order
   * @return sites in the same order
   */
  long[] sites(byte code, long[] ranks);

  /** Puts an atom of another species at the site of an atom. */
  void substitute(long site, byte from, byte to);
}
