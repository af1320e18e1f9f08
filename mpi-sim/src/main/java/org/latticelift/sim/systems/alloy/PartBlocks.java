package org.latticelift.sim.systems.alloy;

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
  private final RandomStream repair;

  PartBlocks(AlloyLattices lattices, boolean replicate, RandomStream repair) {
    this.lattices = lattices;
    this.replicate = replicate;
    this.repair = repair;
  }

  @Override
  public ReadableLattice tile(Lattice snapshot) {
    return replicate
        ? new CopiedTile(lattices.shapes(), snapshot)
        : new StoredLattice(snapshot, NO_VACANCIES_LISTED);
  }

  @Override
  public ReadableLattice copies(ReadableLattice block, int factor, Cells size) {
    ((CopiedTile) block).copy(factor);
    return block;
  }

  @Override
  public ReadableLattice empty(Cells size, Cells tile) {
    return new JoinedTiles(lattices.shapes(), size, tile);
  }

  @Override
  public void place(ReadableLattice tile, ReadableLattice block, int[] at, int[] shift) {
    ((JoinedTiles) block).add(tile, shift[0], shift[1], shift[2]);
  }

  @Override
  public void finish(ReadableLattice block) {
    CompositionRepair.repair(
        (RepairableBlock) block, lattices.counts(block.shape().sites()), repair);
  }
}
