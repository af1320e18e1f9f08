package org.latticelift.learn.barrierfit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.OutputBody;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.learn.barrierfit.BarrierTable.CanonicalRows;
import org.latticelift.learn.optim.Adam;
import org.latticelift.learn.optim.OperationOrder;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.crystal.Crystal;

/**
 * Fits a one-hot network to a barrier table: mean squared error, Adam, warm-up and half a cosine, a
 * fixed number of rows (CN-04). Same table, specification and seed give the same bits on the same
 * CPU type, interrupted or not.
 */
public final class NetworkFit implements AutoCloseable {
  private static final int SLICE = 512;
  private static final float[] NONE = {};

  private static final float FIRST_DECAY = 0.9f;

  private static final float SECOND_DECAY = 0.99f;

  private static final int MOST_POINTS = 2000;

  private static final long INITIAL = 0;
  private static final long SPLIT = 1;
  private static final long SHUFFLE = 2;

  private final FitConfig spec;
  private final Streams streams;
  private final CanonicalRows rows;
  private final Crystal crystal;
  private final RowSplit split;
  private final Standardisation target;
  private final OneHotNetwork network;
  private final RowBatch slice;
  private final BatchGradient engine;
  private final LearningRate rate;
  private final int batch;
  private final long steps;
  private final float[] parameters;
  private final float[] gradient;
  private final Adam adam;
  private final String fingerprint;
  private int[] order;
  private long orderEpoch = -1;
  private long step;
  private double lossSum;
  private long lossCount;
  private LearningCurve curve = new LearningCurve(List.of());
  private FitCheckpoint.Best best = FitCheckpoint.Best.NONE;

  /**
   * Prepares a training from its beginning.
   *
   * @param spec how to train
   * @param table what to learn
   * @param seed of initial weights, split and shuffles
   */
  public NetworkFit(FitConfig spec, BarrierTable table, Crystal crystal, long seed) {
    this(
        spec,
        table,
        crystal,
        seed,
        RowSplit.of(table, spec.holdOut(), new Streams(seed).stream(Purpose.BARRIER_TRAIN, SPLIT)),
        table.barrier());
  }

  /**
   * Prepares a training on some rows, for other targets than the barriers.
   *
   * @param split the rows it is fitted to, and those by whose error the weights that are kept are
   *     chosen
   * @param targets in place of the barriers of the table, eV
   */
  public NetworkFit(
      FitConfig spec,
      BarrierTable table,
      Crystal crystal,
      long seed,
      RowSplit split,
      float[] targets) {
    this.spec = spec;
    this.crystal = crystal;
    this.split = split;
    streams = new Streams(seed);
    rows = new CanonicalRows(table, crystal, targets);
    requireRows(table);
    target = Standardisation.of(rows, split.training());
    network = new OneHotNetwork(table.sites(), table.species(), spec.hidden());
    parameters = network.initialise(streams.stream(Purpose.BARRIER_TRAIN, INITIAL));
    gradient = new float[parameters.length];
    adam = new Adam(parameters.length, optimiser(spec));
    batch = spec.batchOf(split.training().length);
    steps = spec.steps(batch);
    rate = new LearningRate(spec.learningRate(), spec.warmUp(), steps);
    slice = new RowBatch(rows, target, Math.min(SLICE, batch));
    engine = new BatchGradient(network);
    fingerprint = table.checksum() + " " + seed + " " + batch + " " + spec;
  }

  /** Adam without weight decay (CN-04), its constants in single precision. */
  private static Adam.Settings optimiser(FitConfig spec) {
    return new Adam.Settings(
        FIRST_DECAY, SECOND_DECAY, 0, true, false, OperationOrder.INVERSE_ROOT);
  }

  private void requireRows(BarrierTable table) {
    if (split.training().length == 0) {
      throw LatticeLiftException.badData(
          "no barrier to train on",
          table.origin().source(),
          "a table with barriers in more environments than are held out",
          "Add environments or lower hold_out");
    }
  }

