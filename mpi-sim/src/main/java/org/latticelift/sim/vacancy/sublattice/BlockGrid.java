package org.latticelift.sim.vacancy.sublattice;

import org.latticelift.io.error.LatticeLiftException;

/**
 * The fixed grid of blocks of a periodic lattice. Blocks of one colour (parities of the three block
 * indices) never see each other's changes within a window: the vacancies of a block move within its
 * {@link #margin} and may hop one cell beyond, they read {@link #REACH} cells around, and the next
 * block of the colour is a whole block away.
 *
 * @param nx cells of the lattice along the first axis
 * @param ny cells along the second axis
 * @param nz cells along the third axis
 * @param edge cells per block edge
 */
public record BlockGrid(int nx, int ny, int nz, int edge) {
  /** Colours: 2^3. */
  public static final int COLOURS = 8;

  /** Cells that the environment of a site reaches beyond its cell (AL-13: 4 half cells in BCC). */
  public static final int REACH = 2;

  /** Fewest cells per block edge: what a block writes (1) and what the next one reads (2). */
  public static final int LEAST_EDGE = REACH + 1;

  /** Widest margin, in cells: hops beyond it within a window are rare enough. */
  public static final int WIDEST_MARGIN = 2;

  /** Checks that the blocks tile the lattice with an even number per axis. */
  public BlockGrid {
    if (edge < LEAST_EDGE) {
      throw LatticeLiftException.badData(
          "a block edge of " + edge + " cells",
          "direct.parallel.block_cells",
          "at least " + LEAST_EDGE + " cells",
          "Enlarge the blocks");
    }
    for (int n : new int[] {nx, ny, nz}) {
      if (n % (2 * edge) != 0) {
        throw LatticeLiftException.badData(
            "an axis of " + n + " cells has no even number of blocks of " + edge + " cells",
            "direct.parallel.block_cells",
            "a multiple of " + 2 * edge + " cells on every axis of lattice.large",
            "Change the block edge or the lattice");
      }
    }
  }

  /**
   * How far beyond its block a vacancy moves before its window is over, so that those that hop back
   * and forth across the border do so as often as all others. The margins of two blocks of a colour
   * must leave {@link #LEAST_EDGE} cells between them, and one more where the block between them is
   * all that a rank owns: what one of them changes must be beyond the halo of the other.
   *
   * @return cells, 0 to {@link #WIDEST_MARGIN}; 2 for an edge of 8 or more
   */
  public int margin() {
    return Math.min(WIDEST_MARGIN, Math.max(0, edge - LEAST_EDGE - 1) / 2);
  }

  /** Blocks along an axis ({@code axis}: 0 to 2). */
  public int along(int axis) {
    return cells(axis) / edge;
  }

  /** Cells along an axis ({@code axis}: 0 to 2); positive. */
  public int cells(int axis) {
    return axis == 0 ? nx : axis == 1 ? ny : nz;
  }

  /** Number of blocks. */
  public long blocks() {
    return (long) along(0) * along(1) * along(2);
  }

  /** Number of a block; row-major. */
  public long block(int i, int j, int k) {
    return ((long) i * along(1) + j) * along(2) + k;
  }

  /** Colour of a block; 0 to 7. */
  public static int colour(int i, int j, int k) {
    return (i & 1) << 2 | (j & 1) << 1 | k & 1;
  }
}
