package org.latticelift.alloy;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.barrier.BarrierModel;
import org.latticelift.kmc.EnvironmentCache;
import org.latticelift.lattice.Lattice;

/** One workbench per lattice shape, all with one environment cache. Serves one thread. */
final class Benches {
  private final BarrierModel model;
  private final double temperature;
  private final EnvironmentCache cache;
  private final List<Workbench> benches = new ArrayList<>();

  Benches(BarrierModel model, double temperature, long cacheBytes) {
    this.model = model;
    this.temperature = temperature;
    this.cache = cacheBytes > 0 ? new EnvironmentCache(model, temperature, cacheBytes) : null;
  }

  Workbench of(Lattice shape) {
    for (Workbench bench : benches) {
      if (bench.fits(shape)) {
        return bench;
      }
    }
    Workbench bench = new Workbench(shape, model, temperature, cache);
    benches.add(bench);
    return bench;
  }
}
