package org.latticelift.learn.ensemble;

import java.util.Arrays;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;

/**
 * Rolls out a model at one condition. A task is one block of trajectories of one parameter set, as
 * large as the kernel says. The noise of a trajectory is keyed by condition, parameter set and
 * trajectory, so results do not depend on threads, on the order or size of tasks or on which other
 * conditions are predicted.
 */
final class Ensemble {
  /** Steps of trajectories between two questions whether to stop: 20 ms. */
  private static final long PIECE = 1 << 14;

  private static final long RELAXATION_STEPS = 6000;
  private static final double RELAXATION_STEP = 0.005;

  private final SdeModel model;
  private final EnsembleConfig config;
  private final Streams streams;
  private final Condition condition;
  private final double unit;
  private final TimeGrid grid;
  private final EnsembleKernel kernel;
  private final EnsembleKernel.Program[] programs;
  private final double[][] starts;

  Ensemble(
      SdeModel model,
      EnsembleConfig config,
      EnsembleKernel kernel,
      Streams streams,
      Condition condition) {
    this.model = model;
    this.kernel = kernel;
    this.config = config;
    this.streams = streams;
    this.condition = condition;
    config.size(model.models().size(), observables(), kernel.block()).require();
    this.unit = model.scaling().timeUnit(condition.value(), config.allowExtrapolation());
    this.grid = TimeGrid.of(config.horizon().scaled(unit), config.step(), config.records());
    this.programs = new EnsembleKernel.Program[model.models().size()];
    Arrays.setAll(programs, member -> program(member, condition.value()));
    this.starts = new double[programs.length][];
  }

  /** Blocks of all parameter sets. */
  int tasks() {
    return blocks() * model.models().size();
  }

  Condition condition() {
    return condition;
  }

  double[] times() {
    return grid.seconds(unit);
  }

  /** Room for the trajectories of all blocks. */
  Trajectories room() {
    return new Trajectories(
        model.models().size(), config.trajectories(), config.records(), observables());
  }

  private int observables() {
    return model.map().observables().size();
  }

  /** Where the trajectories of a block begin among all. */
  int firstTrajectory(int task) {
    return task / blocks() * config.trajectories() + task % blocks() * kernel.block();
  }

  private int blocks() {
    return (config.trajectories() + kernel.block() - 1) / kernel.block();
  }

  /**
   * Integrates one block from start to end, or from where it was interrupted.
   *
   * @param at how far it has come
   * @param observer asked and told between pieces of the work
   * @return its trajectories alone
   */
  Trajectories run(int task, BlockPosition at, BlockObserver observer) {
    int member = task / blocks();
    int block = task % blocks();
    int first = block * kernel.block();
    int count = Math.min(kernel.block(), config.trajectories() - first);
    long key = condition.key();
    Trajectories results = new Trajectories(1, count, config.records(), observables());
    try (Walkers walkers =
        programs[member].walkers(
            count, t -> streams.stream(Purpose.ENSEMBLE_NOISE, key, member, first + t))) {
      if (at == BlockPosition.START) {
        walkers.start(start(member));
        record(walkers, results, 0);
      } else {
        walkers.restore(at.walkers());
        results.put(0, at.results());
      }
      integrate(member, walkers, results, at, observer);
    }
    return results;
  }

  private void integrate(
      int member,
      Walkers walkers,
      Trajectories results,
      BlockPosition from,
      BlockObserver observer) {
    long perPiece = Math.max(1, PIECE / walkers.count());
    int record = from.record();
    long steps = from.steps();
    while (record + 1 < grid.records()) {
      long piece = Math.min(perPiece, grid.steps() - steps);
      walkers.advance(piece, grid.step(), config.diffusionFactor());
      steps += piece;
      if (steps == grid.steps()) {
        if (config.onDivergence() == Divergence.ERROR && !walkers.finite()) {
          throw diverged(member, condition.value());
        }
        record++;
        steps = 0;
        record(walkers, results, record);
      }
      if (observer.due()) {
        observer.reached(new BlockPosition(record, steps, walkers.save(), results.encode()));
      }
    }
  }

  private EnsembleKernel.Program program(int member, double temperature) {
    return kernel.program(model.architecture(), model.models().get(member), temperature);
  }

  /** A trajectory beyond all bounds is not a number from then on. */
  private void record(Walkers walkers, Trajectories results, int record) {
    double[] state = new double[model.map().trained()];
    double[] full = new double[observables()];
    for (int t = 0; t < walkers.count(); t++) {
      boolean bounded = true;
      for (int i = 0; i < state.length; i++) {
        float scaled = walkers.get(i, t);
        bounded &= Math.abs(scaled) < Walkers.LIMIT;
        state[i] = model.scaling().toPhysical(i, scaled);
      }
      model.map().expand(state, full);
      if (!bounded) {
        Arrays.fill(full, Double.NaN);
      }
      results.set(t, record, full);
    }
  }

  /** Scaled start state, the same for all blocks of a parameter set. */
  private double[] start(int member) {
    synchronized (starts) {
      if (starts[member] == null) {
        starts[member] = initial(member);
      }
      return starts[member];
    }
  }

  private double[] initial(int member) {
    InitialState start = config.initial();
    double[] physical = new double[model.map().trained()];
    Arrays.setAll(physical, i -> model.map().start()[model.map().independent()[i]]);
    if (start.condition().isPresent()) {
      return relaxed(member, start.condition().getAsDouble());
    }
    if (!start.observables().isEmpty()) {
      if (start.observables().size() != observables()) {
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
    try (Walkers walker =
        program(member, temperature).walkers(1, t -> streams.stream(Purpose.ENSEMBLE_NOISE))) {
      walker.start(scaled(new double[model.map().trained()]));
      walker.relax(RELAXATION_STEPS, RELAXATION_STEP);
      if (!walker.finite()) {
        throw diverged(member, temperature);
      }
      double[] y = new double[model.map().trained()];
      Arrays.setAll(y, i -> walker.get(i, 0));
      return y;
    }
  }

  private static LatticeLiftException diverged(int member, double temperature) {
    return LatticeLiftException.numerical(
        "A predicted trajectory diverged",
        "ensemble, " + temperature + ", model m" + member,
        "finite states",
        "Lower ensemble.step, train longer or with more pairs near this condition, or set"
            + " ensemble.on_divergence: drop");
  }
}
