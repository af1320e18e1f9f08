package org.latticelift.sim.systems.alloy;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.LatticeShape;

/** One workbench per lattice shape, all with one environment cache. Serves one thread. */
final class ShapeSimulators {
  private final AlloySetup setup;
  private final double temperature;
  private final StopSignal stop;
  private final EnvironmentCache cache;
  private final List<ShapeSimulator> benches = new ArrayList<>();

  ShapeSimulators(AlloySetup setup, double temperature, StopSignal stop) {
    this.stop = stop;
    this.setup = setup;
    this.temperature = temperature;
    cache =
        setup.cacheBytes() > 0
            ? new EnvironmentCache(setup.barrier(), temperature, setup.cacheBytes())
            : null;
  }

  /** The workbench for lattices like this one. */
  ShapeSimulator of(Lattice lattice) {
    for (ShapeSimulator bench : benches) {
      if (bench.fits(lattice)) {
        return bench;
      }
    }
    return add(lattice.shape());
  }

  /** The workbench of a size. */
  ShapeSimulator of(Cells cells) {
    LatticeShape shape = setup.shapes().of(cells);
    for (ShapeSimulator bench : benches) {
      if (bench.lattice().shape() == shape) {
        return bench;
      }
    }
    return add(shape);
  }

  private ShapeSimulator add(LatticeShape shape) {
    ShapeSimulator bench = new ShapeSimulator(shape, setup, temperature, cache, stop);
    benches.add(bench);
    return bench;
  }
}
