package org.latticelift.sim.vacancy.lattice;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.crystal.SiteOffset;

/**
 * A periodic block of nx x ny x nz cells with one species code per site: 0 vacancy, 1 to 15 atoms.
 * Mutable state; one byte per site in one array per plane of constant x, so that a billion sites
 * need no array longer than a plane and no table grows with the lattice.
 */
public final class Lattice {
  /** Code of a vacancy. */
  public static final byte VACANCY = 0;

  private static final int CODES = 16;

  private final LatticeShape shape;
  private final Crystal crystal;
  private final int nx;
  private final int ny;
  private final int nz;
  private final int basis;
  private final byte[][] planes;
  private final EnvironmentGather[] gathers;

  /**
   * A lattice full of vacancies.
   *
   * @throws LatticeLiftException if an axis is so short that an environment would meet itself
   */
  public Lattice(Crystal crystal, int nx, int ny, int nz) {
    this(new LatticeShape(crystal, nx, ny, nz));
  }

  /** A lattice full of vacancies. */
  public Lattice(LatticeShape shape) {
    this(shape, new byte[shape.nx()][shape.ny() * shape.nz() * shape.crystal().basisCount()]);
  }

  private Lattice(LatticeShape shape, byte[][] planes) {
    this.shape = shape;
    this.planes = planes;
    crystal = shape.crystal();
    nx = shape.nx();
    ny = shape.ny();
    nz = shape.nz();
    basis = crystal.basisCount();
    gathers = shape.gathers();
  }

  /** An independent copy. */
  public Lattice copy() {
    byte[][] copies = new byte[nx][];
    Arrays.setAll(copies, x -> planes[x].clone());
    return new Lattice(shape, copies);
  }

  /** Takes over the content of a lattice of the same shape ({@code other}: not modified). */
  public void set(Lattice other) {
    for (int x = 0; x < nx; x++) {
      System.arraycopy(other.planes[x], 0, planes[x], 0, planes[x].length);
    }
  }

  /** Fewest cells per axis of a crystal; 5 for BCC. */
  public static int fewestCells(Crystal crystal) {
    int fewest = 1;
    for (int b = 0; b < crystal.basisCount(); b++) {
      EnvironmentGeometry environment = crystal.environment(b);
      for (int axis = 0; axis < 3; axis++) {
        double low = 0;
        double high = 0;
        for (int j = 0; j < environment.sites(); j++) {
          double f = crystal.spec().fractional(b, environment.offset(j))[axis];
          low = Math.min(low, f);
          high = Math.max(high, f);
        }
        fewest = Math.max(fewest, 1 + (int) Math.floor(high - low + 1e-9));
      }
    }
    return fewest;
  }

  /**
   * Crystal and size, for making more lattices like this one; shared by all lattices made of it and
   * their copies.
   */
  public LatticeShape shape() {
    return shape;
  }

  /** The crystal; not null. */
  public Crystal crystal() {
    return crystal;
  }

  /** Cells along the first axis; positive. */
  public int nx() {
    return nx;
  }

  /** Cells along the second axis; positive. */
  public int ny() {
    return ny;
  }

  /** Cells along the third axis; positive. */
  public int nz() {
    return nz;
  }

  /** Number of sites. */
  public long sites() {
    return shape.sites();
  }

  /**
   * Number of a site.
   *
   * @param x cell, 0 to nx - 1
   * @param y cell, 0 to ny - 1
   * @param z cell, 0 to nz - 1
   * @return ((x ny + y) nz + z) basis + b
   */
  public long index(int x, int y, int z, int b) {
    return SiteIndex.of(x, y, z, b, ny, nz, basis);
  }

  /** Species at a site. */
  public byte get(int x, int y, int z, int b) {
    return planes[x][(y * nz + z) * basis + b];
  }

  /** Sets the species of a site. */
  public void set(int x, int y, int z, int b, byte code) {
    planes[x][(y * nz + z) * basis + b] = code;
  }

  /** Species at a site. */
  public byte get(long site) {
    int x = planeOf(site);
    return planes[x][(int) (site - (long) x * planes[x].length)];
  }

