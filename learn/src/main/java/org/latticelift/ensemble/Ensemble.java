package org.latticelift.ensemble;

import java.util.Arrays;
import org.latticelift.error.LatticeLiftException;
import org.latticelift.random.Purpose;
import org.latticelift.random.RandomStream;
import org.latticelift.random.Streams;
import org.latticelift.sde.SdeKernel;
import org.latticelift.sde.SdeModel;

/**
 * Rolls out a model at one temperature. A task is one block of at most {@link #BLOCK} trajectories
 * of one parameter set; its noise is keyed by temperature, parameter set and block, so results do
 * not depend on threads, on the order of tasks or on which other temperatures are predicted.
 */
final class Ensemble {
  /** Trajectories per block. */
  static final int BLOCK = 128;

  private static final double RELAXATION = 30;
  private static final double RELAXATION_STEP = 0.005;

  private final SdeModel model;
  private final EnsembleConfig config;
  private final Streams streams;
  private final double kelvin;
  private final double unit;
  private final TimeGrid grid;
  private final Trajectories results;

  Ensemble(SdeModel model, EnsembleConfig config, Streams streams, double kelvin) {
    this.model = model;
    this.config = config;
    this.streams = streams;
    this.kelvin = kelvin;
    this.unit = model.scaling().timeUnit(kelvin, config.allowExtrapolation());
    this.grid = TimeGrid.of(config.horizon().scaled(unit), config.step(), config.records());
    this.results =
        new Trajectories(
            model.models().size(),
            config.trajectories(),
            config.records(),
            model.map().observables().size());
  }

  /** Blocks of all parameter sets. */
  int tasks() {
    return blocks() * model.models().size();
  }

  double kelvin() {
    return kelvin;
  }

  double[] seconds() {
    return grid.seconds(unit);
  }

  Trajectories results() {
    return results;
  }

  private int blocks() {
    return (config.trajectories() + BLOCK - 1) / BLOCK;
  }

  /** Integrates one block from start to end. */
  void run(int task) {
    int member = task / blocks();
    int block = task % blocks();
    int first = block * BLOCK;
    int count = Math.min(BLOCK, config.trajectories() - first);
    long key = Math.round(kelvin * 1000);
    RandomStream stream = streams.stream(Purpose.ENSEMBLE_NOISE, key, member, block);
    TrajectoryBlock walkers = new TrajectoryBlock(kernel(member, kelvin, count), stream, count);
    walkers.start(initial(member));
    int row = member * config.trajectories() + first;
    record(walkers, row, 0);
    for (int r = 1; r < grid.records(); r++) {
      for (long s = 0; s < grid.steps(); s++) {
        walkers.step(grid.step());
      }
      if (!walkers.finite()) {
        throw diverged(member, kelvin);
      }
      record(walkers, row, r);
    }
  }

  private SdeKernel kernel(int member, double temperature, int count) {
    return SdeKernel.batched(model.architecture(), model.models().get(member), temperature, count);
  }

  private void record(TrajectoryBlock walkers, int row, int record) {
    double[] state = new double[model.map().trained()];
    double[] full = new double[results.observables()];
    for (int t = 0; t < walkers.count(); t++) {
      for (int i = 0; i < state.length; i++) {
        state[i] = model.scaling().toPhysical(i, walkers.get(i, t));
      }
      model.map().expand(state, full);
      results.set(row + t, record, full);
    }
  }

  /** Scaled start state. */
  private double[] initial(int member) {
    InitialState start = config.initial();
    double[] physical = new double[model.map().trained()];
    if (start.temperature().isPresent()) {
      return relaxed(member, start.temperature().getAsDouble());
    }
    if (!start.observables().isEmpty()) {
      if (start.observables().size() != results.observables()) {
        throw LatticeLiftException.badData(
            "The initial state has " + start.observables().size() + " values",
            "ensemble.initial.observables",
            "one value for each of " + model.map().observables(),
            "Give all of them in this order");
      }
      Arrays.setAll(physical, i -> start.observables().get(model.map().independent()[i]));
    }
    return scaled(physical);
  }

  private double[] scaled(double[] physical) {
    double[] y = new double[physical.length];
    Arrays.setAll(y, i -> model.scaling().toScaled(i, physical[i]));
    return y;
  }

  private double[] relaxed(int member, double temperature) {
    model.scaling().timeUnit(temperature, config.allowExtrapolation());
    RandomStream unused = streams.stream(Purpose.ENSEMBLE_NOISE);
    TrajectoryBlock walker = new TrajectoryBlock(kernel(member, temperature, 1), unused, 1);
    walker.start(scaled(new double[model.map().trained()]));
    for (double time = 0; time < RELAXATION; time += RELAXATION_STEP) {
      walker.relax(RELAXATION_STEP);
    }
    if (!walker.finite()) {
      throw diverged(member, temperature);
    }
    double[] y = new double[model.map().trained()];
    Arrays.setAll(y, i -> walker.get(i, 0));
    return y;
  }

  private static LatticeLiftException diverged(int member, double temperature) {
    return LatticeLiftException.numerical(
        "A predicted trajectory diverged",
        "ensemble, " + temperature + " K, model m" + member,
        "finite states",
        "Lower ensemble.step, or train longer or with more pairs near this condition");
  }
}
