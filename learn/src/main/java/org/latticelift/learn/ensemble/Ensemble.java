package org.latticelift.learn.ensemble;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.run.task.TaskPool;
import org.latticelift.learn.ensemble.Course.Leg;
import org.latticelift.learn.ensemble.Course.Programs;
import org.latticelift.learn.ensemble.Ensemble.BlockPosition.BlockObserver;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;

/**
 * Rolls out a model at one condition, or along a schedule of conditions. A task is one block of
 * trajectories of one parameter set, as large as the kernel says. The noise of a trajectory is
 * keyed by condition, parameter set and trajectory, so results do not depend on threads, on the
 * order or size of tasks or on which other conditions are predicted.
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
  private final Course course;
  private final Programs programs;
  private final double[][] starts;

  Ensemble(
      SdeModel model,
      EnsembleConfig config,
      EnsembleKernel kernel,
      Streams streams,
      Condition condition) {
    this(
        model,
        config,
        new Programs(model, kernel),
        streams,
        condition,
        isothermal(model, config, condition));
  }

  /**
   * Along any course.
   *
   * @param condition at the beginning, which keys the noise (EX-50)
   */
  Ensemble(
      SdeModel model,
      EnsembleConfig config,
      Programs programs,
      Streams streams,
      Condition condition,
      Course course) {
    this.model = model;
    this.programs = programs;
    this.config = config;
    this.streams = streams;
    this.condition = condition;
    this.course = course;
    config.size(model.models().size(), observables(), programs.block()).require();
    this.starts = new double[model.models().size()][];
  }

  /** The trajectories of a model at each condition that a configuration asks for. */
  static List<Ensemble> isothermal(SdeModel model, EnsembleConfig config, long seed) {
    EnsembleKernel kernel = config.kernel();
    Streams streams = new Streams(seed);
    String parameter = model.scaling().quantities().parameter();
    return Arrays.stream(config.predicted(model.scaling().condition()))
        .mapToObj(value -> Condition.of(parameter, value))
        .map(condition -> new Ensemble(model, config, kernel, streams, condition))
        .toList();
  }

  private static Course isothermal(SdeModel model, EnsembleConfig config, Condition condition) {
    double value = condition.value();
    double unit = model.scaling().timeUnit(value, config.where().allowExtrapolation());
    double horizon = config.times().horizon().scaled(condition, unit);
    double step = StableSteps.of(model, config).at(value);
    return Course.isothermal(TimeGrid.of(horizon, step, config.times().records()), value, unit);
  }

  int tasks() {
    return blocks() * model.models().size();
  }

  double work() {
    return (double) course.steps() * config.trajectories() * model.models().size();
  }

  Condition condition() {
    return condition;
  }

  double[] times() {
    return course.times();
  }

  /** How far the start is from the states of the pairs ({@link Novelty}). */
  double noveltyOfStart() {
    return new Novelty(model).of(condition.value(), start(0));
  }

  /** Room for the trajectories of all blocks. */
  Trajectories room() {
    return new Trajectories(
        model.models().size(), config.trajectories(), course.records(), observables());
  }

  private int observables() {
    return model.map().observables().size();
  }

  /** Where the trajectories of a block begin among all. */
  int firstTrajectory(int task) {
    return task / blocks() * config.trajectories() + task % blocks() * programs.block();
  }

  private int blocks() {
    return (config.trajectories() + programs.block() - 1) / programs.block();
  }

  /** Integrates one block from start to end, or from where it was interrupted. */
  Trajectories run(int task, BlockPosition at, BlockObserver observer) {
    int member = task / blocks();
    int block = task % blocks();
    int first = block * programs.block();
    int count = Math.min(programs.block(), config.trajectories() - first);
    Trajectories results = new Trajectories(1, count, course.records(), observables());
    Way way = new Way(member, first, count);
    try {
      if (at == BlockPosition.START) {
        way.walkers.start(start(member));
        record(way.walkers, results, 0);
      } else {
        way.go(at);
        results.put(0, at.results());
      }
      integrate(way, results, observer);
    } finally {
      way.walkers.close();
    }
    return results;
  }

  /** Integrates all blocks. The progress hears from any thread what further share is done. */
  Trajectories run(int threads, StopSignal stop, DoubleConsumer progress) {
    Trajectories all = room();
    TaskPool.run(
        threads,
        tasks(),
        task -> {
          double[] told = {0};
          BlockObserver observer =
              ending(
                  stop,
                  done -> {
                    progress.accept((done - told[0]) / tasks());
                    told[0] = done;
                  });
          byte[] block = run((int) task, BlockPosition.START, observer).encode();
          progress.accept((1 - told[0]) / tasks());
          synchronized (all) {
            all.put(firstTrajectory((int) task), block);
          }
        },
        stop);
    return all;
  }

  /** What takes seconds is made again where it was stopped. */
  private static BlockObserver ending(StopSignal stop, DoubleConsumer progress) {
    return new BlockObserver() {
      @Override
      public void advanced(double done) {
        progress.accept(done);
      }

      @Override
      public boolean due() {
        return stop.requested();
      }

      @Override
      public void reached(BlockPosition position) {
        stop.check();
      }
    };
  }

  private void integrate(Way way, Trajectories results, BlockObserver observer) {
    long perPiece = Math.max(1, PIECE / way.count);
    double steps = course.steps();
    while (!way.done()) {
      if (way.advance(perPiece)) {
        if (config.onDivergence() == Divergence.ERROR && !way.walkers.finite()) {
          throw diverged(way.member, way.value);
        }
        record(way.walkers, results, way.record);
      }
      observer.advanced(way.made() / steps);
      if (observer.due()) {
        observer.reached(
            new BlockPosition(way.record, way.steps, way.walkers.save(), results.encode()));
      }
    }
  }

  /** Where a block of trajectories is on the course. */
  private final class Way {
    private final int member;
    private final int first;
    private final int count;
    private Walkers walkers;
    private double value;
    private int record;
    private int leg;

    private long steps;

    private long made;

    /** Those of the legs before the present one. */
    private long before;

    Way(int member, int first, int count) {
      this.member = member;
      this.first = first;
      this.count = count;
      this.value = leg().condition();
      this.walkers = walkers(value);
    }

    private Walkers walkers(double at) {
      return programs.of(member, at).walkers(count, this::noise);
    }

    private RandomStream noise(int trajectory) {
      return streams.stream(
          Purpose.ENSEMBLE_NOISE, condition.key(), member, (long) first + trajectory);
    }

    private Leg leg() {
      return course.legs().get(record).get(leg);
    }

    /** Steps of all records so far, of a start that was not interrupted. */
    private double made() {
      return made;
    }

    private boolean done() {
      return record + 1 == course.records();
    }

    /** Makes at most so many steps of the present leg; whether the next record is reached. */
    private boolean advance(long most) {
      Leg now = leg();
      continueAt(now.condition());
      long piece = Math.min(most, now.steps() - (steps - before));
      walkers.advance(piece, now.step(), config.diffusionFactor(), config.times().scheme());
      steps += piece;
      made += piece;
      return steps - before == now.steps() && nextLeg();
    }

    /** Whether there is none before the next record. */
    private boolean nextLeg() {
      before = steps;
      leg++;
      if (leg < course.legs().get(record).size()) {
        return false;
      }
      record++;
      steps = 0;
      before = 0;
      leg = 0;
      return true;
    }

    /** The same states and noise under the equation of another condition. */
    private void continueAt(double next) {
      if (next != value) {
        walkers = programs.of(member, next).continued(walkers, this::noise);
        value = next;
      }
    }

    private void go(BlockPosition to) {
      record = to.record();
      steps = to.steps();
      while (!done() && steps - before >= leg().steps()) {
        before += leg().steps();
        leg++;
      }
      walkers.restore(to.walkers());
    }
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
  double[] start(int member) {
    synchronized (starts) {
      if (starts[member] == null) {
        starts[member] = initial(member);
      }
      return starts[member];
    }
  }

  private double[] initial(int member) {
    InitialState start = config.where().initial();
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
    if (!Arrays.stream(y).allMatch(value -> Math.abs(value) < Walkers.LIMIT)) {
      throw LatticeLiftException.badData(
          "The initial state " + Arrays.toString(physical) + " is out of all bounds of the model",
          "ensemble.initial",
          "values within a million deviations of those that the model was trained at",
          "Correct it; where none was asked for, make the model again or copy it again");
    }
    return y;
  }

  private double[] relaxed(int member, double temperature) {
    model.scaling().timeUnit(temperature, config.where().allowExtrapolation());
    try (Walkers walker =
        programs.of(member, temperature).walkers(1, t -> streams.stream(Purpose.ENSEMBLE_NOISE))) {
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

  /**
   * How far a block of trajectories has come.
   *
   * @param record the last one that was made
   * @param steps since then
   * @param walkers from {@link Walkers#save}
   * @param results from {@link Trajectories#encode}
   */
  record BlockPosition(int record, long steps, byte[] walkers, byte[] results) {
    /** Nothing is made but the initial record. */
    static final BlockPosition START = new BlockPosition(0, 0, new byte[0], new byte[0]);

    private static final int HEAD = 2 * Integer.BYTES + Long.BYTES;

    byte[] bytes() {
      return ByteBuffer.allocate(HEAD + walkers.length + results.length)
          .putInt(record)
          .putLong(steps)
          .putInt(walkers.length)
          .put(walkers)
          .put(results)
          .array();
    }

    static BlockPosition of(byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      int record = in.getInt();
      long steps = in.getLong();
      byte[] walkers = new byte[in.getInt()];
      in.get(walkers);
      byte[] results = new byte[in.remaining()];
      in.get(results);
      return new BlockPosition(record, steps, walkers, results);
    }

    /** Watches the integration of a block of trajectories. */
    interface BlockObserver {
      /**
       * Whether it wants to be told how far the block has come, asked between pieces of the work:
       * to tell it costs a copy of all that was made.
       */
      boolean due();

      /**
       * The share of the block that is done, told between pieces of the work ({@code done}: 0 to
       * 1).
       */
      default void advanced(double done) {}

      /** So far the block has come; an exception ends it. */
      void reached(BlockPosition position);
    }
  }
}