  /** Sets the species of a site. */
  public void set(long site, byte code) {
    int x = planeOf(site);
    planes[x][(int) (site - (long) x * planes[x].length)] = code;
  }

  private int planeOf(long site) {
    return (int) (site / planes[0].length);
  }

  /** The codes of one plane, itself and not a copy: for input, output and counting. */
  public byte[] plane(int x) {
    return planes[x];
  }

  /** The site reached by a displacement, periodically. */
  public long neighbour(long site, SiteOffset offset) {
    long cell = site / basis;
    int z = (int) (cell % nz);
    long row = cell / nz;
    int y = (int) (row % ny);
    int x = (int) (row / ny);
    return index(
        Math.floorMod(x + offset.dx(), nx),
        Math.floorMod(y + offset.dy(), ny),
        Math.floorMod(z + offset.dz(), nz),
        offset.basis());
  }

  /**
   * The environment of a site in lab order ({@code environment}: filled with the codes of the
   * environment sites; {@code at}: first element to fill).
   */
  public void gather(int x, int y, int z, int b, byte[] environment, int at) {
    gathers[b].gather(planes, x, y, z, environment, at);
  }

  /** How many sites each species holds; 16 counts; index 0 counts vacancies. */
  public long[] counts() {
    long[] counts = new long[CODES];
    for (byte[] plane : planes) {
      CodeScan.count(plane, counts);
    }
    return counts;
  }

  /** All vacancies in site order; site numbers, ascending. */
  public long[] vacancies() {
    long[] found = new long[16];
    int n = 0;
    for (int x = 0; x < nx; x++) {
      byte[] plane = planes[x];
      for (int i = CodeScan.next(plane, VACANCY, 0);
          i < plane.length;
          i = CodeScan.next(plane, VACANCY, i + 1)) {
        if (n == found.length) {
          found = Arrays.copyOf(found, 2 * n);
        }
        found[n++] = (long) x * plane.length + i;
      }
    }
    return Arrays.copyOf(found, n);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Lattice lattice
        && crystal == lattice.crystal
        && ny == lattice.ny
        && nz == lattice.nz
        && Arrays.deepEquals(planes, lattice.planes);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(planes);
  }

  /**
   * What lattices of one crystal and size share: the size itself and the tables with which
   * environments are read. Building the tables costs up to a tenth of a millisecond, more than
   * filling a small lattice; who makes many lattices of one shape makes the shape once. Immutable.
   */
  public static final class LatticeShape {
    private final Crystal crystal;
    private final int nx;
    private final int ny;
    private final int nz;
    private final EnvironmentGather[] gathers;

    /**
     * A shape.
     *
     * @throws LatticeLiftException if an axis is so short that an environment would meet itself
     */
    public LatticeShape(Crystal crystal, int nx, int ny, int nz) {
      requireRoom(crystal, nx, ny, nz);
      this.crystal = crystal;
      this.nx = nx;
      this.ny = ny;
      this.nz = nz;
      this.gathers = EnvironmentGather.of(crystal, ny, nz);
    }

    private static void requireRoom(Crystal crystal, int nx, int ny, int nz) {
      int fewest = Lattice.fewestCells(crystal);
      if (Math.min(nx, Math.min(ny, nz)) < fewest) {
        throw LatticeLiftException.badData(
            "a lattice of " + nx + " x " + ny + " x " + nz + " cells is too small",
            "lattice",
            "at least " + fewest + " cells per axis, or an environment meets itself",
            "Enlarge the lattice");
      }
      if ((long) ny * nz * crystal.basisCount() > Integer.MAX_VALUE - 16) {
        throw LatticeLiftException.badData(
            "a plane of " + ny + " x " + nz + " cells has too many sites",
            "lattice",
            "up to 2^31 - 17 sites per plane",
            "Make the first axis the longest");
      }
    }

    /** The crystal; not null. */
    public Crystal crystal() {
      return crystal;
    }

    /** Cells along the first axis; positive. */
    public int nx() {
      return nx;
    }

    /** Cells along the second axis; positive. */
    public int ny() {
      return ny;
    }

    /** Cells along the third axis; positive. */
    public int nz() {
      return nz;
    }

