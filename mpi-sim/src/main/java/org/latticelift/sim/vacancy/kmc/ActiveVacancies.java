package org.latticelift.sim.vacancy.kmc;

import java.util.Arrays;
import org.latticelift.sim.vacancy.crystal.Crystal;
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

  /** The sites of all, a copy. */
  long[] sites() {
    return Arrays.copyOf(site, count);
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
}
