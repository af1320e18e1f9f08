package org.latticelift.sim.systems.spins;

import java.util.Arrays;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates.SiteClass;

/**
 * Spins on a periodic square lattice with the class of every site and the number of sites per
 * class, from which magnetisation and domain walls follow as integers (IS-30). One byte per site,
 * row by row. Frozen sites never flip; what they count they count as any site.
 */
public final class SpinLattice implements SquareSpins {
  /** The smallest side on which the four neighbours of a site are different sites. */
  public static final int SMALLEST_SIDE = 3;

  private static final int LARGEST_SIDE = 1 << 15;

  private final int side;
  private final byte[] code;
  private final long[] count = new long[SiteClass.CODES];

  /** All spins down ({@code side}: sites per row, 3 to 32768). */
  public SpinLattice(int side) {
    if (side < SMALLEST_SIDE || side > LARGEST_SIDE) {
      throw LatticeLiftException.badData(
          "an Ising lattice of side " + side,
          "lattice",
          SMALLEST_SIDE + " to " + LARGEST_SIDE,
          "Correct the size");
    }
    this.side = side;
    code = new byte[side * side];
    count[0] = code.length;
  }

  /** Given spins ({@code spins}: +1 or -1, row by row; not kept); a new lattice. */
  public static SpinLattice of(byte[] spins) {
    int side = (int) Math.round(Math.sqrt(spins.length));
    if (side * side != spins.length) {
      throw new IllegalArgumentException(spins.length + " spins are not a square");
    }
    SpinLattice lattice = new SpinLattice(side);
    lattice.set(spins);
    return lattice;
  }

  /** Sets all spins; every site may flip ({@code spins}: +1 or -1, row by row; not kept). */
  public void set(byte[] spins) {
    for (int site = 0; site < code.length; site++) {
      code[site] = (byte) (spins[site] > 0 ? SiteClass.UP : 0);
    }
    classify();
  }

  /** Counts up neighbours and sites per class anew; only spins and frozen marks are read. */
  private void classify() {
    Arrays.fill(count, 0);
    int last = code.length - side;
    for (int row = 0; row <= last; row += side) {
      int above = row == 0 ? last : row - side;
      int below = row == last ? 0 : row + side;
      for (int column = 0; column < side; column++) {
        int left = column == 0 ? side - 1 : column - 1;
        int right = column == side - 1 ? 0 : column + 1;
        int up =
            (code[above + column] & SiteClass.UP)
                + (code[below + column] & SiteClass.UP)
                + (code[row + left] & SiteClass.UP)
                + (code[row + right] & SiteClass.UP);
        int fixed = code[row + column] & (SiteClass.UP | SiteClass.FROZEN);
        code[row + column] = (byte) (fixed | up / SiteClass.UP);
        count[code[row + column]]++;
      }
    }
  }

  /**
   * A neighbour.
   *
   * @param site number of a site
   * @param axis 0 for the row above or below, 1 within the row
   * @param step +1 or -1
   * @return its site number
   */
  public int neighbour(int site, int axis, int step) {
    int row = site / side;
    int column = site % side;
    return axis == 0
        ? Math.floorMod(row + step, side) * side + column
        : row * side + Math.floorMod(column + step, side);
  }

  /**
   * The neighbours of all sites, for kernels that work on plain spins; four of each site, in the
   * order of {@link #neighbour}.
   */
  int[] neighbours() {
    int[] all = new int[4 * code.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = neighbour(i / 4, i / 2 % 2, 2 * (i % 2) - 1);
    }
    return all;
  }

  /** Flips one spin ({@code site}: not frozen). */
  public void flip(int site) {
    int own = code[site];
    int step = SiteClass.step(own);
    int column = site % side;
    int last = code.length - side;
    change(site, own ^ SiteClass.UP);
    shift(column == 0 ? site + side - 1 : site - 1, step);
    shift(column == side - 1 ? site - side + 1 : site + 1, step);
    shift(site < side ? site + last : site - side, step);
    shift(site >= last ? site - last : site + side, step);
  }

  private void shift(int site, int step) {
    change(site, code[site] + step);
  }

  private void change(int site, int to) {
    count[code[site]]--;
    code[site] = (byte) to;
    count[to]++;
  }

  /** Freezes a site for good ({@code site}: its number). */
  public void freeze(int site) {
    if (!SiteClass.isFrozen(code[site])) {
      change(site, code[site] | SiteClass.FROZEN);
    }
  }

