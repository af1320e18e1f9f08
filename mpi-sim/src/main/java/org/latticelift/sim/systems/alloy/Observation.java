package org.latticelift.sim.systems.alloy;

import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.OrderParameters;
import org.latticelift.sim.vacancy.order.OrderParameters.Counts;

/** Order parameters of lattices, of their patches, and of periodic tiles. Serves one thread. */
final class Observation {
  private final AlloyLattices lattices;
  private final Map<Long, OrderParameters> bySites = new HashMap<>();
  private final CompositionOrders byComposition;
  private final Lattice tile;
  private Counts scratch;

  Observation(AlloyLattices lattices) {
    this.lattices = lattices;
    byComposition = new CompositionOrders(lattices);
    tile = lattices.shapes().lattice(lattices.small());
  }

  /** Order parameters with the constants of the composition that lattices of this size have. */
  OrderParameters order(LatticeView whole) {
    return bySites.computeIfAbsent(whole.shape().sites(), sites -> lattices.order(whole.counts()));
  }

  /** The whole lattice, all bonds (DI-47 default), or the mean over its tiles (AL-70). */
  double[] whole(AlloyState state) {
    LatticeView whole = state.sites();
    if (lattices.tileMean() && whole.shape().sites() > lattices.smallSites()) {
      return tileMean(whole);
    }
    OrderParameters order = order(whole);
    whole.count(order, scratch(order));
    return values(order, 1);
  }

  /**
   * Bonds owned by the sites of a box over the global number of atoms per patch (DI-55).
   *
   * @param part the whole, or surroundings of the box
   * @param box in that part
   */
  double[] patch(LatticeView whole, Lattice part, CellBox box) {
    double patches = (double) whole.shape().sites() / lattices.patches().sites(box);
    return values(order(whole), part, box, patches);
  }

  /** A cut-out patch closed on itself, over its own number of atoms (AL-51, AL-70). */
  double[] isolated(Lattice patch) {
    return values(isolatedOrder(patch), patch, CellBox.all(patch), 1);
  }

  /** Order parameters with the constants of the composition of a cut-out patch. */
  OrderParameters isolatedOrder(Lattice patch) {
    return byComposition.of(patch.counts());
  }

  /** A cut-out patch closed on itself, over the atoms per patch of a whole (DI-55). */
  double[] isolated(Lattice patch, LatticeView whole) {
    double patches = (double) whole.shape().sites() / patch.sites();
    return values(order(whole), patch, CellBox.all(patch), patches);
  }

  /**
   * The mean over the tiles of a lattice, each closed on itself (AL-70). Of tiles that are copies
   * of others the others are looked at.
   */
  double[] tileMean(LatticeView sites) {
    return sites instanceof JoinedTiles joined && joined.ofTiles(lattices.small())
        ? joined.meanOfTiles(part -> isolated(part.whole()))
        : tileMean(sites.whole());
  }

  private double[] tileMean(Lattice lattice) {
    double[] mean = null;
    int tiles = 0;
    for (int x = 0; x < lattice.nx(); x += tile.nx()) {
      for (int y = 0; y < lattice.ny(); y += tile.ny()) {
        for (int z = 0; z < lattice.nz(); z += tile.nz()) {
          CutOut.cut(lattice, new CellBox(x, y, z, tile.nx(), tile.ny(), tile.nz()), tile);
          double[] one = isolated(tile);
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

  private Counts scratch(OrderParameters order) {
    if (scratch == null) {
      scratch = order.newCounts();
    }
    return scratch;
  }

  private double[] values(OrderParameters order, Lattice lattice, CellBox box, double patches) {
    order.recountPatch(lattice, box, scratch(order));
    return values(order, patches);
  }

  private double[] values(OrderParameters order, double patches) {
    double[] out = new double[order.size()];
    order.values(scratch, patches, out);
    return out;
  }

  /**
   * Order parameters by composition. Tiles that are observed as wholes (DI-55, preset) differ by a
   * few atoms only, so the latest ones are kept.
   */
  static final class CompositionOrders {
    private static final int KEPT = 1024;

    private final AlloyLattices lattices;
    private final Map<LongBuffer, OrderParameters> latest =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<LongBuffer, OrderParameters> eldest) {
            return size() > KEPT;
          }
        };

    CompositionOrders(AlloyLattices lattices) {
      this.lattices = lattices;
    }

    /** For sites per code; the array is kept. */
    OrderParameters of(long[] counts) {
      return latest.computeIfAbsent(LongBuffer.wrap(counts), key -> lattices.order(counts));
    }
  }
}
