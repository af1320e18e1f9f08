package org.latticelift.learn.closure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
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
import org.latticelift.sim.system.Encoding;

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
        config.training().beta2(),
        config.training().weightDecay(),
        false,
        config.training().amsgrad(),
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
   * Trains to the end, or until the observer stops it; the trained networks, without scaling yet;
   * empty if it was stopped before the end.
   */
  Optional<ClosureModel> run(ClosureObserver observer) {
    observer.begins(history.size());
    while (history.size() < config.training().epochs()) {
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
        int to = Math.min(order.length, from + config.training().batch());
        position = to;
        if (!(config.training().dropLast() && to - from < config.training().batch() && from > 0)) {
          sum += (to - from) * step(root, running, Arrays.copyOfRange(order, from, to), gradient);
          used += to - from;
          adam.step(parameters, gradient, config.training().learningRate());
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

  /** Arrays of known length in a checkpoint. */
  static final class StoredArrays {
    private StoredArrays() {}

    static void write(DataOutput out, float[] values) throws IOException {
      out.writeInt(values.length);
      for (float value : values) {
        out.writeFloat(value);
      }
    }

    static void read(DataInput in, float[] values) throws IOException {
      if (in.readInt() != values.length) {
        throw new IOException("an array of another length");
      }
      for (int i = 0; i < values.length; i++) {
        values[i] = in.readFloat();
      }
    }
  }

  /** Mean reconstruction error of a batch (ME-09, PP-33, IS-43). */
  static final class AutoencoderLoss {
    private final Autoencoder autoencoder;
    private final Network encoder;
    private final Network decoder;
    private final int inputs;
    private final int patches;
    private final PatchLayout mosaic;
    private final PatchPlaces places;

    AutoencoderLoss(Autoencoder autoencoder) {
      this.autoencoder = autoencoder;
      this.encoder = autoencoder.encoder();
      this.decoder = autoencoder.decoder();
      this.inputs = autoencoder.encoding().inputs();
      this.patches = autoencoder.encoding().patches();
      this.mosaic = new PatchLayout(autoencoder.encoding());
      this.places = new PatchPlaces(autoencoder.encoding());
    }

    /** Evaluates a batch ({@code statistics}: running statistics, changed while training). */
    NDArray mean(
        NDManager step,
        NDArray flat,
        Map<String, NDArray> statistics,
        boolean training,
        LargeStates states,
        int[] rows) {
      int m = autoencoder.observables();
      int size = mosaic.size();
      float[] parts = new float[rows.length * size];
      float[] whole = new float[rows.length * size];
      float[] observables = new float[rows.length * m];
      for (int i = 0; i < rows.length; i++) {
        states.patches(rows[i], parts, i * size);
        mosaic.assemble(parts, i * size, whole, i * size);
        double[] z = states.observables(rows[i]);
        for (int c = 0; c < m; c++) {
          observables[i * m + c] = (float) z[c];
        }
      }
      BoundParameters arrays =
          new BoundParameters(step, autoencoder.parameters(), flat, statistics, training);
      long batch = rows.length;
      NDArray patch = step.create(parts, new Shape(batch * patches, inputs));
      NDArray closures =
          encoder
              .apply(patch, arrays)
              .reshape(new Shape(batch, patches, autoencoder.dim()))
              .mean(new int[] {1});
      NDArray z = step.create(observables, new Shape(batch, m)).concat(closures, 1);
      boolean byPatch = autoencoder.byPatch();
      NDArray output = decoder.apply(byPatch ? places.beside(step, z) : z, arrays);
      NDArray truth =
          byPatch
              ? step.create(parts, new Shape(batch * patches, inputs))
              : step.create(whole, new Shape(batch, size));
      return autoencoder.encoding().values() == Encoding.Values.REAL
          ? truth.sub(output).square().mean()
          : crossEntropy(truth, output);
    }

    /** Of the probability of +1, the sigmoid of the output l: log(1 + e^l) - l (x + 1)/2. */
    private static NDArray crossEntropy(NDArray truth, NDArray output) {
      NDArray logarithm = output.abs().neg().exp().add(1).log();
      NDArray softplus = Activation.relu(output).add(logarithm);
      return softplus.sub(output.mul(truth.add(1)).mul(0.5f)).mean();
    }

    /**
     * Where the numbers of the patches of a state stand in the state: from patches [K, channels,
     * sites of a patch] to fields [channels, sites].
     */
    static final class PatchLayout {
      private final int[] target;

      PatchLayout(Encoding encoding) {
        target = new int[encoding.patches() * encoding.inputs()];
        int axes = encoding.patch().size();
        int patchSites = encoding.inputs() / encoding.channels();
        int sites = patchSites * encoding.patches();
        for (int i = 0; i < target.length; i++) {
          int within = i % patchSites;
          int channel = i / patchSites % encoding.channels();
          int patch = i / encoding.inputs();
          int site = 0;
          int stride = 1;
          for (int axis = axes - 1; axis >= 0; axis--) {
            int length = encoding.patch().get(axis);
            int blocks = encoding.large().get(axis) / length;
            site += stride * (patch % blocks * length + within % length);
            stride *= encoding.large().get(axis);
            patch /= blocks;
            within /= length;
          }
          target[i] = channel * sites + site;
        }
      }

      void assemble(float[] patches, int from, float[] state, int to) {
        for (int i = 0; i < target.length; i++) {
          state[to + target[i]] = patches[from + i];
        }
      }

      int size() {
        return target.length;
      }
    }

    /** Where the centre of each patch is in the state, from -1 to 1 along every axis. */
    static final class PatchPlaces {
      private final int patches;
      private final int axes;
      private final float[] centre;

      PatchPlaces(Encoding encoding) {
        patches = encoding.patches();
        axes = encoding.patch().size();
        centre = new float[patches * axes];
        for (int patch = 0; patch < patches; patch++) {
          int left = patch;
          for (int axis = axes - 1; axis >= 0; axis--) {
            int blocks = encoding.large().get(axis) / encoding.patch().get(axis);
            centre[patch * axes + axis] = (2f * (left % blocks) + 1) / blocks - 1;
            left /= blocks;
          }
        }
      }

      /** Centre of a patch along an axis. */
      float at(int patch, int axis) {
        return centre[patch * axes + axis];
      }

      /** Latents [n,d] to rows for every patch of every state, [n K, d + axes]. */
      NDArray beside(NDManager step, NDArray latents) {
        long states = latents.getShape().get(0);
        long d = latents.getShape().get(1);
        NDArray rows =
            latents
                .reshape(new Shape(states, 1, d))
                .broadcast(new Shape(states, patches, d))
                .reshape(new Shape(states * patches, d));
        float[] all = new float[Math.toIntExact(states) * centre.length];
        for (int state = 0; state < states; state++) {
          System.arraycopy(centre, 0, all, state * centre.length, centre.length);
        }
        return rows.concat(step.create(all, new Shape(states * patches, axes)), 1);
      }
    }
  }

  interface ClosureObserver {
    ClosureObserver NONE = new ClosureObserver() {};

    /** The training begins, or goes on after so many epochs. */
    default void begins(int epochs) {}

    /** An epoch ended with this mean reconstruction error. */
    default void epoch(double loss) {}

    /** After every epoch, and before an orderly stop. */
    default void checkpoint(AutoencoderTraining training) {}

    /** Whether to stop now, asked before every batch of a training. */
    default boolean stop() {
      return false;
    }
  }
}