  @Override
  public int side() {
    return side;
  }

  /** Number of sites; side squared. */
  public int sites() {
    return code.length;
  }

  @Override
  public int spin(int site) {
    return SiteClass.isUp(code[site]) ? 1 : -1;
  }

  @Override
  public byte[] spins() {
    byte[] spins = new byte[code.length];
    for (int site = 0; site < spins.length; site++) {
      spins[site] = (byte) spin(site);
    }
    return spins;
  }

  /** Sum of all spins, from the counts; up minus down. */
  public long magnetisation() {
    long sum = 0;
    for (int c = 0; c < SiteClass.CODES; c++) {
      sum += SiteClass.isUp(c) ? count[c] : -count[c];
    }
    return sum;
  }

  /**
   * Bonds between unequal spins, from the counts: each is a down neighbour of one up site; 0 to
   * twice the number of sites.
   */
  public long walls() {
    long sum = 0;
    for (int c = 0; c < SiteClass.CODES; c++) {
      if (SiteClass.isUp(c)) {
        sum += count[c] * (SiteClass.NEIGHBOURS - SiteClass.upNeighbours(c));
      }
    }
    return sum;
  }

  /** Magnetisation per site (Eq. 24); -1 to 1. */
  public double meanSpin() {
    return (double) magnetisation() / code.length;
  }

  /** Domain-wall density (Eq. 24, IS-30); walls per bond times 1, that is walls / (2 n). */
  public double wallDensity() {
    return walls() / (2.0 * code.length);
  }

  /** A copy; equal and independent. */
  public SpinLattice copy() {
    SpinLattice copy = new SpinLattice(side);
    copy.set(this);
    return copy;
  }

  /** Takes over another lattice ({@code other}: of the same side; not modified). */
  public void set(SpinLattice other) {
    System.arraycopy(other.code, 0, code, 0, code.length);
    System.arraycopy(other.count, 0, count, 0, count.length);
  }

  /** The classes of all sites, as simulators change them. */
  byte[] codes() {
    return code;
  }

  /** Sites per class, as simulators change them. */
  long[] counts() {
    return count;
  }

  /** The flip rate of every class, w = 1/(1 + exp(dH/T)) (IS-03, ME-84); k_B = 1, J = 1. */
  public static final class GlauberRates {
    private static final double WHOLE = 0x1p63;

    private final double temperature;
    private final double field;
    private final double[] rate = new double[SiteClass.CODES];
    private final long[] threshold = new long[SiteClass.CODES];
    private final double largest;

    /**
     * For a temperature and a field ({@code temperature}: T in units of J, positive; {@code field}:
     * h in units of J).
     */
    public GlauberRates(double temperature, double field) {
      if (!(temperature > 0) || Double.isInfinite(temperature) || !Double.isFinite(field)) {
        throw LatticeLiftException.badData(
            "temperature " + temperature + " with field " + field,
            "Ising model",
            "a positive temperature and a finite field",
            "Correct the values");
      }
      this.temperature = temperature;
      this.field = field;
      double most = 0;
      for (int c = 0; c < SiteClass.FROZEN; c++) {
        if (SiteClass.upNeighbours(c) <= SiteClass.NEIGHBOURS) {
          rate[c] = 1 / (1 + StrictMath.exp(energyChange(c) / temperature));
          most = Math.max(most, rate[c]);
        }
      }
      largest = most;
      for (int c = 0; c < SiteClass.FROZEN; c++) {
        threshold[c] = (long) (rate[c] / largest * WHOLE);
      }
    }

    /** 2 s (sum of the neighbours + h). */
    private double energyChange(int code) {
      int neighbours = 2 * SiteClass.upNeighbours(code) - SiteClass.NEIGHBOURS;
      return 2 * (SiteClass.isUp(code) ? 1 : -1) * (neighbours + field);
    }

    /** Temperature; T / J. */
    public double temperature() {
      return temperature;
    }

    /** Field; h / J. */
    public double field() {
      return field;
    }

    /** Rate per class, 0 for frozen ones. */
    double[] rates() {
      return rate;
    }

    /** Rate over the largest rate per class, on a scale where 2^63 is 1. */
    long[] thresholds() {
      return threshold;
    }

    /** The largest rate. */
    double largest() {
      return largest;
    }

