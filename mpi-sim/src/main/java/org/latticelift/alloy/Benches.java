package org.latticelift.alloy;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.kmc.EnvironmentCache;
import org.latticelift.lattice.Lattice;
import org.latticelift.lattice.LatticeShape;
import org.latticelift.task.StopSignal;

/** One workbench per lattice shape, all with one environment cache. Serves one thread. */
final class Benches {
  private final AlloySetup setup;
  private final double temperature;
  private final StopSignal stop;
  private final EnvironmentCache cache;
  private final List<Workbench> benches = new ArrayList<>();

  Benches(AlloySetup setup, double temperature, StopSignal stop) {
    this.stop = stop;
    this.setup = setup;
    this.temperature = temperature;
    cache =
        setup.cacheBytes() > 0
            ? new EnvironmentCache(setup.barrier(), temperature, setup.cacheBytes())
            : null;
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
    LatticeShape shape = setup.shapes().of(cells);
    for (Workbench bench : benches) {
      if (bench.lattice().shape() == shape) {
        return bench;
      }
    }
    return add(shape);
  }

  private Workbench add(LatticeShape shape) {
    Workbench bench = new Workbench(shape, setup, temperature, cache, stop);
    benches.add(bench);
    return bench;
  }
}
