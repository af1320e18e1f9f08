package org.latticelift.sim.vacancy.sublattice;

import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;

/**
 * Section {@code direct.parallel}: distributes the lattice over ranks. It starts at random, or from
 * the small lattice of {@code lattice.start}, enlarged as {@code upsample} and {@code relax} say.
 *
 * <p>Bound of the splitting error: with S sites around a vacancy (112) and a share c of empty
 * sites, jumps of others change these sites 2 S c w times on average in a window of w mean waiting
 * times. Only so many jumps can have rates that the exact order of events would not have given.
 *
 * @param blockCells cells per block edge; results depend on it, but not on the ranks
 * @param windowMeanWaits window of a cycle in mean waiting times of a vacancy, measured anew at
 *     every record
 * @param windowS window in seconds instead; 0 for none
 */
public record SublatticeConfig(
    @Default("8")
        @Range(min = BlockGrid.LEAST_EDGE, max = 1024)
        @Doc("cells per block edge; every axis holds an even number of blocks")
        int blockCells,
    @Default("1")
        @Range(min = 1e-6, max = 1e6)
        @Doc("window of a cycle, in mean waiting times of a vacancy; the smaller the more exact")
        double windowMeanWaits,
    @Default("0") @Range(min = 0) @Doc("window of a cycle in seconds instead; 0: not given")
        double windowS) {

  /**
   * Refuses blocks that do not fill a lattice.
   *
   * @param nx cells of the whole lattice along the first axis
   * @param ny cells along the second axis
   * @param nz cells along the third axis
   */
  public void requireBlocks(int nx, int ny, int nz) {
    new BlockGrid(nx, ny, nz, blockCells);
  }
}
