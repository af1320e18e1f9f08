package org.latticelift.sim.vacancy.order;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.latticelift.sim.vacancy.crystal.SiteOffset;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Counts bonds block by block. A block of cells is copied with a margin, in which the periodic
 * images of its surroundings stand; then every neighbour of a site is a constant distance away and
 * a few loops over the whole block do the rest. Two species at a time are marked 1 and 16, so that
 * the sum over the neighbours of a site is the numbers of both in one byte; the sums of the sites
 * of each species are added up. Sites of the margin own nothing.
 *
 * <p>Cost per 64 sites of BCC with three species and vectors of 64 bytes: two passes of 8 loads and
 * additions for the sums and of three comparisons and additions for the totals, about 40 cycles in
 * the first-level and second-level cache, and a quarter more for the margin; so about 2e9 sites/s,
 * at 1 byte per site far below the bandwidth of memory. {@code LatticeBenchmark} measures it.
 */
final class PaddedBondCount implements BondCount {
  /** Cells per axis of a block: long rows are copied faster, and all arrays stay in the cache. */
  private static final int BLOCK = 16;

  private static final int BLOCK_Z = 64;
  private static final int MOST_NEIGHBOURS = 15;
  private static final int BEGIN = 0;
  private static final int END = 1;
  private static final int SIZE = 2;

  private final List<List<SiteOffset>> forward;
  private final int species;
  private final BondArithmetic arithmetic;
  private final Margin margin;

  /** Blocks that no thread is using. */
  private final Queue<PaddedBlock> idle = new ConcurrentLinkedQueue<>();

  /**
   * For the neighbours to which the sites of each basis position own bonds.
   *
   * @param species number of species
   */
  PaddedBondCount(List<List<SiteOffset>> forward, int species, BondArithmetic arithmetic) {
    this.forward = forward;
    this.species = species;
    this.arithmetic = arithmetic;
    margin = Margin.of(forward);
  }

  /** Whether a byte has room for two sums over this many neighbours. */
  static boolean fits(int neighbours) {
    return neighbours > 0 && neighbours <= MOST_NEIGHBOURS;
  }

  @Override
  public void add(Lattice lattice, CellBox box, long[] histogram) {
    PaddedBlock block = idle.poll();
    if (block == null) {
      block = new PaddedBlock(forward, margin, arithmetic.step());
    }
    for (int[] x : runs(box.nx(), BLOCK)) {
      for (int[] y : runs(box.ny(), BLOCK)) {
        for (int[] z : runs(box.nz(), BLOCK_Z)) {
          block.resize(x[SIZE], y[SIZE], z[SIZE]);
          addBlocks(lattice, box, x, y, z, block, histogram);
        }
      }
    }
    idle.offer(block);
  }

  /** Begin, end and size of the blocks along an axis: whole ones, and the rest. */
  private static int[][] runs(int cells, int size) {
    int whole = cells - cells % size;
    int[] blocks = {0, whole, size};
    int[] rest = {whole, cells, cells - whole};
    return whole == cells
        ? new int[][] {blocks}
        : whole == 0 ? new int[][] {rest} : new int[][] {blocks, rest};
  }

  private void addBlocks(
      Lattice lattice,
      CellBox box,
      int[] xs,
      int[] ys,
      int[] zs,
      PaddedBlock block,
      long[] histogram) {
    for (int x = xs[BEGIN]; x < xs[END]; x += xs[SIZE]) {
      for (int y = ys[BEGIN]; y < ys[END]; y += ys[SIZE]) {
        for (int z = zs[BEGIN]; z < zs[END]; z += zs[SIZE]) {
          block.load(lattice, box.x() + x, box.y() + y, box.z() + z);
          count(block, histogram);
        }
      }
    }
  }

  private void count(PaddedBlock block, long[] histogram) {
    for (int first = 1; first <= species; first += 2) {
      arithmetic.mark(block.codes, 0, block.length, first, first + 1, block.marks);
      arithmetic.sum(block.marks, block.from, block.to, block.shifts, block.owners, block.sums);
      for (int owner = 1; owner <= species; owner++) {
        long total = arithmetic.total(block.codes, block.sums, block.from, block.to, owner);
        histogram[owner * CODES + first] += total & 0xffffffffL;
        if (first < species) {
          histogram[owner * CODES + first + 1] += total >>> 32;
        }
      }
    }
  }
}