  /** Continues from a checkpoint, if the file exists ({@code file}: written by {@link #run}). */
  public void resume(Path file) {
    if (Files.exists(file)) {
      FitCheckpoint saved = FitCheckpoint.load(file, fingerprint);
      step = saved.step();
      System.arraycopy(saved.parameters(), 0, parameters, 0, parameters.length);
      adam.restore(new Adam.State(saved.first(), saved.second(), NONE, step));
      lossSum = saved.lossSum();
      lossCount = saved.lossCount();
      curve = saved.curve();
      best = saved.best();
    }
  }

  /**
   * Trains to the end.
   *
   * @param checkpoint puts a checkpoint where {@link #resume} finds it; empty: none
   * @param progress shows rows seen
   * @param stop ends the training early, with a checkpoint
   */
  public void run(
      Optional<Consumer<OutputBody>> checkpoint, ProgressFactory progress, StopSignal stop) {
    long everySteps = Math.max(1, spec.checkpointRows() / batch);
    engine.load(parameters);
    try (Progress shown = progress.start("rows", steps * batch)) {
      shown.step(step * batch);
      while (step < steps || pointIsDue()) {
        if (pointIsDue()) {
          addPoint(shown, () -> saveBefore(stop, checkpoint));
        } else {
          trainOneBatch();
          shown.step(batch);
        }
        saveBefore(stop, checkpoint);
        if (step % everySteps == 0 || step == steps) {
          checkpoint.ifPresent(place -> place.accept(snapshot()::write));
        }
      }
    }
  }

  private void saveBefore(StopSignal stop, Optional<Consumer<OutputBody>> checkpoint) {
    if (stop.requested()) {
      checkpoint.ifPresent(place -> place.accept(snapshot()::write));
      stop.check();
    }
  }

  private void trainOneBatch() {
    int[] shuffled = epochOrder();
    int from = (int) (step % batchesPerEpoch()) * batch;
    double loss = engine.lossAndGradient(slice, shuffled, from, batch, gradient);
    if (!Double.isFinite(loss)) {
      throw LatticeLiftException.numerical(
          "the loss is " + loss,
          "step " + step,
          "finite numbers",
          "Lower train.learning_rate or check the table");
    }
    adam.step(parameters, gradient, rate.at(step));
    engine.load(parameters);
    lossSum += loss;
    lossCount++;
    step++;
  }

  private long batchesPerEpoch() {
    return split.training().length / batch;
  }

  private int[] epochOrder() {
    long epoch = step / batchesPerEpoch();
    if (epoch != orderEpoch) {
      order = split.training().clone();
      RandomStream stream = streams.stream(Purpose.BARRIER_TRAIN, SHUFFLE, epoch);
      stream.shuffle(order);
      orderEpoch = epoch;
    }
    return order;
  }

  /** Whether the curve has a point at this step that it has not got yet. */
  private boolean pointIsDue() {
    long points = spec.curvePoints();
    boolean isPoint = step > 0 && step * points / steps > (step - 1) * points / steps;
    int size = curve.points().size();
    return isPoint && (size == 0 || curve.points().get(size - 1).rows() < step * batch);
  }

  private void addPoint(Progress shown, Runnable before) {
    double training = target.deviation() * Math.sqrt(lossSum / lossCount);
    double holdOut = holdOut(before).map(report -> report.all().rmse()).orElse(Double.NaN);
    if (holdOut < best.error()) {
      best = new FitCheckpoint.Best(step * batch, holdOut, parameters.clone());
    }
    double learningRate = rate.at(step - 1);
    curve = curve.with(new LearningCurve.Point(step * batch, training, holdOut, learningRate));
    lossSum = 0;
    lossCount = 0;
    shown.message(
        String.format(
            "%d rows: training rmse %.4f eV, hold-out %.4f eV", step * batch, training, holdOut));
  }

  private Optional<ErrorReport> holdOut(Runnable before) {
    return split.holdOut().length == 0
        ? Optional.empty()
        : Optional.of(ErrorReport.of(engine, slice, rows, target, split.holdOut(), before));
  }

