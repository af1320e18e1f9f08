package org.latticelift.learn.train;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.optim.Adam;
import org.latticelift.learn.optim.OperationOrder;
import org.latticelift.learn.sde.ParameterSpec;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.train.LearningSchedule.LearningRate;
import org.latticelift.learn.train.LearningSchedule.Optimiser;
import org.latticelift.learn.train.LearningSchedule.TrainSettings;
import org.latticelift.learn.train.gradient.SdeObjective;
import org.latticelift.learn.train.gradient.TrainingProblem;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;

/**
 * Trains one model on one thread: epochs of shuffled batches (ME-36, section 10 of the method).
 * Equal seeds and engines give equal bits on the CPU, also after a resume.
 */
final class SdeTrainer {
  private static final List<String> LAST_LAYERS =
      List.of("drift/output/", "drift/matrix/", "drift/force/", "drift/linear/");

  private static final float SMALL = 0.1f;

  private final SdeArchitecture architecture;
  private final TrainingProblem problem;
  private final TrainSettings settings;
  private final Streams streams;
  private final int model;
  private final LearningRate schedule;
  private final List<double[]> history = new ArrayList<>();
  private int epoch;
  private int position;
  private double sum;

  /**
   * Prepares a training, to be run once ({@code model}: index of this model; with the seed it
   * decides weights and shuffles).
   */
  SdeTrainer(
      SdeArchitecture architecture,
      TrainingProblem problem,
      TrainSettings settings,
      Streams streams,
      int model) {
    this.architecture = architecture;
    this.problem = problem;
    this.settings = settings;
    this.streams = streams;
    this.model = model;
    this.schedule = settings.optimiser().start();
  }

  /**
   * What a training has done.
   *
   * @param finished false if the observer stopped it: the parameters are those of the checkpoint
   */
  record Result(SdeParameters parameters, List<double[]> history, boolean finished) {
    Result with(SdeParameters others) {
      return new Result(others, history, finished);
    }
  }

  /**
   * Trains to the end or until the observer stops ({@code resume}: state of an earlier checkpoint
   * of the same engine, if there is one).
   */
  Result run(GradientEngine engine, Optional<TrainingState> resume, TrainingObserver observer) {
    Weights weights =
        new Weights(
            resume.map(TrainingState::parameters).orElseGet(this::initial), settings.optimiser());
    resume.ifPresent(state -> restore(weights, state));
    try (SdeObjective<float[]> objective = engine.open(architecture, problem)) {
      while (epoch < settings.epochs()) {
        if (!epoch(objective, weights, observer)) {
          observer.checkpoint(state(weights));
          return result(weights, false);
        }
        if (epoch % settings.checkpointEpochs() == 0 && epoch < settings.epochs()) {
          observer.checkpoint(state(weights));
        }
      }
    }
    observer.checkpoint(state(weights));
    return result(weights, true);
  }

  private Result result(Weights weights, boolean finished) {
    return new Result(
        SdeParameters.of(architecture, weights.evaluated()), List.copyOf(history), finished);
  }

  private float[] initial() {
    SdeParameters drawn =
        SdeParameters.initial(architecture, streams.stream(Purpose.TRAIN_INIT, model));
    return problem.residual() ? small(drawn) : drawn.flat();
  }

  /** With last layers of the drift so small that it begins near zero. */
  private static float[] small(SdeParameters drawn) {
    float[] flat = drawn.flat();
    int offset = 0;
    for (ParameterSpec spec : drawn.layout()) {
      if (LAST_LAYERS.stream().anyMatch(spec.name()::startsWith)) {
        for (int i = offset; i < offset + spec.size(); i++) {
          flat[i] *= SMALL;
        }
      }
      offset += spec.size();
    }
    return flat;
  }

  private void restore(Weights weights, TrainingState resume) {
    weights.restore(resume);
    schedule.restore(resume.schedule());
    history.addAll(resume.history());
    epoch = resume.epoch();
    position = resume.position();
    sum = resume.sum();
  }

  private TrainingState state(Weights weights) {
    return new TrainingState(
        epoch,
        position,
        sum,
        weights.current().clone(),
        weights.average().clone(),
        weights.optimiser(),
        schedule.state(),
        List.copyOf(history));
  }

  /** Goes on with the epoch to its end; false if the observer stopped it between two batches. */
  private boolean epoch(
      SdeObjective<float[]> objective, Weights weights, TrainingObserver observer) {
    int[] order = new int[problem.training().count()];
    Arrays.setAll(order, i -> i);
    streams.stream(Purpose.TRAIN_SHUFFLE, model, epoch).shuffle(order);
    objective.order(order);
    float[] gradient = new float[weights.current().length];
    double rate = schedule.rate((double) epoch / settings.epochs());
    while (position < order.length) {
      if (observer.stop()) {
        return false;
      }
      int to = Math.min(order.length, position + settings.batch());
      double progress = (epoch + (double) position / order.length) / settings.epochs();
      rate = schedule.rate(progress);
      double loss = objective.gradient(weights.current(), position, to, gradient);
      requireFinite(loss);
      weights.step(gradient, rate);
      sum += loss * (to - position);
      position = to;
    }
    double loss = sum / order.length;
    position = 0;
    sum = 0;
    epoch++;
    double checked =
        problem.validation().count() == 0 ? Double.NaN : objective.validation(weights.evaluated());
    schedule.epoch(loss);
    history.add(new double[] {loss, checked, rate});
    observer.epoch(epoch, loss, checked);
    return true;
  }

