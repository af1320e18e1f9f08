package org.latticelift.sim.systems.alloy;

import java.util.function.DoubleFunction;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Blocks that are kept as the parts they are made of (EX-25). Nothing but their composition can be
 * repaired: windows of relaxation need {@link WholeBlocks}.
 */
final class PartBlocks implements BlockBuilder<ReadableLattice> {
  private static final long[] NO_VACANCIES_LISTED = {};

  private final AlloyLattices lattices;
  private final boolean replicate;
  private final boolean closed;
  private final RandomStream repair;

  /**
   * @param replicate whether there is one tile
   * @param closed whether tiles evolve by themselves
   */
  PartBlocks(AlloyLattices lattices, boolean replicate, boolean closed, RandomStream repair) {
    this.lattices = lattices;
    this.replicate = replicate;
    this.closed = closed;
    this.repair = repair;
  }

  @Override
  public ReadableLattice tile(Lattice snapshot, DoubleFunction<Lattice> later, double longest) {
    if (closed) {
      return new TileOfRun(snapshot, later, longest);
    }
    return replicate
        ? new CopiedTile(lattices.shapes(), snapshot)
        : new StoredLattice(snapshot, NO_VACANCIES_LISTED);
  }

  @Override
  public ReadableLattice copies(ReadableLattice block, int factor, Cells size) {
    if (block instanceof CopiedTile copied) {
      copied.copy(factor);
      return copied;
    }
    JoinedTiles joined = new JoinedTiles(lattices.shapes(), size, Cells.of(block.shape()));
    for (int i = 0; i < factor * factor * factor; i++) {
      joined.add(block, 0, 0, 0);
    }
    return joined;
  }

  @Override
  public ReadableLattice empty(Cells size, Cells tile) {
    return new JoinedTiles(lattices.shapes(), size, tile);
  }

  @Override
  public void place(ReadableLattice tile, ReadableLattice block, int[] at, int[] shift) {
    ((JoinedTiles) block).add(tile, shift[0], shift[1], shift[2]);
  }

  /** Tiles that evolve by themselves keep the composition of the small system. */
  @Override
  public void finish(ReadableLattice block) {
    if (closed) {
      return;
    }
    CompositionRepair.repair(
        (RepairableBlock) block, lattices.counts(block.shape().sites()), repair);
  }
}