  private FitCheckpoint snapshot() {
    Adam.State moments = adam.state();
    return new FitCheckpoint(
        fingerprint,
        step,
        parameters,
        moments.first(),
        moments.second(),
        lossSum,
        lossCount,
        curve,
        best);
  }

  private ErrorReport errors(BarrierTable table, Runnable before) {
    CanonicalRows others = new CanonicalRows(table, crystal);
    RowBatch batchOfOthers = new RowBatch(others, target, SLICE);
    return ErrorReport.of(engine, batchOfOthers, others, target, RowSplit.all(table), before);
  }

  /** What the weights that are kept predict for some rows of the table, eV. */
  public double[] predict(int[] of) {
    engine.load(kept());
    double[] predicted = new double[of.length];
    for (int from = 0; from < of.length; from += slice.size()) {
      slice.fill(of, from, Math.min(slice.capacity(), of.length - from));
      float[] scaled = engine.predict(slice);
      for (int i = 0; i < scaled.length; i++) {
        predicted[from + i] = target.barrier(scaled[i]);
      }
    }
    return predicted;
  }

  /** The weights with the smallest error on the rows held out; the last ones without any. */
  private float[] kept() {
    return best.parameters().length == 0 ? parameters : best.parameters();
  }

  /** Barriers of the table and of the network, of those held out where there are some. */
  private FittedNetwork.Parity parity(Runnable before) {
    boolean heldOut = split.holdOut().length > 0;
    int[] all = heldOut ? split.holdOut() : split.training();
    int count = Math.min(MOST_POINTS, all.length);
    int[] some =
        IntStream.range(0, count).map(i -> all[(int) ((long) i * all.length / count)]).toArray();
    double[] table = new double[count];
    double[] predicted = new double[count];
    for (int from = 0; from < count; from += slice.size()) {
      before.run();
      slice.fill(some, from, Math.min(slice.capacity(), count - from));
      float[] scaled = engine.predict(slice);
      for (int i = 0; i < scaled.length; i++) {
        table[from + i] = rows.barrier(some[from + i]);
        predicted[from + i] = target.barrier(scaled[i]);
      }
    }
    return new FittedNetwork.Parity(heldOut, table, predicted);
  }

