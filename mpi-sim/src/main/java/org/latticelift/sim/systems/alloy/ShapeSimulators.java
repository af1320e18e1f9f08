package org.latticelift.sim.systems.alloy;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.LatticeShape;

/** One workbench per lattice shape, all with one environment cache. Serves one thread. */
final class ShapeSimulators {
  private final AlloyModel model;
  private final Shapes shapes;
  private final double temperature;
  private final StopSignal stop;
  private final EnvironmentCache cache;
  private final List<ShapeSimulator> benches = new ArrayList<>();

  ShapeSimulators(AlloyModel model, Shapes shapes, double temperature, StopSignal stop) {
    this.stop = stop;
    this.model = model;
    this.shapes = shapes;
    this.temperature = temperature;
    cache = model.cache(temperature);
  }

  /** The workbench for lattices like this one. */
  ShapeSimulator of(Lattice lattice) {
    return of(lattice.shape());
  }

  private ShapeSimulator of(LatticeShape shape) {
    for (ShapeSimulator bench : benches) {
      if (bench.fits(shape)) {
        return bench;
      }
    }
    return add(shape);
  }

  /** The workbench of a size. */
  ShapeSimulator of(Cells cells) {
    return of(shapes.of(cells));
  }

  private ShapeSimulator add(LatticeShape shape) {
    ShapeSimulator bench = new ShapeSimulator(shape, model, temperature, cache, stop);
    benches.add(bench);
    return bench;
  }
}
