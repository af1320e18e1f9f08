package org.latticelift.sim.vacancy.sublattice;

/** The blocks of one rank: their numbers, colours and corners. Own number: row-major in the box. */
final class OwnBlocks {
  private final Domain domain;
  private final int edge;
  private final int[] first = new int[3];
  private final int[] count = new int[3];
  private final int[][] ofColour = new int[BlockGrid.COLOURS][];

  OwnBlocks(Domain domain) {
    this.domain = domain;
    edge = domain.blocks().edge();
    for (int axis = 0; axis < 3; axis++) {
      first[axis] = domain.first(axis) / edge;
      count[axis] = domain.own(axis) / edge;
    }
    int[] size = new int[BlockGrid.COLOURS];
    for (int b = 0; b < number(); b++) {
      size[colour(b)]++;
    }
    for (int c = 0; c < BlockGrid.COLOURS; c++) {
      ofColour[c] = new int[size[c]];
    }
    java.util.Arrays.fill(size, 0);
    for (int b = 0; b < number(); b++) {
      ofColour[colour(b)][size[colour(b)]++] = b;
    }
  }

  int number() {
    return Math.toIntExact((long) count[0] * count[1] * count[2]);
  }

  /** Own blocks of a colour in row-major order. */
  int[] ofColour(int colour) {
    return ofColour[colour];
  }

  private int index(int block, int axis) {
    return axis == 0
        ? block / (count[1] * count[2])
        : axis == 1 ? block / count[2] % count[1] : block % count[2];
  }

  private int colour(int block) {
    return BlockGrid.colour(
        first[0] + index(block, 0), first[1] + index(block, 1), first[2] + index(block, 2));
  }

  /** Number of a block in the whole lattice, by which its stream is named. */
  long global(int block) {
    return domain
        .blocks()
        .block(first[0] + index(block, 0), first[1] + index(block, 1), first[2] + index(block, 2));
  }

  /** First local cell of a block. */
  int corner(int block, int axis) {
    return domain.halo(axis) + index(block, axis) * edge;
  }

  /** The own block with a local cell; the cell must be an own one. */
  int with(int x, int y, int z) {
    int i = (x - domain.halo(0)) / edge;
    int j = (y - domain.halo(1)) / edge;
    int k = (z - domain.halo(2)) / edge;
    return (i * count[1] + j) * count[2] + k;
  }
}
