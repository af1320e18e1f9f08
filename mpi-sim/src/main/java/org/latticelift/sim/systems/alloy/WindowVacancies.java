package org.latticelift.sim.systems.alloy;

import java.util.Arrays;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.Region;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;

/** The vacancies of a lattice, and which of them are in the window that is being relaxed. */
final class WindowVacancies {
  private final Lattice lattice;
  private final long[] site;
  private final int[] x;
  private final int[] y;
  private final int[] z;
  private final int[] inside;

  /** All vacancies in site order. */
  WindowVacancies(Lattice lattice) {
    this.lattice = lattice;
    site = lattice.vacancies();
    x = new int[site.length];
    y = new int[site.length];
    z = new int[site.length];
    inside = new int[site.length];
    for (int i = 0; i < site.length; i++) {
      locate(i);
    }
  }

  private void locate(int i) {
    int basis = lattice.crystal().basisCount();
    x[i] = SiteIndex.x(site[i], lattice.ny(), lattice.nz(), basis);
    y[i] = SiteIndex.y(site[i], lattice.ny(), lattice.nz(), basis);
    z[i] = SiteIndex.z(site[i], lattice.nz(), basis);
  }

  /** Sites of the vacancies in a window, in a fixed order. */
  long[] enter(CellBox box) {
    Region window = box.region(lattice);
    int n = 0;
    for (int i = 0; i < site.length; i++) {
      if (window.contains(x[i], y[i], z[i], 0)) {
        inside[n++] = i;
      }
    }
    return Arrays.stream(inside, 0, n).mapToLong(i -> site[i]).toArray();
  }

  /** Where the vacancies of the last window are now. */
  void leave(long[] moved) {
    for (int k = 0; k < moved.length; k++) {
      site[inside[k]] = moved[k];
      locate(inside[k]);
    }
  }
}
