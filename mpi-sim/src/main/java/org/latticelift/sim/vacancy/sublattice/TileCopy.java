package org.latticelift.sim.vacancy.sublattice;

import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** Fills a share, halo included, with tiles. */
final class TileCopy {
  private final Domain domain;
  private final Lattice lattice;
  private final int[] tile;
  private final int basis;

  /**
   * Plans the copy.
   *
   * @param tile cells of a tile along the axes, divisors of the cells of the share's lattice
   */
  TileCopy(Share share, int[] tile) {
    this.domain = share.domain();
    this.lattice = share.lattice();
    this.tile = tile.clone();
    this.basis = lattice.crystal().basisCount();
  }

  /** Every tile is the same block, of which this is a piece. */
  void rectangle(int x, Domain of, byte[] codes) {
    for (int lx = 0; lx < lattice.nx(); lx++) {
      if (domain.global(lx, 0) % tile[0] == x) {
        byte[] plane = lattice.plane(lx);
        for (int ly = 0; ly < lattice.ny(); ly++) {
          int y = domain.global(ly, 1) % tile[1] - of.first(1);
          if (y >= 0 && y < of.own(1)) {
            row(plane, ly, codes, y, of);
          }
        }
      }
    }
  }

  private void row(byte[] plane, int ly, byte[] codes, int y, Domain of) {
    for (int lz = 0; lz < lattice.nz(); lz++) {
      int z = domain.global(lz, 2) % tile[2] - of.first(2);
      if (z >= 0 && z < of.own(2)) {
        int from = (y * of.own(2) + z) * basis;
        int to = (ly * lattice.nz() + lz) * basis;
        System.arraycopy(codes, from, plane, to, basis);
      }
    }
  }

  /**
   * Every tile is a small lattice, shifted if there are streams for it.
   *
   * @param seedsOrNull null for no shifts
   * @param task names the streams, together with the number of a tile
   */
  void small(Lattice small, Streams seedsOrNull, long... task) {
    int[] at = new int[3];
    for (int x = 0; x < lattice.nx(); x += step(x, 0)) {
      for (int y = 0; y < lattice.ny(); y += step(y, 1)) {
        for (int z = 0; z < lattice.nz(); z += step(z, 2)) {
          at[0] = x;
          at[1] = y;
          at[2] = z;
          piece(small, at, shift(at, seedsOrNull, task));
        }
      }
    }
  }

  /** Cells from here to the end of the tile, or of what is held. */
  private int step(int cell, int axis) {
    int rest = tile[axis] - domain.global(cell, axis) % tile[axis];
    return Math.min(rest, domain.local(axis) - cell);
  }

  private int[] shift(int[] at, Streams seedsOrNull, long... task) {
    int[] shift = new int[3];
    if (seedsOrNull != null) {
      long number = 0;
      for (int axis = 0; axis < 3; axis++) {
        long tiles = domain.blocks().cells(axis) / tile[axis];
        number = number * tiles + domain.global(at[axis], axis) / tile[axis];
      }
      long[] key = java.util.Arrays.copyOf(task, task.length + 1);
      key[task.length] = number;
      RandomStream stream = seedsOrNull.stream(Purpose.UPSAMPLE, key);
      for (int axis = 0; axis < 3; axis++) {
        shift[axis] = stream.below(tile[axis]);
      }
    }
    return shift;
  }

  private void piece(Lattice small, int[] at, int[] shift) {
    int nx = step(at[0], 0);
    int ny = step(at[1], 1);
    int nz = step(at[2], 2);
    for (int i = 0; i < nx; i++) {
      byte[] from = small.plane(source(at[0] + i, 0, shift));
      byte[] to = lattice.plane(at[0] + i);
      for (int j = 0; j < ny; j++) {
        int row = source(at[1] + j, 1, shift) * tile[2];
        int place = (at[1] + j) * lattice.nz() + at[2];
        for (int k = 0; k < nz; k++) {
          int cell = row + source(at[2] + k, 2, shift);
          System.arraycopy(from, cell * basis, to, (place + k) * basis, basis);
        }
      }
    }
  }

  private int source(int cell, int axis, int[] shift) {
    return Math.floorMod(domain.global(cell, axis) - shift[axis], tile[axis]);
  }
}
