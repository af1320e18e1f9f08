package org.latticelift.sim.vacancy.kmc;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.latticelift.sim.vacancy.kmc.ActiveVacancies.HopGeometry;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * The sites in which a configuration differs from another, the root: a list in site order, one
 * {@code long} per site that holds its number, its code at the root and its code now.
 */
final class ChangedSites {
  private static final int SITE = 8;
  private static final int ROOT = 4;
  private static final int CODE = 15;

  private long[] entry = new long[16];
  private int size;

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void set(ChangedSites other) {
    reserve(other.size);
    System.arraycopy(other.entry, 0, entry, 0, other.size);
    size = other.size;
  }

  private void reserve(int n) {
    if (n > entry.length) {
      entry = Arrays.copyOf(entry, 2 * n);
    }
  }

  /** Changes a site from one code to another. */
  void change(long site, int from, int to) {
    int at = size;
    while (at > 0 && entry[at - 1] >>> SITE >= site) {
      at--;
    }
    if (at < size && entry[at] >>> SITE == site) {
      int root = (int) (entry[at] >>> ROOT) & CODE;
      if (root == to) {
        size--;
        System.arraycopy(entry, at + 1, entry, at, size - at);
      } else {
        entry[at] = entry[at] & -(1L << ROOT) | to;
      }
    } else if (from != to) {
      reserve(size + 1);
      System.arraycopy(entry, at, entry, at + 1, size - at);
      entry[at] = site << SITE | (long) from << ROOT | to;
      size++;
    }
  }

  /** Makes a configuration of the same old root the root. */
  void rebase(ChangedSites root, ChangedSites scratch) {
    scratch.set(root);
    scratch.reverse();
    for (int k = 0; k < size; k++) {
      long site = entry[k] >>> SITE;
      scratch.change(site, scratch.codeAt(site, (int) (entry[k] >>> ROOT) & CODE), codeOf(k));
    }
    set(scratch);
  }

  private void reverse() {
    for (int k = 0; k < size; k++) {
      long root = entry[k] >>> ROOT & CODE;
      entry[k] = entry[k] & -(1L << SITE) | (entry[k] & CODE) << ROOT | root;
    }
  }

  private int codeOf(int k) {
    return (int) entry[k] & CODE;
  }

  private int codeAt(long site, int otherwise) {
    for (int k = 0; k < size; k++) {
      if (entry[k] >>> SITE == site) {
        return codeOf(k);
      }
    }
    return otherwise;
  }