  private void requireFinite(double loss) {
    if (!Double.isFinite(loss)) {
      throw LatticeLiftException.numerical(
          "The training loss is " + loss,
          "model " + model + ", epoch " + (epoch + 1),
          "a finite number",
          "Lower train.learning_rate or raise train.epsilon");
    }
  }

  /** The flat parameters, their optimiser (ME-68) and their moving average. */
  static final class Weights {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;

    private final float[] current;
    private final float[] average;
    private final Adam optimiser;
    private final double decay;
    private final double gradientLimit;
    private long steps;

    Weights(float[] initial, Optimiser settings) {
      this.current = initial.clone();
      this.optimiser =
          new Adam(
              initial.length,
              new Adam.Settings(
                  BETA1, BETA2, settings.weightDecay(), true, true, OperationOrder.QUOTIENT_FIRST));
      this.decay = settings.average();
      this.gradientLimit = settings.gradientLimit();
      this.average = decay > 0 ? initial.clone() : new float[0];
    }

    /** The weights that the gradient is taken at; the array itself, not a copy. */
    float[] current() {
      return current;
    }

    /** The moving average, empty if off; the array itself, not a copy. */
    float[] average() {
      return average;
    }

    /** The weights that are judged and delivered: the average where there is one. */
    float[] evaluated() {
      return decay > 0 ? average : current;
    }

    /** One optimiser step ({@code gradient}: scaled down where it is beyond the limit). */
    void step(float[] gradient, double rate) {
      if (gradientLimit > 0) {
        optimiser.limit(gradient, gradientLimit);
      }
      optimiser.step(current, gradient, rate);
      steps++;
      if (decay > 0) {
        double d = Math.min(decay, (1.0 + steps) / (10.0 + steps));
        blend((float) d, (float) (1 - d));
      }
    }

    private void blend(float keep, float add) {
      for (int i = 0; i < average.length; i++) {
        average[i] = average[i] * keep + current[i] * add;
      }
    }

    Adam.State optimiser() {
      return optimiser.state();
    }

    void restore(TrainingState state) {
      optimiser.restore(state.optimiser());
      steps = state.optimiser().steps();
      System.arraycopy(state.average(), 0, average, 0, average.length);
    }
  }

  interface TrainingObserver {
    TrainingObserver NONE = new TrainingObserver() {};

    /** After each epoch: loss and validation loss (NaN without validation). */
    default void epoch(int epoch, double loss, double validation) {}

    /** Every few epochs, before an orderly stop, and at the end. */
    default void checkpoint(TrainingState state) {}

    /**
     * Whether to stop now, asked before every batch; {@link #checkpoint} follows and the training
     * ends early.
     */
    default boolean stop() {
      return false;
    }
  }

  /**
   * Everything that a training needs to continue bit for bit after a batch. Shuffles are drawn from
   * streams keyed by model and epoch, so epoch and position are those in all of them.
   *
   * @param epoch finished epochs
   * @param position pairs of the next epoch that were used
   * @param sum of their losses
   * @param parameters current weights
   * @param average moving average of the weights; empty if off
   * @param optimiser moments and step count
   * @param schedule state of the learning-rate schedule
   * @param history per epoch: training loss, validation loss (NaN without), learning rate
   */
  record TrainingState(
      int epoch,
      int position,
      double sum,
      float[] parameters,
      float[] average,
      Adam.State optimiser,
      double[] schedule,
      List<double[]> history) {

    private static final int MAGIC = 0x4C4C5435;

    void write(DataOutput out) throws IOException {
      out.writeInt(MAGIC);
      out.writeInt(epoch);
      out.writeInt(position);
      out.writeDouble(sum);
      floats(out, parameters);
      floats(out, average);
      floats(out, optimiser.first());
      floats(out, optimiser.second());
      floats(out, optimiser.largest());
      out.writeLong(optimiser.steps());
      doubles(out, schedule);
      out.writeInt(history.size());
      for (double[] row : history) {
        doubles(out, row);
      }
    }

    static TrainingState read(DataInput in) throws IOException {
      if (in.readInt() != MAGIC) {
        throw new IOException("not a training checkpoint");
      }
      int epoch = in.readInt();
      int position = in.readInt();
      double sum = in.readDouble();
      float[] parameters = floats(in);
      float[] average = floats(in);
      Adam.State optimiser = new Adam.State(floats(in), floats(in), floats(in), in.readLong());
      double[] schedule = doubles(in);
      List<double[]> history = new ArrayList<>();
      for (int rows = in.readInt(); rows > 0; rows--) {
        history.add(doubles(in));
      }
      return new TrainingState(
          epoch, position, sum, parameters, average, optimiser, schedule, history);
    }

    private static void floats(DataOutput out, float[] values) throws IOException {
      out.writeInt(values.length);
      for (float value : values) {
        out.writeFloat(value);
      }
    }

    private static float[] floats(DataInput in) throws IOException {
      float[] values = new float[in.readInt()];
      for (int i = 0; i < values.length; i++) {
        values[i] = in.readFloat();
      }
      return values;
    }

    private static void doubles(DataOutput out, double[] values) throws IOException {
      out.writeInt(values.length);
      for (double value : values) {
        out.writeDouble(value);
      }
    }

    private static double[] doubles(DataInput in) throws IOException {
      double[] values = new double[in.readInt()];
      for (int i = 0; i < values.length; i++) {
        values[i] = in.readDouble();
      }
      return values;
    }
  }
}
