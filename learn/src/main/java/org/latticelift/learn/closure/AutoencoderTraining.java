package org.latticelift.learn.closure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.optim.Adam;
import org.latticelift.learn.optim.OperationOrder;
import org.latticelift.learn.train.GradientTape;
import org.latticelift.learn.train.TrainingDevice;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * Trains an autoencoder on large states (ME-11, ME-76), epoch after epoch. On the CPU equal seeds
 * give equal bits, also when the training is continued from a checkpoint.
 */
final class AutoencoderTraining {
  /** ME-76. */
  private static final double BETA1 = 0.9;

  private static final int MAGIC = 0x4C4C4332;

  private final Autoencoder autoencoder;
  private final ClosureConfig config;
  private final LargeStates states;
  private final Streams streams;
  private final int[] chosen;
  private final AutoencoderLoss loss;
  private final float[] parameters;
  private final RunningMoments statistics;
  private final Adam adam;
  private final List<Double> history = new ArrayList<>();

  /** States of the epoch under way that were used or left out, and the sum over those used. */
  private int position;

  private double sum;
  private int used;

  AutoencoderTraining(
      Autoencoder autoencoder, ClosureConfig config, LargeStates states, Streams streams) {
    this.autoencoder = autoencoder;
    this.config = config;
    this.states = states;
    this.streams = streams;
    this.chosen = chosen(config, states, streams);
    this.loss = new AutoencoderLoss(autoencoder);
    this.parameters = initial(autoencoder, streams.stream(Purpose.CLOSURE_INIT));
    this.statistics = RunningMoments.initial(autoencoder.normalisations());
    this.adam = new Adam(parameters.length, optimiser(config));
  }

  private static Adam.Settings optimiser(ClosureConfig config) {
    return new Adam.Settings(
        BETA1,
        config.beta2(),
        config.weightDecay(),
        false,
        config.amsgrad(),
        OperationOrder.DOUBLE_ROOT);
  }

  private static int[] chosen(ClosureConfig config, LargeStates states, Streams streams) {
    int[] all = new int[states.count()];
    Arrays.setAll(all, i -> i);
    int count = (int) config.trainingStates(all.length);
    if (count < all.length) {
      streams.stream(Purpose.CLOSURE_STATES).shuffle(all);
    }
    return Arrays.copyOf(all, count);
  }

  private static float[] initial(Autoencoder autoencoder, RandomStream stream) {
    float[] flat = new float[autoencoder.parameterCount()];
    int at = 0;
    for (ParameterArray array : autoencoder.parameters()) {
      array.draw(flat, at, stream);
      at += array.size();
    }
    return flat;
  }

  /**
   * Trains to the end, or until the observer stops it.
   *
   * @return the trained networks, without scaling yet; empty if it was stopped before the end
   */
  Optional<ClosureModel> run(ClosureObserver observer) {
    observer.begins(history.size());
    while (history.size() < config.epochs()) {
      boolean whole = epoch(observer);
      observer.checkpoint(this);
      if (!whole) {
        return Optional.empty();
      }
      observer.epoch(history.get(history.size() - 1));
    }
    return Optional.of(model());
  }

  /** Goes on with one pass over the chosen states in a new order; false if it was interrupted. */
  private boolean epoch(ClosureObserver observer) {
    int[] order = chosen.clone();
    streams.stream(Purpose.CLOSURE_SHUFFLE, history.size()).shuffle(order);
    float[] gradient = new float[parameters.length];
    try (NDManager root = TrainingDevice.engine().newBaseManager(config.device().resolve())) {
      GradientTape.off();
      Map<String, NDArray> running = statistics.on(root);
      while (position < order.length && !observer.stop()) {
        int from = position;
        int to = Math.min(order.length, from + config.batch());
        position = to;
        if (!(config.dropLast() && to - from < config.batch() && from > 0)) {
          sum += (to - from) * step(root, running, Arrays.copyOfRange(order, from, to), gradient);
          used += to - from;
          adam.step(parameters, gradient, config.learningRate());
        }
      }
      statistics.take(running);
    }
    if (position < order.length) {
      return false;
    }
    history.add(requireFinite(sum / used));
    position = 0;
    sum = 0;
    used = 0;
    return true;
  }

  private double step(NDManager root, Map<String, NDArray> running, int[] rows, float[] gradient) {
    try (NDManager step = root.newSubManager()) {
      NDArray leaf = step.create(parameters);
      leaf.setRequiresGradient(true);
      NDArray mean;
      try (GradientTape tape = new GradientTape()) {
        mean = loss.mean(step, leaf, running, true, states, rows);
        tape.backward(mean);
      }
      try (NDArray derivatives = leaf.getGradient()) {
        System.arraycopy(derivatives.toFloatArray(), 0, gradient, 0, gradient.length);
      }
      return mean.getFloat();
    }
  }

  private double requireFinite(double value) {
    if (!Double.isFinite(value)) {
      throw LatticeLiftException.numerical(
          "the reconstruction error is " + value,
          "closure, epoch " + (history.size() + 1),
          "a finite number",
          "Lower closure.learning_rate");
    }
    return value;
  }

  private ClosureModel model() {
    return new ClosureModel(
        autoencoder,
        parameters.clone(),
        statistics,
        history.stream().mapToDouble(Double::doubleValue).toArray());
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(MAGIC);
    StoredArrays.write(out, parameters);
    for (float[] values : statistics.values().values()) {
      StoredArrays.write(out, values);
    }
    writeMoments(out);
    out.writeInt(position);
    out.writeDouble(sum);
    out.writeInt(used);
    out.writeInt(history.size());
    for (double epoch : history) {
      out.writeDouble(epoch);
    }
  }

  void read(DataInput in) throws IOException {
    if (in.readInt() != MAGIC) {
      throw new IOException("not a checkpoint of an autoencoder");
    }
    StoredArrays.read(in, parameters);
    for (float[] values : statistics.values().values()) {
      StoredArrays.read(in, values);
    }
    readMoments(in);
    position = in.readInt();
    sum = in.readDouble();
    used = in.readInt();
    int epochs = in.readInt();
    for (int i = 0; i < epochs; i++) {
      history.add(in.readDouble());
    }
  }

  private void writeMoments(DataOutput out) throws IOException {
    Adam.State moments = adam.state();
    out.writeLong(moments.steps());
    for (float[] values : List.of(moments.first(), moments.second(), moments.largest())) {
      StoredArrays.write(out, values);
    }
  }

  private void readMoments(DataInput in) throws IOException {
    long steps = in.readLong();
    Adam.State fresh = adam.state();
    for (float[] values : List.of(fresh.first(), fresh.second(), fresh.largest())) {
      StoredArrays.read(in, values);
    }
    adam.restore(new Adam.State(fresh.first(), fresh.second(), fresh.largest(), steps));
  }
}
