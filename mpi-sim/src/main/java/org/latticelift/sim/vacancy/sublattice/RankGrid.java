package org.latticelift.sim.vacancy.sublattice;

import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;

/**
 * How ranks share the blocks: a periodic grid of ranks, each with a box of whole blocks.
 *
 * @param px ranks along the first axis
 * @param py ranks along the second axis
 * @param pz ranks along the third axis
 */
public record RankGrid(int px, int py, int pz) {
  /**
   * The grid with the least surface; among equals the one with most ranks along the first axis,
   * whose parts are contiguous in files ({@code blocks}: the blocks to share); a grid in which
   * every rank owns at least one block.
   */
  public static RankGrid fitting(BlockGrid blocks, int ranks) {
    return find(blocks, ranks)
        .orElseThrow(
            () ->
                LatticeLiftException.badData(
                    ranks + " ranks cannot share " + blocks.blocks() + " blocks",
                    "--np",
                    "a number that divides into at most "
                        + blocks.along(0)
                        + " x "
                        + blocks.along(1)
                        + " x "
                        + blocks.along(2),
                    "Use fewer ranks, smaller blocks or a larger lattice"));
  }

  /** The same; empty if there is none. */
  static Optional<RankGrid> find(BlockGrid blocks, int ranks) {
    RankGrid best = null;
    double least = Double.POSITIVE_INFINITY;
    for (int px = Math.min(ranks, blocks.along(0)); px > 0; px--) {
      for (int py = Math.min(ranks / px, blocks.along(1)); ranks % px == 0 && py > 0; py--) {
        int pz = ranks / px / py;
        if (ranks / px % py == 0 && pz <= blocks.along(2)) {
          double surface = surface(blocks, px, py, pz);
          if (surface < least) {
            least = surface;
            best = new RankGrid(px, py, pz);
          }
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** Cells on the cuts through the lattice. */
  private static double surface(BlockGrid blocks, int px, int py, int pz) {
    double x = px > 1 ? (double) px * blocks.ny() * blocks.nz() : 0;
    double y = py > 1 ? (double) py * blocks.nx() * blocks.nz() : 0;
    double z = pz > 1 ? (double) pz * blocks.nx() * blocks.ny() : 0;
    return x + y + z;
  }

  /** Number of ranks. */
  public int ranks() {
    return px * py * pz;
  }

  /** Ranks along an axis ({@code axis}: 0 to 2); positive. */
  public int along(int axis) {
    return axis == 0 ? px : axis == 1 ? py : pz;
  }

  /** Where a rank stands ({@code rank}: 0 to ranks - 1; {@code axis}: 0 to 2). */
  public int position(int rank, int axis) {
    return axis == 0 ? rank / (py * pz) : axis == 1 ? rank / pz % py : rank % pz;
  }

  /**
   * The rank at a place of the periodic grid ({@code i}: index along the first axis, any integer).
   */
  public int rank(int i, int j, int k) {
    return (Math.floorMod(i, px) * py + Math.floorMod(j, py)) * pz + Math.floorMod(k, pz);
  }

  /**
   * The first block of a part of an axis; parts differ by one block at most ({@code part}: 0 to
   * parts, the last one meaning the end).
   */
  public static int firstBlock(int blocks, int parts, int part) {
    return (int) ((long) blocks * part / parts);
  }
}