    /** Sum of all rates, in an order that is the same everywhere. */
    static double total(long[] count, double[] rate) {
      double down =
          (count[0] * rate[0] + count[1] * rate[1])
              + (count[2] * rate[2] + count[3] * rate[3])
              + count[4] * rate[4];
      double up =
          (count[8] * rate[8] + count[9] * rate[9])
              + (count[10] * rate[10] + count[11] * rate[11])
              + count[12] * rate[12];
      return down + up;
    }

    /**
     * The class of a site in one byte: bits 0 to 2 the number of up neighbours (0 to 4), bit 3 the
     * spin, bit 4 whether the site is frozen. A flip of a neighbour adds or subtracts 1, a flip of
     * the site itself changes bit 3. Ten classes can flip; the ten frozen ones have rate 0.
     */
    static final class SiteClass {
      /** Length of an array that is indexed by class. */
      static final int CODES = 32;

      static final int UP = 8;
      static final int FROZEN = 16;
      static final int NEIGHBOURS = 4;

      private static final int UP_NEIGHBOURS = 7;
      private static final int UP_SHIFT = 3;

      private SiteClass() {}

      static boolean isUp(int code) {
        return (code & UP) != 0;
      }

      static boolean isFrozen(int code) {
        return (code & FROZEN) != 0;
      }

      static int upNeighbours(int code) {
        return code & UP_NEIGHBOURS;
      }

      /** What the flip of a site of this class adds to the classes of its neighbours: +1 or -1. */
      static int step(int code) {
        return 1 - (code >> (UP_SHIFT - 1) & 2);
      }
    }
  }

  /** Which bonds count as those of a patch (DI-04). */
  enum WallCount {
    /** Every site owns the bonds to the rows above and to the left: patches add up to the whole. */
    OWNED,
    /**
     * As owned; an increment is the change of all bonds, owned or not, that the patch's flips
     * cause.
     */
    TOUCHED,
    /** The bonds of the cut-out patch closed on itself (IS-31). */
    SEAM;

    /** Is shown bonds as pairs of sites of the lattice. */
    @FunctionalInterface
    interface BondVisitor {
      /** The first site is in the patch. */
      void bond(int site, int other);
    }

    /** Magnetisation and walls of a patch, per site and per bond. */
    double[] observe(SpinLattice lattice, Window patch) {
      int n = lattice.side();
      int side = patch.side();
      int row = Math.floorMod(patch.row() + (this == SEAM ? side : 0) - 1, n) * n;
      int first = Math.floorMod(patch.column(), n);
      int beforeFirst = Math.floorMod(patch.column() + (this == SEAM ? side : 0) - 1, n);
      long sum = 0;
      long walls = 0;
      for (int i = 0; i < side; i++) {
        int above = row;
        row = Math.floorMod(patch.row() + i, n) * n;
        int left = lattice.spin(row + beforeFirst);
        int column = first;
        for (int j = 0; j < side; j++) {
          int spin = lattice.spin(row + column);
          sum += spin;
          walls += spin == lattice.spin(above + column) ? 0 : 1;
          walls += spin == left ? 0 : 1;
          left = spin;
          column = column + 1 == n ? 0 : column + 1;
        }
      }
      double sites = patch.sites();
      return new double[] {sum / sites, walls / (2 * sites)};
    }

    private int above(SpinLattice lattice, Window patch, int index) {
      int side = patch.side();
      return this == SEAM && index < side
          ? patch.site(lattice, index + side * (side - 1))
          : lattice.neighbour(patch.site(lattice, index), 0, -1);
    }

    private int left(SpinLattice lattice, Window patch, int index) {
      int side = patch.side();
      return this == SEAM && index % side == 0
          ? patch.site(lattice, index + side - 1)
          : lattice.neighbour(patch.site(lattice, index), 1, -1);
    }

    /** Shows every bond once whose walls are in the increments of a patch. */
    void bonds(SpinLattice lattice, Window patch, BondVisitor visitor) {
      int side = patch.side();
      for (int index = 0; index < patch.sites(); index++) {
        int site = patch.site(lattice, index);
        visitor.bond(site, above(lattice, patch, index));
        visitor.bond(site, left(lattice, patch, index));
        if (this == TOUCHED && side < lattice.side()) {
          if (index >= side * (side - 1)) {
            visitor.bond(site, lattice.neighbour(site, 0, 1));
          }
          if (index % side == side - 1) {
            visitor.bond(site, lattice.neighbour(site, 1, 1));
          }
        }
      }
    }
  }
}
