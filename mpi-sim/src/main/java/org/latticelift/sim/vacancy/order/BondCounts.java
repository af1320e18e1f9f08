package org.latticelift.sim.vacancy.order;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToIntFunction;
import org.latticelift.sim.kernel.FastestKernel;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.SiteOffset;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** Chooses how bonds are counted: by vectors where the Vector API is there, else one by one. */
public final class BondCounts {
  private static final Optional<BondArithmetic> VECTORS =
      FastestKernel.withVectors(BondArithmetic.class);

  private BondCounts() {}

  /**
   * The fastest way here ({@code shell}: number of the shell, 1 the nearest); the same counts as
   * the plain twin.
   */
  public static BondCount fastest(Crystal crystal, int shell, int species) {
    return fastest(PairCounter.forward(crystal, shell), species);
  }

  /**
   * The plain twin of the fastest way ({@code shell}: number of the shell, 1 the nearest); one bond
   * after the other.
   */
  public static BondCount plain(Crystal crystal, int shell) {
    return new PlainBondCount(PairCounter.forward(crystal, shell));
  }

  /** For the neighbours to which the sites of each basis position own bonds. */
  static BondCount fastest(List<List<SiteOffset>> forward, int species) {
    boolean fits = forward.stream().allMatch(f -> PaddedBondCount.fits(f.size()));
    return VECTORS
        .filter(arithmetic -> fits)
        .<BondCount>map(arithmetic -> new PaddedBondCount(forward, species, arithmetic))
        .orElseGet(() -> new PlainBondCount(forward));
  }

  /**
   * The plain twin of {@link PaddedBondCount}: one bond after the other. It reads two rows side by
   * side per forward neighbour: about 4 ns per site for the first shell of BCC; {@code
   * LatticeBenchmark} measures it.
   */
  static final class PlainBondCount implements BondCount {
    private final List<List<SiteOffset>> forward;

    /** For the neighbours to which the sites of each basis position own bonds. */
    PlainBondCount(List<List<SiteOffset>> forward) {
      this.forward = forward;
    }

    @Override
    public void add(Lattice lattice, CellBox box, long[] histogram) {
      for (int i = 0; i < box.nx(); i++) {
        int x = wrap(box.x() + i, lattice.nx());
        for (int b = 0; b < forward.size(); b++) {
          for (SiteOffset offset : forward.get(b)) {
            addPlane(lattice, box, x, b, offset, histogram);
          }
        }
      }
    }

    private static void addPlane(
        Lattice lattice, CellBox box, int x, int b, SiteOffset offset, long[] histogram) {
      int bases = lattice.crystal().basisCount();
      int nz = lattice.nz();
      byte[] owners = lattice.plane(x);
      byte[] others = lattice.plane(wrap(x + offset.dx(), lattice.nx()));
      for (int k = 0; k < box.ny(); k++) {
        int y = wrap(box.y() + k, lattice.ny());
        int ownRow = y * nz;
        int otherRow = wrap(y + offset.dy(), lattice.ny()) * nz;
        int z = box.z();
        for (int left = box.nz(); left > 0; ) {
          int other = wrap(z + offset.dz(), nz);
          int run = Math.min(left, nz - Math.max(z, other));
          count(
              owners,
              (ownRow + z) * bases + b,
              others,
              (otherRow + other) * bases + offset.basis(),
              bases,
              run,
              histogram);
          left -= run;
          z = wrap(z + run, nz);
        }
      }
    }

    private static void count(
        byte[] owners, int own, byte[] others, int other, int stride, int run, long[] histogram) {
      int i = own;
      int j = other;
      for (int n = 0; n < run; n++) {
        histogram[owners[i] * CODES + others[j]]++;
        i += stride;
        j += stride;
      }
    }

    private static int wrap(int i, int n) {
      if (i < 0) {
        return i + n;
      }
      return i >= n ? i - n : i;
    }
  }

  /**
   * Counts bonds block by block. A block of cells is copied with a margin, in which the periodic
   * images of its surroundings stand; then every neighbour of a site is a constant distance away
   * and a few loops over the whole block do the rest. Two species at a time are marked 1 and 16, so
   * that the sum over the neighbours of a site is the numbers of both in one byte; the sums of the
   * sites of each species are added up. Sites of the margin own nothing.
   *
   * <p>Cost per 64 sites of BCC with three species and vectors of 64 bytes: two passes of 8 loads
   * and additions for the sums and of three comparisons and additions for the totals, about 40
   * cycles in the first-level and second-level cache, and a quarter more for the margin; so about
   * 2e9 sites/s, at 1 byte per site far below the bandwidth of memory. {@code LatticeBenchmark}
   * measures it.
   */
  static final class PaddedBondCount implements BondCount {
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

    /** For the neighbours to which the sites of each basis position own bonds. */
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

  /**
   * A block of cells with its margin, as one array, and what is computed from it. Reused for blocks
   * of any size.
   */
  static final class PaddedBlock {
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
     * No block yet ({@code neighbours}: by basis position; {@code step}: bytes by which ranges may
     * be extended).
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

  /** How many cells neighbours lie outside of a block, before and after it along each axis. */
  record Margin(int x0, int x1, int y0, int y1, int z0, int z1) {
    static Margin of(List<List<SiteOffset>> neighbours) {
      return new Margin(
          before(neighbours, SiteOffset::dx),
          after(neighbours, SiteOffset::dx),
          before(neighbours, SiteOffset::dy),
          after(neighbours, SiteOffset::dy),
          before(neighbours, SiteOffset::dz),
          after(neighbours, SiteOffset::dz));
    }

    private static int before(List<List<SiteOffset>> neighbours, ToIntFunction<SiteOffset> axis) {
      return after(neighbours, offset -> -axis.applyAsInt(offset));
    }

    private static int after(List<List<SiteOffset>> neighbours, ToIntFunction<SiteOffset> axis) {
      return neighbours.stream().flatMap(List::stream).mapToInt(axis).reduce(0, Math::max);
    }
  }
}
