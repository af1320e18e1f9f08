package org.latticelift.sim.vacancy.hamiltonian;

import java.util.Arrays;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Cells of a lattice as exchanges of sites need them: one flat array with a rim, so that every
 * neighbour of a site is a constant distance away. Along an axis that it takes up whole, the rim
 * holds periodic images and follows the sites; along others it holds the surroundings, which stay.
 * States of one size are copied in and out. Serves one thread.
 *
 * <p>Sites are numbered within the block, ((x ny + y) nz + z) basis + b, as in a lattice of its
 * size. Memory: 9 bytes per site and 5 per site of the rim. A sum over the 58 neighbours of five
 * shells of bcc is three loads and an addition each, about 20 ns.
 */
public final class ExchangeLattice {
  /** Codes of kinds; rows of tables over codes are so long. */
  public static final int CODES = 16;

  private static final int NONE = -1;

  private final Crystal crystal;
  private final int[] size;
  private final int[] period;
  private final int basis;
  private final int rim;
  private final int rowSites;
  private final int rowsPerPlane;
  private final byte[] codes;

  /** Where sites are in the array. */
  private final int[] place;

  /** The next image of the same site in the array. */
  private final int[] image;

  /** Distances to neighbours for each basis position, shell after shell, and where shells end. */
  private final int[][] distance;

  private final int[][] end;

  /** Where the shell of each neighbour begins in tables over shells and kinds. */
  private final int[][] row;

  /** Room for whole lattices ({@code lattice}: of their shape; not kept). */
  public ExchangeLattice(Lattice lattice, int shells) {
    this(lattice, lattice.nx(), lattice.ny(), lattice.nz(), shells);
  }

  /**
   * Room for blocks of lattices ({@code lattice}: of the shape of the lattices; not kept; {@code
   * nx}: cells of a block along the first axis, at most those of the lattice).
   */
  public ExchangeLattice(Lattice lattice, int nx, int ny, int nz, int shells) {
    crystal = lattice.crystal();
    size = new int[] {nx, ny, nz};
    period = new int[] {lattice.nx(), lattice.ny(), lattice.nz()};
    basis = crystal.basisCount();
    rim = rim(crystal, shells);
    rowSites = (nz + 2 * rim) * basis;
    rowsPerPlane = ny + 2 * rim;
    codes = new byte[Math.multiplyExact(Math.multiplyExact(nx + 2 * rim, rowsPerPlane), rowSites)];
    place = new int[Math.multiplyExact(nx * ny, nz * basis)];
    image = new int[codes.length];
    distance = new int[basis][];
    end = new int[basis][shells];
    row = new int[basis][];
    for (int b = 0; b < basis; b++) {
      layNeighbours(crystal.environment(b), b, shells);
    }
    laySites();
  }

  private static int rim(Crystal crystal, int shells) {
    int reach = 0;
    for (int b = 0; b < crystal.basisCount(); b++) {
      EnvironmentGeometry g = crystal.environment(b);
      if (shells < 1 || shells > g.shellCount()) {
        throw new IllegalArgumentException(shells + " shells of " + g.shellCount());
      }
      for (int j = 0; j < g.sites(); j++) {
        if (g.shellOf(j) <= shells) {
          reach = Math.max(reach, Math.abs(g.dx(j)));
          reach = Math.max(reach, Math.abs(g.dy(j)));
          reach = Math.max(reach, Math.abs(g.dz(j)));
        }
      }
    }
    return reach;
  }

  private void layNeighbours(EnvironmentGeometry g, int b, int shells) {
    int[] found = new int[g.sites()];
    int n = 0;
    for (int s = 0; s < shells; s++) {
      for (int j = 0; j < g.sites(); j++) {
        if (g.shellOf(j) == s + 1) {
          int rows = g.dx(j) * rowsPerPlane + g.dy(j);
          found[n++] = rows * rowSites + g.dz(j) * basis + g.basis(j) - b;
        }
      }
      end[b][s] = n;
    }
    distance[b] = Arrays.copyOf(found, n);
    row[b] = new int[n];
    for (int s = 0; s < shells; s++) {
      Arrays.fill(row[b], s == 0 ? 0 : end[b][s - 1], end[b][s], s * CODES);
    }
  }

  private void laySites() {
    Arrays.fill(image, NONE);
    for (int site = 0; site < place.length; site++) {
      int cell = site / basis;
      int z = cell % size[2];
      int y = cell / size[2] % size[1];
      place[site] = index(cell / size[2] / size[1], y, z) + site % basis;
    }
    for (int x = -rim; x < size[0] + rim; x++) {
      for (int y = -rim; y < size[1] + rim; y++) {
        for (int z = -rim; z < size[2] + rim; z++) {
          joinImage(x, y, z);
        }
      }
    }
  }

