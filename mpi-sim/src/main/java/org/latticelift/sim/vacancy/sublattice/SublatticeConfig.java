package org.latticelift.sim.vacancy.sublattice;

import java.util.Optional;
import org.latticelift.io.config.Default;
import org.latticelift.io.config.Doc;
import org.latticelift.io.config.Range;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Section {@code direct.parallel}: distributes the lattice over ranks. It starts at random, or from
 * the small lattice of {@code lattice.start}, enlarged as {@code upsample} and {@code relax} say.
 *
 * <p>Bound of the splitting error: with S sites around a vacancy (112) and a share c of empty
 * sites, jumps of others change these sites 2 S c w times on average in a window of w mean waiting
 * times. Only so many jumps can have rates that the exact order of events would not have given.
 * Where vacancies flicker most of these jumps take each other back, and windows may be longer.
 *
 * @param blockCells cells per block edge; results depend on it, but not on the ranks
 * @param windowMeanWaits window of a cycle in mean waiting times of a vacancy, measured anew at
 *     every record
 * @param windowTypicalWaits window in typical waiting times instead, measured anew at every record
 * @param windowS window in seconds instead; 0 for none
 */
public record SublatticeConfig(
    @Default("8")
        @Range(min = BlockGrid.LEAST_EDGE, max = 1024)
        @Doc("cells per block edge; every axis holds an even number of blocks")
        int blockCells,
    @Range(min = 1e-6, max = 1e6)
        @Doc(
            "window of a cycle, in mean waiting times of a vacancy; the smaller the more exact;"
                + " default 1, but with kinetics.acceleration: flicker one typical waiting time")
        Optional<Double> windowMeanWaits,
    @Range(min = 1e-6, max = 1e6)
        @Doc("window of a cycle in typical waiting times instead: geometric mean over vacancies")
        Optional<Double> windowTypicalWaits,
    @Default("0") @Range(min = 0) @Doc("window of a cycle in seconds instead; 0: not given")
        double windowS) {

  /**
   * Checks that the window is given in one way.
   *
   * @param blockCells cells per block edge
   * @param windowMeanWaits window in mean waiting times
   * @param windowTypicalWaits window in typical waiting times
   * @param windowS window in seconds; 0 for none
   */
  public SublatticeConfig {
    if (windowMeanWaits.isPresent() && windowTypicalWaits.isPresent()) {
      throw LatticeLiftException.badData(
          "a window in mean and in typical waiting times",
          "direct.parallel.window_typical_waits",
          "window_mean_waits or window_typical_waits",
          "Remove one of them");
    }
  }

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

  /**
   * The window of a cycle.
   *
   * @param flicker whether jumps back and forth are resolved, so that windows should hold many
   */
  WindowLength window(boolean flicker) {
    if (windowS > 0) {
      return new WindowLength(WindowLength.Unit.SECOND, windowS);
    }
    if (windowTypicalWaits.isPresent() || windowMeanWaits.isEmpty() && flicker) {
      return new WindowLength(WindowLength.Unit.TYPICAL_WAIT, windowTypicalWaits.orElse(1.0));
    }
    return new WindowLength(WindowLength.Unit.MEAN_WAIT, windowMeanWaits.orElse(1.0));
  }
}