    /** Number of sites. */
    public long sites() {
      return (long) nx * ny * nz * crystal.basisCount();
    }

    EnvironmentGather[] gathers() {
      return gathers;
    }
  }

  /**
   * Reads the environment of a site of one basis position, one run of sites in the same plane after
   * the other. Indices wrap near the rim of a plane, always in the same way at the same distance
   * from the rim; so a few tables, one for each pair of such distances and of interiors, hold where
   * the environment sites are. They do not grow with the lattice: 11 kB for the 25 pairs of BCC.
   * Cost for the 112 sites of BCC, two loads and a store each, measured by {@code
   * LatticeBenchmark}: 60 to 80 ns anywhere in the lattice.
   */
  static final class EnvironmentGather {
    private final int sites;
    private final int ny;
    private final int nz;
    private final int basis;

    /** Furthest in a plane, and how many distances from the rims differ per axis. */
    private final int reach;

    private final int kindsY;
    private final int kindsZ;

    /** First environment site of each run in one plane, and the plane from the centre. */
    private final int[] runStart;

    private final int[] runPlane;

    /** For each pair of kinds: from the place of the centre's cell to each environment site. */
    private final int[][] distance;

    private EnvironmentGather(EnvironmentGeometry g, int basis, int ny, int nz) {
      this.sites = g.sites();
      this.ny = ny;
      this.nz = nz;
      this.basis = basis;
      reach =
          IntStream.range(0, sites)
              .map(j -> Math.max(Math.abs(g.dy(j)), Math.abs(g.dz(j))))
              .max()
              .orElse(0);
      kindsY = Math.min(ny, 2 * reach + 1);
      kindsZ = Math.min(nz, 2 * reach + 1);
      int[] starts =
          IntStream.range(0, sites).filter(j -> j == 0 || g.dx(j) != g.dx(j - 1)).toArray();
      runPlane = Arrays.stream(starts).map(g::dx).toArray();
      runStart = Arrays.copyOf(starts, starts.length + 1);
      runStart[starts.length] = sites;
      distance = new int[kindsY * kindsZ][];
      for (int kind = 0; kind < distance.length; kind++) {
        distance[kind] = distances(g, kind / kindsZ, kind % kindsZ);
      }
    }

    private int[] distances(EnvironmentGeometry g, int kindY, int kindZ) {
      int y = example(kindY, ny, kindsY);
      int z = example(kindZ, nz, kindsZ);
      int[] result = new int[sites];
      for (int j = 0; j < sites; j++) {
        int toY = wrap(y + g.dy(j), ny);
        int toZ = wrap(z + g.dz(j), nz);
        result[j] = ((toY - y) * nz + toZ - z) * basis + g.basis(j);
      }
      return result;
    }

    /** The kind of an index: itself near the first, from the end near the last, else reach. */
    private int kind(int i, int n, int kinds) {
      if (i < reach) {
        return i;
      }
      return n - i <= reach ? kinds - (n - i) : reach;
    }

    private int example(int kind, int n, int kinds) {
      return kind <= reach ? kind : n - (kinds - kind);
    }

    static EnvironmentGather[] of(Crystal crystal, int ny, int nz) {
      EnvironmentGather[] result = new EnvironmentGather[crystal.basisCount()];
      for (int b = 0; b < result.length; b++) {
        result[b] = new EnvironmentGather(crystal.environment(b), result.length, ny, nz);
      }
      return result;
    }

    void gather(byte[][] planes, int x, int y, int z, byte[] environment, int at) {
      int[] from = distance[kind(y, ny, kindsY) * kindsZ + kind(z, nz, kindsZ)];
      int cell = (y * nz + z) * basis;
      int nx = planes.length;
      for (int run = 0; run < runPlane.length; run++) {
        byte[] codes = planes[wrap(x + runPlane[run], nx)];
        int end = runStart[run + 1];
        for (int j = runStart[run]; j < end; j++) {
          environment[at + j] = codes[cell + from[j]];
        }
      }
    }

    private static int wrap(int i, int n) {
      if (i < 0) {
        return i + n;
      }
      return i >= n ? i - n : i;
    }
  }
}
