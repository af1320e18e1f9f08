package org.latticelift.sim.vacancy.kmc;

import java.util.Arrays;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.crystal.SiteOffset;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;

/** Places, environments and rates of the active vacancies, one slot each, in selection order. */
final class ActiveVacancies {
  private final int sitesEach;
  private final int hops;
  int count;
  long[] site = {};
  int[] x = {};
  int[] y = {};
  int[] z = {};
  int[] b = {};

  /** Environment codes, lab order. */
  byte[] codes = {};

  /** Rates of the hops, in units of {@link ArrheniusRates#unit}. */
  float[] rates = {};

  final SiteMap index = new SiteMap(0);

  ActiveVacancies(Crystal crystal) {
    sitesEach = crystal.environmentSize();
    hops = crystal.hopCount();
  }

  private void reserve(int n) {
    if (n > site.length) {
      site = new long[n];
      x = new int[n];
      y = new int[n];
      z = new int[n];
      b = new int[n];
      codes = new byte[Math.multiplyExact(n, sitesEach)];
      rates = new float[Math.multiplyExact(n, hops)];
    }
  }

  /** Takes over the first n sites and gathers their environments; none if one is wrong. */
  void place(long[] sites, int n, Lattice lattice) {
    count = 0;
    reserve(n);
    index.reset(n);
    int basis = lattice.crystal().basisCount();
    for (int v = 0; v < n; v++) {
      if (sites[v] < 0 || sites[v] >= lattice.sites() || lattice.get(sites[v]) != 0) {
        throw new IllegalArgumentException("site " + sites[v] + " holds no vacancy");
      }
      if (index.get(sites[v]) >= 0) {
        throw new IllegalArgumentException("site " + sites[v] + " was given twice");
      }
      index.put(sites[v], v);
      site[v] = sites[v];
      x[v] = SiteIndex.x(sites[v], lattice.ny(), lattice.nz(), basis);
      y[v] = SiteIndex.y(sites[v], lattice.ny(), lattice.nz(), basis);
      z[v] = SiteIndex.z(sites[v], lattice.nz(), basis);
      b[v] = SiteIndex.b(sites[v], basis);
      gather(v, lattice);
    }
    count = n;
  }

  /** Sets the rates of one vacancy to zero. */
  void stop(int v) {
    Arrays.fill(rates, v * hops, (v + 1) * hops, 0);
  }

  void gather(int v, Lattice lattice) {
    lattice.gather(x[v], y[v], z[v], b[v], codes, v * sitesEach);
  }

  void move(int v, int nx, int ny, int nz, int nb, long to) {
    index.remove(site[v]);
    index.put(to, v);
    site[v] = to;
    x[v] = nx;
    y[v] = ny;
    z[v] = nz;
    b[v] = nb;
  }

  /** Site number to index of the active vacancy there: open addressing, linear probing. */
  static final class SiteMap {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long[] keys = {};
    private int[] values = {};
    private int shift;
    private int mask;

    SiteMap(int count) {
      reset(count);
    }

    /** Starts again, empty, with room for a number of sites; allocates only to grow. */
    void reset(int count) {
      int capacity = Math.max(8, Integer.highestOneBit(Math.max(1, count)) * 4);
      if (keys.length < capacity) {
        keys = new long[capacity];
        values = new int[capacity];
      } else {
        Arrays.fill(keys, 0, capacity, 0);
      }
      mask = capacity - 1;
      shift = 64 - Integer.numberOfTrailingZeros(capacity);
    }

    /** The value, or -1. */
    int get(long site) {
      long key = site + 1;
      for (int i = slot(key); keys[i] != 0; i = (i + 1) & mask) {
        if (keys[i] == key) {
          return values[i];
        }
      }
      return -1;
    }

    /** Adds a site that is not there yet. */
    void put(long site, int value) {
      long key = site + 1;
      int i = slot(key);
      while (keys[i] != 0) {
        i = (i + 1) & mask;
      }
      keys[i] = key;
      values[i] = value;
    }

