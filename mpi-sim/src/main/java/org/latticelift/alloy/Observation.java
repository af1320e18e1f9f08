package org.latticelift.alloy;

import java.util.HashMap;
import java.util.Map;
import org.latticelift.kmc.CellBox;
import org.latticelift.lattice.Lattice;
import org.latticelift.order.Counts;
import org.latticelift.order.OrderParameters;

/** Order parameters of lattices, of their patches, and of periodic tiles. Serves one thread. */
final class Observation {
  private final AlloySetup setup;
  private final Map<Long, OrderParameters> bySites = new HashMap<>();
  private final Map<Long, Counts> scratch = new HashMap<>();

  Observation(AlloySetup setup) {
    this.setup = setup;
  }

  /** Order parameters with the constants of the composition that lattices of this size have. */
  OrderParameters order(Lattice lattice) {
    return bySites.computeIfAbsent(lattice.sites(), sites -> setup.order(setup.countsOf(lattice)));
  }

  /** The whole lattice, all bonds (DI-47 default), or the mean over its tiles (AL-70). */
  double[] whole(Lattice lattice) {
    if (setup.tileMean() && lattice.sites() > setup.smallSites()) {
      return tileMean(lattice);
    }
    OrderParameters order = order(lattice);
    Counts counts = scratch.computeIfAbsent(lattice.sites(), sites -> order.newCounts());
    order.recount(lattice, counts);
    return values(order, counts, 1);
  }

  /** Bonds owned by the sites of a box over the global number of atoms per patch (DI-55). */
  double[] patch(Lattice lattice, CellBox box) {
    OrderParameters order = order(lattice);
    Counts counts = scratch.computeIfAbsent(lattice.sites(), sites -> order.newCounts());
    order.recountPatch(lattice, box, counts);
    return values(order, counts, (double) lattice.sites() / setup.sites(box));
  }

  /** A cut-out patch closed on itself, over its own number of atoms (AL-51, AL-70). */
  double[] isolated(Lattice patch) {
    OrderParameters order = setup.order(patch.counts());
    Counts counts = order.newCounts();
    order.recount(patch, counts);
    return values(order, counts, 1);
  }

  private double[] tileMean(Lattice lattice) {
    Cells tile = setup.smallCells();
    double[] mean = null;
    int tiles = 0;
    for (int x = 0; x < lattice.nx(); x += tile.nx()) {
      for (int y = 0; y < lattice.ny(); y += tile.ny()) {
        for (int z = 0; z < lattice.nz(); z += tile.nz()) {
          CellBox box = new CellBox(x, y, z, tile.nx(), tile.ny(), tile.nz());
          double[] one = isolated(CutOut.cut(lattice, box));
          mean = mean == null ? new double[one.length] : mean;
          for (int i = 0; i < one.length; i++) {
            mean[i] += one[i];
          }
          tiles++;
        }
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= tiles;
    }
    return mean;
  }

  private static double[] values(OrderParameters order, Counts counts, double patches) {
    double[] out = new double[order.size()];
    order.values(counts, patches, out);
    return out;
  }
}
