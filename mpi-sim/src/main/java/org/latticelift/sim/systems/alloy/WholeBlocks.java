package org.latticelift.sim.systems.alloy;

import java.util.function.DoubleFunction;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** Blocks that are stored site by site, so that anything can be done with them. */
final class WholeBlocks implements BlockBuilder<Lattice> {
  private static final int[] UNSHIFTED = {0, 0, 0};

  private final Shapes shapes;
  private final Finish finish;

  /** What is done with a freshly tiled block. */
  interface Finish {
    /** Repairs and relaxes. */
    void finish(Lattice block);
  }

  WholeBlocks(Shapes shapes, Finish finish) {
    this.shapes = shapes;
    this.finish = finish;
  }

  @Override
  public Lattice tile(Lattice snapshot, DoubleFunction<Lattice> later, double longest) {
    return snapshot;
  }

  @Override
  public Lattice copies(Lattice block, int factor, Cells size) {
    Lattice copies = shapes.lattice(size);
    for (int a = 0; a < factor; a++) {
      for (int b = 0; b < factor; b++) {
        for (int c = 0; c < factor; c++) {
          int[] at = {a * block.nx(), b * block.ny(), c * block.nz()};
          place(block, copies, at, UNSHIFTED);
        }
      }
    }
    return copies;
  }

  @Override
  public Lattice empty(Cells size, Cells tile) {
    return shapes.lattice(size);
  }

  @Override
  public void place(Lattice tile, Lattice block, int[] at, int[] shift) {
    int basis = tile.crystal().basisCount();
    int row = tile.nz() * basis;
    int head = shift[2] * basis;
    for (int x = 0; x < tile.nx(); x++) {
      byte[] from = tile.plane(x);
      byte[] to = block.plane(at[0] + (x + shift[0]) % tile.nx());
      for (int y = 0; y < tile.ny(); y++) {
        int start = ((at[1] + (y + shift[1]) % tile.ny()) * block.nz() + at[2]) * basis;
        System.arraycopy(from, y * row, to, start + head, row - head);
        System.arraycopy(from, y * row + row - head, to, start, head);
      }
    }
  }

  @Override
  public void finish(Lattice block) {
    finish.finish(block);
  }
}