  /**
   * What differs from the specification, since the table is small; a line, if there is something to
   * say.
   */
  public Optional<String> remark() {
    return batch == spec.batch()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%d rows per step, not %d (train.fit.batch): a sixteenth of the %d rows that are"
                    + " trained on",
                batch,
                spec.batch(),
                split.training().length));
  }

  /**
   * The network as it was best on the environments held out; without any as it is now ({@code
   * fresh}: a table of fresh environments to measure errors on, if there is one; {@code stop}: ends
   * the measurement of errors; the last checkpoint stands); weights, curve and errors.
   */
  public FittedNetwork result(Optional<BarrierTable> fresh, StopSignal stop) {
    boolean last = best.parameters().length == 0;
    float[] kept = kept();
    engine.load(kept);
    List<FittedNetwork.Layer> layers = new ArrayList<>();
    for (int l = 0; l < network.layers(); l++) {
      layers.add(
          new FittedNetwork.Layer(
              network.inputs(l),
              network.outputs(l),
              network.weight(kept, l),
              network.bias(kept, l)));
    }
    layers.set(layers.size() - 1, target.folded(layers.get(layers.size() - 1)));
    return new FittedNetwork(
        spec.hidden(),
        layers,
        step * batch,
        last ? step * batch : best.rows(),
        curve,
        holdOut(stop::check),
        fresh.map(table -> errors(table, stop::check)),
        parity(stop::check));
  }

  @Override
  public void close() {
    engine.close();
  }

  /**
   * Linear warm-up, then half a cosine to zero (CN-04).
   *
   * @param peak largest learning rate
   * @param warmUp fraction of the steps spent rising
   * @param steps all steps
   */
  record LearningRate(double peak, double warmUp, long steps) {
    double at(long step) {
      double rising = warmUp * steps;
      if (step < rising) {
        return peak * (step + 1) / (rising + 1);
      }
      double phase = (step - rising) / Math.max(1, steps - rising);
      return peak * 0.5 * (1 + StrictMath.cos(Math.PI * phase));
    }
  }

  /**
   * Everything needed to continue a training bit for bit. Shuffles need no state: their streams are
   * keyed by the epoch, which follows from the step.
   *
   * @param fingerprint of table, specification and seed
   * @param step steps done
   * @param parameters of the network
   * @param first Adam's first moment
   * @param second Adam's second moment
   * @param lossSum of the batches since the last point of the curve
   * @param lossCount number of those batches
   * @param curve so far
   * @param best weights so far; with no parameters before the first point of the curve
   */
  record FitCheckpoint(
      String fingerprint,
      long step,
      float[] parameters,
      float[] first,
      float[] second,
      double lossSum,
      long lossCount,
      LearningCurve curve,
      Best best) {
    /**
     * The weights that are kept.
     *
     * @param rows seen by then
     * @param error on environments held out, eV
     * @param parameters of the network
     */
    record Best(long rows, double error, float[] parameters) {
      static final Best NONE = new Best(0, Double.POSITIVE_INFINITY, new float[0]);
    }

    void write(Path file) throws IOException {
      Files.write(file, sealed());
    }

    private byte[] sealed() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeUTF(fingerprint);
      out.writeLong(step);
      for (float[] values : List.of(parameters, first, second)) {
        out.writeInt(values.length);
        for (float value : values) {
          out.writeFloat(value);
        }
      }
      out.writeDouble(lossSum);
      out.writeLong(lossCount);
      out.writeInt(curve.points().size());
      for (LearningCurve.Point p : curve.points()) {
        out.writeLong(p.rows());
        out.writeDouble(p.trainingRmse());
        out.writeDouble(p.holdOutRmse());
        out.writeDouble(p.learningRate());
      }
      out.writeLong(best.rows);
      out.writeDouble(best.error);
      out.writeInt(best.parameters.length);
      for (float value : best.parameters) {
        out.writeFloat(value);
      }
      out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
      return bytes.toByteArray();
    }

    private static long checksum(byte[] bytes, int length) {
      CRC32 crc = new CRC32();
      crc.update(bytes, 0, length);
      return crc.getValue();
    }

    static FitCheckpoint load(Path file, String fingerprint) {
      try {
        byte[] bytes = Files.readAllBytes(file);
        FitCheckpoint checkpoint = parse(bytes);
        if (!checkpoint.fingerprint.equals(fingerprint)) {
          throw bad("the checkpoint belongs to another table, configuration or seed", file, null);
        }
        return checkpoint;
      } catch (IOException e) {
        throw bad("the checkpoint is damaged", file, e);
      }
    }

    private static FitCheckpoint parse(byte[] bytes) throws IOException {
      int body = bytes.length - Long.BYTES;
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      if (body < 0 || checksum(bytes, body) != java.nio.ByteBuffer.wrap(bytes).getLong(body)) {
        throw new IOException("wrong checksum");
      }
      return new FitCheckpoint(
          in.readUTF(),
          in.readLong(),
          floats(in),
          floats(in),
          floats(in),
          in.readDouble(),
          in.readLong(),
          curve(in),
          new Best(in.readLong(), in.readDouble(), floats(in)));
    }

    private static float[] floats(DataInputStream in) throws IOException {
      float[] values = new float[in.readInt()];
      for (int i = 0; i < values.length; i++) {
        values[i] = in.readFloat();
      }
      return values;
    }

    private static LearningCurve curve(DataInputStream in) throws IOException {
      List<LearningCurve.Point> points = new ArrayList<>();
      for (int n = in.readInt(); n > 0; n--) {
        points.add(
            new LearningCurve.Point(
                in.readLong(), in.readDouble(), in.readDouble(), in.readDouble()));
      }
      return new LearningCurve(points);
    }

    private static LatticeLiftException bad(String what, Path file, Throwable cause) {
      return new LatticeLiftException(
          ExitCode.BAD_DATA,
          what,
          file.toString(),
          "the checkpoint of the same training",
          "Start again with --overwrite",
          cause);
    }
  }
}