  /** Cells of the rim that are images of cells of the block join the chains of these. */
  private void joinImage(int x, int y, int z) {
    int ox = own(x, 0);
    int oy = own(y, 1);
    int oz = own(z, 2);
    boolean itself = ox == x && oy == y && oz == z;
    if (itself || ox < 0 || oy < 0 || oz < 0) {
      return;
    }
    int from = index(ox, oy, oz);
    int to = index(x, y, z);
    for (int b = 0; b < basis; b++) {
      image[to + b] = image[from + b];
      image[from + b] = to + b;
    }
  }

  /** The cell of the block that a cell is an image of, or -1 where it is of the surroundings. */
  private int own(int i, int axis) {
    if (i >= 0 && i < size[axis]) {
      return i;
    }
    return size[axis] == period[axis] ? Math.floorMod(i, period[axis]) : NONE;
  }

  private int index(int x, int y, int z) {
    return ((x + rim) * rowsPerPlane + y + rim) * rowSites + (z + rim) * basis;
  }

  /** Number of sites; those of the block, without the rim. */
  public int sites() {
    return place.length;
  }

  /** Takes over a whole lattice ({@code lattice}: of the shape that was given; not modified). */
  public void load(Lattice lattice) {
    load(lattice, 0, 0, 0);
  }

  /**
   * Takes over a block and its surroundings ({@code lattice}: of the shape that was given; not
   * modified).
   */
  public void load(Lattice lattice, int x0, int y0, int z0) {
    requireShape(lattice);
    for (int x = -rim; x < size[0] + rim; x++) {
      byte[] plane = lattice.plane(Math.floorMod(x0 + x, period[0]));
      for (int y = -rim; y < size[1] + rim; y++) {
        int row = Math.floorMod(y0 + y, period[1]) * period[2];
        for (int z = -rim; z < size[2] + rim; ) {
          int from = Math.floorMod(z0 + z, period[2]);
          int run = Math.min(period[2] - from, size[2] + rim - z);
          System.arraycopy(plane, (row + from) * basis, codes, index(x, y, z), run * basis);
          z += run;
        }
      }
    }
  }

  /** Copies a whole lattice back ({@code lattice}: of the shape that was given; changed). */
  public void store(Lattice lattice) {
    store(lattice, 0, 0, 0);
  }

  /**
   * Copies the sites of the block back, without the rim ({@code lattice}: of the shape that was
   * given; changed).
   */
  public void store(Lattice lattice, int x0, int y0, int z0) {
    requireShape(lattice);
    for (int x = 0; x < size[0]; x++) {
      byte[] plane = lattice.plane(Math.floorMod(x0 + x, period[0]));
      for (int y = 0; y < size[1]; y++) {
        int row = Math.floorMod(y0 + y, period[1]) * period[2];
        for (int z = 0; z < size[2]; ) {
          int to = Math.floorMod(z0 + z, period[2]);
          int run = Math.min(period[2] - to, size[2] - z);
          System.arraycopy(codes, index(x, y, z), plane, (row + to) * basis, run * basis);
          z += run;
        }
      }
    }
  }

  private void requireShape(Lattice lattice) {
    if (lattice.crystal() != crystal
        || lattice.nx() != period[0]
        || lattice.ny() != period[1]
        || lattice.nz() != period[2]) {
      throw new IllegalArgumentException("a lattice of another shape");
    }
  }

  /** The kind of a site. */
  public byte get(int site) {
    return codes[place[site]];
  }

  /** Sets the kind of a site and of its images. */
  public void set(int site, byte code) {
    for (int p = place[site]; p != NONE; p = image[p]) {
      codes[p] = code;
    }
  }

  /**
   * The kinds around a site.
   *
   * @param counts how many neighbours of each kind each shell has, by {@code CODES (shell - 1) +
   *     kind}; replaced
   */
  public void neighbours(int site, int shells, int[] counts) {
    int at = place[site];
    int b = basisOf(site);
    int[] far = distance[b];
    Arrays.fill(counts, 0, shells * CODES, 0);
    int j = 0;
    for (int s = 0; s < shells; s++) {
      for (; j < end[b][s]; j++) {
        counts[s * CODES + codes[at + far[j]]]++;
      }
    }
  }

  /**
   * Sums a table over the neighbours of a site.
   *
   * @param table by {@code CODES (shell - 1) + kind}, for all shells
   */
  int sum(int site, int[] table) {
    int at = place[site];
    int b = basisOf(site);
    int[] far = distance[b];
    int[] from = row[b];
    int sum = 0;
    for (int j = 0; j < far.length && j < from.length; j++) {
      sum += table[from[j] + codes[at + far[j]]];
    }
    return sum;
  }

  private int basisOf(int site) {
    return (basis & basis - 1) == 0 ? site & basis - 1 : site % basis;
  }
}