  boolean same(ChangedSites other) {
    return Arrays.equals(entry, 0, size, other.entry, 0, other.size);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int k = 0; k < size; k++) {
      out.writeLong(entry[k]);
    }
  }

  void read(DataInput in) throws IOException {
    size = in.readInt();
    reserve(size);
    for (int k = 0; k < size; k++) {
      entry[k] = in.readLong();
    }
  }

  /**
   * Where the atoms of one configuration are in another that hops of a vacancy lead to: a
   * permutation of sites, as a list in site order of those that hold the atom of another site. The
   * vacancy counts as the atom of the site where it was.
   */
  static final class AtomPlaces {
    private long[] site = new long[16];
    private long[] atom = new long[16];
    private int size;

    int size() {
      return size;
    }

    void clear() {
      size = 0;
    }

    void set(AtomPlaces other) {
      reserve(other.size);
      System.arraycopy(other.site, 0, site, 0, other.size);
      System.arraycopy(other.atom, 0, atom, 0, other.size);
      size = other.size;
    }

    private void reserve(int n) {
      if (n > site.length) {
        site = Arrays.copyOf(site, 2 * n);
        atom = Arrays.copyOf(atom, 2 * n);
      }
    }

    /** What is at two sites changes places. */
    void exchange(long a, long b) {
      long wasAtA = at(a);
      put(a, at(b));
      put(b, wasAtA);
    }

    private long at(long s) {
      int k = Arrays.binarySearch(site, 0, size, s);
      return k < 0 ? s : atom[k];
    }

    private void put(long s, long a) {
      int k = Arrays.binarySearch(site, 0, size, s);
      if (k >= 0 && s == a) {
        size--;
        System.arraycopy(site, k + 1, site, k, size - k);
        System.arraycopy(atom, k + 1, atom, k, size - k);
      } else if (k >= 0) {
        atom[k] = a;
      } else if (s != a) {
        int at = -k - 1;
        reserve(size + 1);
        System.arraycopy(site, at, site, at + 1, size - at);
        System.arraycopy(atom, at, atom, at + 1, size - at);
        site[at] = s;
        atom[at] = a;
        size++;
      }
    }

    boolean same(AtomPlaces other) {
      return Arrays.equals(site, 0, size, other.site, 0, other.size)
          && Arrays.equals(atom, 0, size, other.atom, 0, other.size);
    }

    void write(DataOutput out) throws IOException {
      out.writeInt(size);
      for (int k = 0; k < size; k++) {
        out.writeLong(site[k]);
        out.writeLong(atom[k]);
      }
    }

    void read(DataInput in) throws IOException {
      size = in.readInt();
      reserve(size);
      for (int k = 0; k < size; k++) {
        site[k] = in.readLong();
        atom[k] = in.readLong();
      }
    }
  }

  /**
   * The sites where the vacancy of a basin may be, and whether any of them notices another site.
   */
  static final class Footprint {
    private static final int WORDS = 4;

    private final RateTable table;

    /** Cells along three axes and basis position of every state. */
    private int[] place = new int[WORDS * 16];

    private long states;

    Footprint(RateTable table) {
      this.table = table;
    }

    void clear() {
      states = 0;
    }

    void add(int i, int v) {
      ActiveVacancies a = table.vacancies;
      put(i, a.x[v], a.y[v], a.z[v], a.b[v]);
    }

    private void put(int i, int x, int y, int z, int b) {
      int at = WORDS * i;
      if (at == place.length) {
        place = Arrays.copyOf(place, 2 * at);
      }
      states |= 1L << i;
      place[at] = x;
      place[at + 1] = y;
      place[at + 2] = z;
      place[at + 3] = b;
    }

    void drop(int i) {
      states &= ~(1L << i);
    }

    /** Whether one of the sites notices a site. */
    boolean notices(NoticedSites noticed, int x, int y, int z, int b) {
      for (long rest = states; rest != 0; rest &= rest - 1) {
        int at = WORDS * Long.numberOfTrailingZeros(rest);
        if (noticed.contain(
            place[at + 3], x - place[at], y - place[at + 1], z - place[at + 2], b)) {
          return true;
        }
      }
      return false;
    }

    /**
     * The cells along an axis: the first one, 0 or more, and the last one, counted on from there.
     */
    void range(int axis, int period, int[] range) {
      int from = place[WORDS * Long.numberOfTrailingZeros(states) + axis];
      int low = 0;
      int high = 0;
      for (long rest = states & states - 1; rest != 0; rest &= rest - 1) {
        int d = place[WORDS * Long.numberOfTrailingZeros(rest) + axis] - from;
        d = 2 * d > period ? d - period : 2 * d < -period ? d + period : d;
        low = Math.min(low, d);
        high = Math.max(high, d);
      }
      range[0] = Math.floorMod(from + low, period);
      range[1] = range[0] + high - low;
    }

    void write(DataOutput out) throws IOException {
      out.writeLong(states);
      for (long rest = states; rest != 0; rest &= rest - 1) {
        int at = WORDS * Long.numberOfTrailingZeros(rest);
        for (int k = 0; k < WORDS; k++) {
          out.writeInt(place[at + k]);
        }
      }
    }

    void read(DataInput in) throws IOException {
      clear();
      for (long rest = in.readLong(); rest != 0; rest &= rest - 1) {
        put(
            Long.numberOfTrailingZeros(rest),
            in.readInt(),
            in.readInt(),
            in.readInt(),
            in.readInt());
      }
    }
  }

  /**
   * The sites around a site at which vacancies notice each other: those of its environment, where
   * codes decide rates; if possible hops are observed, those of the environments of the targets of
   * its hops, too, where codes decide what hops change. Both are symmetric: if one of two sites
   * notices the other, then the other notices it.
   */
  static final class NoticedSites {
    private final Lattice lattice;

    /** Cells along an axis, at most. */
    private final int reach;

    /** Places of a difference along an axis: all of a small lattice. */
    private final int nx;

    private final int ny;
    private final int nz;
    private final int basis;

    /** By basis position of the centre, difference in cells from -reach on, and basis position. */
    private final boolean[] noticed;

    /** Differences and basis positions by that of the centre. */
    private final int[][][] sites;

    /** One offset in cells to a basis position. */
    private record Offset(int x, int y, int z, int b) {}

    NoticedSites(Lattice lattice, HopGeometry geometry, boolean hops) {
      this.lattice = lattice;
      basis = lattice.crystal().basisCount();
      reach = geometry.reach * (hops ? 2 : 1);
      nx = Math.min(lattice.nx(), 2 * reach + 1);
      ny = Math.min(lattice.ny(), 2 * reach + 1);
      nz = Math.min(lattice.nz(), 2 * reach + 1);
      noticed = new boolean[basis * nx * ny * nz * basis];
      sites = new int[basis][][];
      for (int b = 0; b < basis; b++) {
        Set<Offset> offsets = new LinkedHashSet<>();
        offsets.add(new Offset(0, 0, 0, b));
        add(offsets, geometry, new Offset(0, 0, 0, b));
        for (int d = 0; hops && d < geometry.hops; d++) {
          add(offsets, geometry, at(geometry, new Offset(0, 0, 0, b), geometry.target[b][d]));
        }
        for (Offset o : offsets) {
          noticed[index(b, o.x, o.y, o.z, o.b)] = true;
        }
        sites[b] = offsets.stream().map(o -> new int[] {o.x, o.y, o.z, o.b}).toArray(int[][]::new);
      }
    }

    private static void add(Set<Offset> offsets, HopGeometry geometry, Offset from) {
      for (int j = 0; j < geometry.sites; j++) {
        offsets.add(at(geometry, from, j));
      }
    }

    private static Offset at(HopGeometry g, Offset from, int j) {
      int b = from.b;
      return new Offset(
          from.x + g.dx[b][j], from.y + g.dy[b][j], from.z + g.dz[b][j], g.basis[b][j]);
    }

    /** Where a difference stands; -1 if it is too far. */
    private int index(int from, int dx, int dy, int dz, int to) {
      int i = place(dx, lattice.nx());
      int j = place(dy, lattice.ny());
      int k = place(dz, lattice.nz());
      return i < nx && j < ny && k < nz ? (((from * nx + i) * ny + j) * nz + k) * basis + to : -1;
    }

    private int place(int difference, int period) {
      int i = difference + reach;
      return i >= 0 && i < period ? i : Math.floorMod(i, period);
    }

    /** Whether a site notices another one that is so many cells away, periodic. */
    boolean contain(int from, int dx, int dy, int dz, int to) {
      int at = index(from, dx, dy, dz, to);
      return at >= 0 && noticed[at];
    }

    /** Whether an active vacancy other than this one is at one of the sites. */
    boolean meet(ActiveVacancies vacancies, int v) {
      for (int[] o : sites[vacancies.b[v]]) {
        int x = Math.floorMod(vacancies.x[v] + o[0], lattice.nx());
        int y = Math.floorMod(vacancies.y[v] + o[1], lattice.ny());
        int z = Math.floorMod(vacancies.z[v] + o[2], lattice.nz());
        if (lattice.get(x, y, z, o[3]) == Lattice.VACANCY) {
          int w = vacancies.index.get(lattice.index(x, y, z, o[3]));
          if (w >= 0 && w != v) {
            return true;
          }
        }
      }
      return false;
    }

    int reach() {
      return reach;
    }
  }
}
