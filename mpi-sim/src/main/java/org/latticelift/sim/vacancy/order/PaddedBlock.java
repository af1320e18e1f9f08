package org.latticelift.sim.vacancy.order;

import java.util.Arrays;
import java.util.List;
import org.latticelift.sim.vacancy.crystal.SiteOffset;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * A block of cells with its margin, as one array, and what is computed from it. Reused for blocks
 * of any size.
 */
final class PaddedBlock {
  /** Runs of fewer bytes are copied one by one: a call costs more. */
  private static final int SHORT_RUN = 8;

  private final List<List<SiteOffset>> neighbours;
  private final Margin margin;
  private final int basis;
  private final int step;
  private int nx;
  private int ny;
  private int nz;
  private int rows;
  private int rowBytes;

  /** First site of the block, after its last site, and the length of the block with margin. */
  int from;

  int to;
  int length;

  /** Species codes, the margin included. */
  byte[] codes = {};

  byte[] marks = {};
  byte[] sums = {};

  /** See {@link BondArithmetic#sum}. */
  final int[][] shifts;

  final byte[][] owners;

  /**
   * No block yet.
   *
   * @param neighbours by basis position
   * @param step bytes by which ranges may be extended
   */
  PaddedBlock(List<List<SiteOffset>> neighbours, Margin margin, int step) {
    this.neighbours = neighbours;
    this.margin = margin;
    this.step = step;
    basis = neighbours.size();
    shifts = new int[basis][];
    owners = new byte[basis][0];
  }

  /** Makes room for blocks of a size. */
  void resize(int x, int y, int z) {
    if (x == nx && y == ny && z == nz) {
      return;
    }
    nx = x;
    ny = y;
    nz = z;
    rows = ny + margin.y0() + margin.y1();
    rowBytes = (nz + margin.z0() + margin.z1()) * basis;
    length = basis + (nx + margin.x0() + margin.x1()) * rows * rowBytes;
    from = at(0, 0);
    to = at(nx - 1, ny - 1) + nz * basis;
    if (codes.length < length + 2 * step) {
      codes = new byte[length + 2 * step];
      marks = new byte[codes.length];
      sums = new byte[codes.length];
    }
    for (int b = 0; b < basis; b++) {
      int own = b;
      shifts[b] = neighbours.get(b).stream().mapToInt(offset -> shift(own, offset)).toArray();
      owners[b] = owners[b].length < codes.length ? new byte[codes.length] : owners[b];
      markOwners(owners[b], b);
    }
  }

  private int shift(int b, SiteOffset offset) {
    int row = offset.dx() * rows + offset.dy();
    return row * rowBytes + offset.dz() * basis + offset.basis() - b;
  }

  private void markOwners(byte[] mask, int b) {
    Arrays.fill(mask, (byte) 0);
    for (int x = 0; x < nx; x++) {
      for (int y = 0; y < ny; y++) {
        int row = at(x, y);
        for (int i = row + b; i < row + nz * basis; i += basis) {
          mask[i] = -1;
        }
      }
    }
  }

  /** Where the row (x, y) of the block begins, counted without the margin. */
  private int at(int x, int y) {
    int row = (x + margin.x0()) * rows + y + margin.y0();
    return basis + row * rowBytes + margin.z0() * basis;
  }

  /** Takes over cells of a periodic lattice, the first of them at (x0, y0, z0). */
  void load(Lattice lattice, int x0, int y0, int z0) {
    for (int x = -margin.x0(); x < nx + margin.x1(); x++) {
      byte[] plane = lattice.plane(Math.floorMod(x0 + x, lattice.nx()));
      int row = Math.floorMod(y0 - margin.y0(), lattice.ny());
      for (int y = -margin.y0(); y < ny + margin.y1(); y++) {
        loadRow(plane, row * lattice.nz(), lattice.nz(), z0, at(x, y));
        row = row + 1 == lattice.ny() ? 0 : row + 1;
      }
    }
  }

  private void loadRow(byte[] plane, int row, int period, int first, int at) {
    int z = Math.floorMod(first - margin.z0(), period);
    int to = at - margin.z0() * basis;
    for (int left = rowBytes / basis; left > 0; ) {
      int run = Math.min(left, period - z);
      copy(plane, (row + z) * basis, to, run * basis);
      to += run * basis;
      left -= run;
      z = 0;
    }
  }

  private void copy(byte[] plane, int source, int to, int bytes) {
    if (bytes < SHORT_RUN) {
      for (int i = 0; i < bytes; i++) {
        codes[to + i] = plane[source + i];
      }
    } else {
      System.arraycopy(plane, source, codes, to, bytes);
    }
  }
}
