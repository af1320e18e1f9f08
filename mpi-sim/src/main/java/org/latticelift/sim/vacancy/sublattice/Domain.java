package org.latticelift.sim.vacancy.sublattice;

import org.latticelift.io.error.LatticeLiftException;

/**
 * The box of cells that one rank owns, and its place in the rank's lattice, which is larger by a
 * halo on both sides of every axis. Local cells count from the corner of the halo.
 */
public final class Domain {
  private final BlockGrid blocks;
  private final RankGrid ranks;
  private final int rank;
  private final int[] halo;
  private final int[] first = new int[3];
  private final int[] own = new int[3];

  /**
   * The part of a rank. Its halo is what a block at the border reads: two cells beyond a hop that
   * leaves the margin of the block; 5 cells for blocks with the widest margin.
   */
  public Domain(BlockGrid blocks, RankGrid ranks, int rank) {
    this(blocks, ranks, rank, sight(blocks));
  }

  private Domain(BlockGrid blocks, RankGrid ranks, int rank, int[] halo) {
    this.blocks = blocks;
    this.ranks = ranks;
    this.rank = rank;
    this.halo = halo;
    for (int axis = 0; axis < 3; axis++) {
      first[axis] = start(axis, ranks.position(rank, axis));
      own[axis] = start(axis, ranks.position(rank, axis) + 1) - first[axis];
      if (ranks.along(axis) > 1 && own[axis] <= tooFew(axis)) {
        throw LatticeLiftException.badData(
            "a rank would own " + own[axis] + " cells along an axis",
            "direct.parallel.block_cells",
            "more than " + tooFew(axis) + " cells per rank and axis",
            "Use fewer ranks or larger blocks");
      }
    }
  }

  /** With so few cells a rank would see what a neighbour of its neighbour changes. */
  private int tooFew(int axis) {
    return halo[axis] + blocks.margin();
  }

  private int start(int axis, int part) {
    return RankGrid.firstBlock(blocks.along(axis), ranks.along(axis), part) * blocks.edge();
  }

  private static int[] sight(BlockGrid blocks) {
    int cells = BlockGrid.LEAST_EDGE + blocks.margin();
    return new int[] {cells, cells, cells};
  }

  /**
   * The part of a rank with a halo along those axes only that several ranks share; along the others
   * its lattice is periodic.
   */
  static Domain divided(BlockGrid blocks, RankGrid ranks, int rank, int cells) {
    int[] halo = new int[3];
    for (int axis = 0; axis < halo.length; axis++) {
      halo[axis] = ranks.along(axis) > 1 ? cells : 0;
    }
    return new Domain(blocks, ranks, rank, halo);
  }

  /** Cells of halo on both sides ({@code axis}: 0 to 2); not negative. */
  public int halo(int axis) {
    return halo[axis];
  }

  /** The grid of blocks. */
  public BlockGrid blocks() {
    return blocks;
  }

  /** The grid of ranks. */
  public RankGrid ranks() {
    return ranks;
  }

  /** Whose part this is. */
  public int rank() {
    return rank;
  }

  /** First own cell in the whole lattice ({@code axis}: 0 to 2). */
  public int first(int axis) {
    return first[axis];
  }

  /** Own cells along an axis ({@code axis}: 0 to 2); positive. */
  public int own(int axis) {
    return own[axis];
  }

  /** Cells of the rank's lattice along an axis, halo included ({@code axis}: 0 to 2). */
  public int local(int axis) {
    return own[axis] + 2 * halo[axis];
  }

  /**
   * Whether no other rank holds an own cell along this axis ({@code axis}: 0 to 2); false in the
   * halo, and in what is the halo of a neighbour.
   */
  boolean unseen(int cell, int axis) {
    return cell >= 2 * halo[axis] && cell < own[axis];
  }

  /** Whether a local cell is an own one. */
  public boolean owns(int x, int y, int z) {
    return within(x, 0) && within(y, 1) && within(z, 2);
  }

  private boolean within(int cell, int axis) {
    return cell >= halo[axis] && cell < halo[axis] + own[axis];
  }

  /**
   * The place of a local cell in the whole lattice ({@code axis}: 0 to 2); global cell, wrapped.
   */
  public int global(int cell, int axis) {
    return Math.floorMod(first[axis] + cell - halo[axis], blocks.cells(axis));
  }

  /**
   * The rank next door.
   *
   * @param dx -1, 0 or 1
   * @param dy -1, 0 or 1
   * @param dz -1, 0 or 1
   * @return a rank, perhaps this one
   */
  public int neighbour(int dx, int dy, int dz) {
    return ranks.rank(
        ranks.position(rank, 0) + dx, ranks.position(rank, 1) + dy, ranks.position(rank, 2) + dz);
  }

  /**
   * The part of the rank next door.
   *
   * @param dx -1, 0 or 1
   * @param dy -1, 0 or 1
   * @param dz -1, 0 or 1
   */
  public Domain next(int dx, int dy, int dz) {
    return of(neighbour(dx, dy, dz));
  }

  /** The part of another rank; its domain, with the same halo. */
  public Domain of(int other) {
    return new Domain(blocks, ranks, other, halo);
  }
}
