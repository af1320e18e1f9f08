package org.latticelift.sim.systems.alloy;

import java.util.function.DoubleFunction;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * How blocks of tiles are held while a large lattice is made ({@link Tiling}).
 *
 * @param <B> a block of cells
 */
interface BlockBuilder<B> {
  /**
   * A small snapshot.
   *
   * @param snapshot not to be modified
   * @param later the same run after a time, which is a whole number of records
   * @param longest a quarter of its age, or one record, as such a time
   */
  B tile(Lattice snapshot, DoubleFunction<Lattice> later, double longest);

  /** Copies of one block, which may be consumed. */
  B copies(B block, int factor, Cells size);

  /** A block that is to be filled with tiles of a size. */
  B empty(Cells size, Cells tile);

  /**
   * Puts the next tile into a block, in row-major order.
   *
   * @param at its first cell
   * @param shift by which it is moved cyclically
   */
  void place(B tile, B block, int[] at, int[] shift);

  /** Repairs and relaxes a block whose tiles are all there. */
  void finish(B block);
}
