package org.latticelift.kmc;

import org.latticelift.crystal.Crystal;
import org.latticelift.lattice.Lattice;
import org.latticelift.lattice.SiteIndex;

/** Places, environments and rates of the active vacancies, one slot each, in selection order. */
final class ActiveVacancies {
  final int count;
  final long[] site;
  final int[] x;
  final int[] y;
  final int[] z;
  final int[] b;

  /** Environment codes, lab order. */
  final byte[] codes;

  /** Rates of the hops, in units of {@link ArrheniusRates#unit}. */
  final float[] rates;

  final SiteMap index;

  ActiveVacancies(int count, Crystal crystal) {
    this.count = count;
    site = new long[count];
    x = new int[count];
    y = new int[count];
    z = new int[count];
    b = new int[count];
    codes = new byte[Math.multiplyExact(count, crystal.environmentSize())];
    rates = new float[Math.multiplyExact(count, crystal.hopCount())];
    index = new SiteMap(count);
  }

  /** Takes over the sites and gathers their environments. */
  void place(long[] sites, Lattice lattice) {
    index.clear();
    int basis = lattice.crystal().basisCount();
    for (int v = 0; v < count; v++) {
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
  }

  void gather(int v, Lattice lattice) {
    lattice.gather(x[v], y[v], z[v], b[v], codes, v * (codes.length / count));
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
