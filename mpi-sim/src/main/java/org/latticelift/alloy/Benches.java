package org.latticelift.alloy;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.barrier.BarrierModel;
import org.latticelift.kmc.EnvironmentCache;
import org.latticelift.lattice.Lattice;
import org.latticelift.lattice.LatticeShape;

/** One workbench per lattice shape, all with one environment cache. Serves one thread. */
final class Benches {
  private final BarrierModel model;
  private final double temperature;
  private final Shapes shapes;
  private final EnvironmentCache cache;
  private final List<Workbench> benches = new ArrayList<>();

  Benches(BarrierModel model, double temperature, long cacheBytes, Shapes shapes) {
    this.model = model;
    this.temperature = temperature;
    this.shapes = shapes;
    this.cache = cacheBytes > 0 ? new EnvironmentCache(model, temperature, cacheBytes) : null;
  }

  /** The workbench for lattices like this one. */
  Workbench of(Lattice lattice) {
    for (Workbench bench : benches) {
      if (bench.fits(lattice)) {
        return bench;
      }
    }
    return add(lattice.shape());
  }

  /** The workbench of a size. */
  Workbench of(Cells cells) {
    LatticeShape shape = shapes.of(cells);
    for (Workbench bench : benches) {
      if (bench.lattice().shape() == shape) {
        return bench;
      }
    }
    return add(shape);
  }

  private Workbench add(LatticeShape shape) {
    Workbench bench = new Workbench(shape, model, temperature, cache);
    benches.add(bench);
    return bench;
  }
}
