package org.latticelift.sim.systems.alloy;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;

/** One simulator per lattice shape, all with one environment cache. Serves one thread. */
final class ShapeSimulators {
  private final AlloyModel model;
  private final Shapes shapes;
  private final double temperature;
  private final StopSignal stop;
  private final EnvironmentCache cache;
  private final List<ShapeSimulator> simulators = new ArrayList<>();

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
    for (ShapeSimulator simulator : simulators) {
      if (simulator.fits(shape)) {
        return simulator;
      }
    }
    return add(shape);
  }

  /** The workbench of a size. */
  ShapeSimulator of(Cells cells) {
    return of(shapes.of(cells));
  }

  private ShapeSimulator add(LatticeShape shape) {
    ShapeSimulator simulator = new ShapeSimulator(shape, model, temperature, cache, stop);
    simulators.add(simulator);
    return simulator;
  }
}