    /** Removes a site that is there, closing the gap. */
    void remove(long site) {
      long key = site + 1;
      int gap = slot(key);
      while (keys[gap] != key) {
        gap = (gap + 1) & mask;
      }
      for (int i = (gap + 1) & mask; keys[i] != 0; i = (i + 1) & mask) {
        int home = slot(keys[i]);
        if (((i - home) & mask) >= ((i - gap) & mask)) {
          keys[gap] = keys[i];
          values[gap] = values[i];
          gap = i;
        }
      }
      keys[gap] = 0;
    }

    private int slot(long key) {
      return (int) ((key * GOLDEN) >>> shift);
    }
  }

  /** Environments and hops of a crystal as arrays: first index basis position of the centre. */
  static final class HopGeometry {
    final int sites;
    final int hops;

    /** Largest displacement of an environment site along an axis, cells. */
    final int reach;

    /** Displacement and basis position of environment site j. */
    final int[][] dx;

    final int[][] dy;
    final int[][] dz;
    final int[][] basis;

    /** Environment index of the target of hop d, and the direction back. */
    final int[][] target;

    final int[][] reverse;

    /** Index of the centre in the environment of environment site j. */
    final int[][] opposite;

    HopGeometry(Crystal crystal) {
      int n = crystal.basisCount();
      sites = crystal.environmentSize();
      hops = crystal.hopCount();
      dx = new int[n][sites];
      dy = new int[n][sites];
      dz = new int[n][sites];
      basis = new int[n][sites];
      target = new int[n][hops];
      reverse = new int[n][hops];
      opposite = new int[n][sites];
      for (int b = 0; b < n; b++) {
        fill(crystal, b);
      }
      reach = crystal.reach();
    }

    private void fill(Crystal crystal, int b) {
      EnvironmentGeometry g = crystal.environment(b);
      for (int j = 0; j < sites; j++) {
        dx[b][j] = g.dx(j);
        dy[b][j] = g.dy(j);
        dz[b][j] = g.dz(j);
        basis[b][j] = g.basis(j);
        opposite[b][j] =
            indexOf(
                crystal.environment(g.basis(j)), new SiteOffset(-g.dx(j), -g.dy(j), -g.dz(j), b));
      }
      for (int d = 0; d < hops; d++) {
        target[b][d] = g.hopTarget(d);
        reverse[b][d] = g.reverse(d);
      }
    }

    private static int indexOf(EnvironmentGeometry g, SiteOffset offset) {
      for (int j = 0; j < g.sites(); j++) {
        if (g.offset(j).equals(offset)) {
          return j;
        }
      }
      throw new IllegalArgumentException("the environments of a crystal must be symmetric");
    }

    /**
     * Classes of basis positions whose environments look alike in lab order: equal displacements in
     * space and equal maps, hence equal barriers for equal codes. BCC and FCC have one class.
     */
    static int[] classes(Crystal crystal) {
      int[] result = new int[crystal.basisCount()];
      int count = 0;
      for (int b = 0; b < result.length; b++) {
        result[b] = count;
        for (int other = 0; other < b && result[b] == count; other++) {
          if (alike(crystal, b, other)) {
            result[b] = result[other];
          }
        }
        if (result[b] == count) {
          count++;
        }
      }
      return result;
    }

    private static boolean alike(Crystal crystal, int a, int b) {
      EnvironmentGeometry ga = crystal.environment(a);
      EnvironmentGeometry gb = crystal.environment(b);
      for (int j = 0; j < ga.sites(); j++) {
        double[] va = crystal.spec().vector(a, ga.offset(j));
        double[] vb = crystal.spec().vector(b, gb.offset(j));
        for (int axis = 0; axis < 3; axis++) {
          if (Math.abs(va[axis] - vb[axis]) > 1e-6) {
            return false;
          }
        }
      }
      for (int d = 0; d < ga.hops(); d++) {
        if (ga.hopTarget(d) != gb.hopTarget(d)) {
          return false;
        }
        for (int k = 0; k < ga.sites(); k++) {
          if (ga.canonical(d, k) != gb.canonical(d, k)) {
            return false;
          }
        }
      }
      return true;
    }
  }
}
