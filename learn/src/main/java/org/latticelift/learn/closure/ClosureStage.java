package org.latticelift.learn.closure;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.learn.closure.AutoencoderTraining.ClosureObserver;
import org.latticelift.learn.closure.ClosureConfig.DecoderChoice;
import org.latticelift.learn.closure.ClosureConfig.EncoderChoice;
import org.latticelift.learn.closure.LatentPairs.PairClosures;
import org.latticelift.learn.sde.ClosureNames;
import org.latticelift.learn.train.EngineLibrary;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Encoding;
import org.latticelift.sim.system.LatticeSystem;

/**
 * Stage 4 (ME-03): trains an autoencoder on the large states of {@code large.h5}, and encodes the
 * pairs of {@code pairs.h5} to {@code latent.h5}.
 */
public final class ClosureStage<S> implements Stage {
  private static final double SECONDS_PER_NUMBER = 2e-8;

  /** Time of encoding a state beside that of a step of training on it. */
  private static final double ENCODING = 0.25;

  private final LatticeSystem<S> system;
  private final ClosureConfig config;
  private final long expectedStates;

  /**
   * Plans nothing yet ({@code config}: section {@code closure}; {@code expectedStates}: number of
   * large states, for the plan only).
   */
  public ClosureStage(LatticeSystem<S> system, ClosureConfig config, long expectedStates) {
    this.system = system;
    this.config = config;
    this.expectedStates = expectedStates;
  }

  @Override
  public String name() {
    return "closure";
  }

  @Override
  public List<String> inputs() {
    return List.of(PairsFile.NAME, SnapshotsFile.LARGE);
  }

  @Override
  public List<String> outputs() {
    return List.of(ClosureFile.NAME, PairsFile.LATENT);
  }

  @Override
  public List<String> temporary() {
    return List.of(ClosureCheckpoint.NAME);
  }

  private Encoding encoding() {
    return LatticeSystem.encodable(system).encoding();
  }

  private Autoencoder autoencoder() {
    return new Autoencoder(
        encoding(),
        system.macroscopics().size(),
        config.dim(),
        config.encoder() == EncoderChoice.INVARIANT,
        config.shared(),
        config.decoder() == DecoderChoice.PATCH);
  }

  @Override
  public void check() {
    autoencoder();
  }

  @Override
  public void prepare() {
    EngineLibrary.require();
  }

  @Override
  public StagePlan plan() {
    double perState = SECONDS_PER_NUMBER * autoencoder().parameterCount();
    long trained = config.trainingStates(expectedStates);
    return new StagePlan(
        name(),
        1,
        expectedStates
            + " states, "
            + trained
            + " for training, "
            + config.training().epochs()
            + " epochs",
        perState * (trained * config.training().epochs() + expectedStates * ENCODING),
        expectedStates * 8L * (2L * (system.macroscopics().size() + config.dim()) + 6));
  }

  @Override
  public void run(StageContext context) {
    RunDirectory directory = context.directory();
    try (PairsFile pairs = PairsFile.open(directory.file(PairsFile.NAME));
        SnapshotsFile large = SnapshotsFile.open(directory.file(SnapshotsFile.LARGE))) {
      LatentPairs latent = new LatentPairs(pairs, ClosureNames.of(config.dim()));
      StoredLargeStates<S> states = new StoredLargeStates<>(large, LatticeSystem.encodable(system));
      states.requirePairs(latent.count());
      ClosureCheckpoint checkpoint = new ClosureCheckpoint(directory);
      ClosureModel model = trained(context, states, checkpoint);
      encode(context, model, states, latent, pairs);
      commit(context, ClosureFile.NAME, writer -> ClosureFile.write(writer, model));
      checkpoint.delete();
    }
  }

  private ClosureModel trained(
      StageContext context, LargeStates states, ClosureCheckpoint checkpoint) {
    AutoencoderTraining training =
        new AutoencoderTraining(autoencoder(), config, states, new Streams(context.seed()));
    checkpoint.restore(training);
    try (Progress progress = context.progress().start(name(), config.training().epochs())) {
      Optional<ClosureModel> model =
          training.run(new ClosureProgress(progress, checkpoint, context.stop()));
      context.stop().check(); // without a model it was stopped
      return model.orElseThrow();
    }
  }

  private void encode(
      StageContext context,
      ClosureModel model,
      LargeStates states,
      LatentPairs latent,
      PairsFile pairs) {
    long patches = EncodedPairs.patches(encoding(), states, pairs);
    try (PatchEncoder encoder = new PatchEncoder(model);
        Progress progress = context.progress().start(name() + ", encoding", patches)) {
      IntConsumer observer =
          encoded -> {
            context.stop().check();
            progress.step(encoded);
          };
      PairClosures closures =
          new EncodedPairs(encoder, encoding(), config.dim(), observer).of(states, pairs);
      double[] start =
          InitialClosures.mean(
              encoder, LatticeSystem.encodable(system), new Streams(context.seed()));
      commit(context, PairsFile.LATENT, writer -> latent.write(writer, closures, start));
    }
  }

  private static void commit(StageContext context, String name, Consumer<Hdf5Writer> content) {
    Provenance origin =
        context
            .provenance()
            .withInput(PairsFile.NAME, context.checksum(PairsFile.NAME))
            .withInput(SnapshotsFile.LARGE, context.checksum(SnapshotsFile.LARGE));
    context.commitHdf5(name, origin, content);
  }

  /**
   * Progress, checkpoints and the stop signal of the stage.
   *
   * @param progress one step for each epoch
   * @param checkpoint of the training
   * @param stopSignal ends the stage
   */
  record ClosureProgress(Progress progress, ClosureCheckpoint checkpoint, StopSignal stopSignal)
      implements ClosureObserver {
    @Override
    public void begins(int epochs) {
      progress.step(epochs);
    }

    @Override
    public void epoch(double loss) {
      progress.step(1, String.format(Locale.ROOT, "reconstruction error %.6g", loss));
    }

    @Override
    public void checkpoint(AutoencoderTraining training) {
      checkpoint.save(training);
    }

    @Override
    public boolean stop() {
      return stopSignal.requested();
    }
  }

  /** How far the training of a run has come, on disk ({@code directory}: of the run). */
  record ClosureCheckpoint(RunDirectory directory) {
    static final String NAME = "checkpoint/closure.ckpt";

    /** Puts a training where it was; it begins where there is no checkpoint. */
    void restore(AutoencoderTraining training) {
      if (!directory.complete(NAME)) {
        return;
      }
      Path file = directory.file(NAME);
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
        training.read(in);
      } catch (IOException e) {
        throw LatticeLiftException.badData(
            "the checkpoint cannot be read: " + e.getMessage(),
            file.toString(),
            "a checkpoint of this version",
            "Delete it to start this training again");
      }
    }

    void save(AutoencoderTraining training) {
      directory.commit(
          NAME,
          beside -> {
            try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(beside)))) {
              training.write(out);
            }
          });
    }

    void delete() {
      directory.delete(NAME);
    }
  }

  /** The states of {@code large.h5}, all conditions one after the other, read one at a time. */
  static final class StoredLargeStates<S> implements LargeStates {
    private final SnapshotsFile file;
    private final LatticeSystem<S> system;
    private final Dynamics<S> dynamics;
    private final int observables;
    private final Encoding encoding;
    private final List<Series> series = new ArrayList<>();
    private int count;

    private record Series(Condition condition, int first, int count, double[] observables) {}

    StoredLargeStates(SnapshotsFile file, LatticeSystem<S> system) {
      this.file = file;
      this.system = system;
      this.dynamics = system.dynamics(system.conditions().get(0), 0);
      this.observables = system.macroscopics().size();
      this.encoding = system.encoding();
      for (Condition condition : system.conditions()) {
        int here = file.count(condition, system.codec(), system.large());
        double[] observed = file.observables(condition, here, observables);
        series.add(new Series(condition, count, here, observed));
        count += here;
      }
    }

    /** Checks that every pair has its state. */
    void requirePairs(long pairs) {
      if (count != pairs) {
        throw LatticeLiftException.badData(
            count + " large states for " + pairs + " pairs",
            file.file().toString(),
            "one for each pair",
            "Run the stage lift again with this closure.dim, in a new run directory");
      }
    }

    @Override
    public int count() {
      return count;
    }

    private Series of(int state) {
      int at = 0;
      while (state >= series.get(at).first() + series.get(at).count()) {
        at++;
      }
      return series.get(at);
    }

    @Override
    public void patches(int state, float[] into, int at) {
      Series from = of(state);
      int index = state - from.first();
      byte[] bytes = file.state(from.condition(), system.codec(), system.large(), index);
      S decoded = system.codec().decode(bytes, system.large());
      WholeInput.write(dynamics, decoded, encoding, into, at);
    }

    @Override
    public double[] observables(int state) {
      Series from = of(state);
      int first = (state - from.first()) * observables;
      return Arrays.copyOfRange(from.observables(), first, first + observables);
    }
  }

  /** Encodes large states and patches, some at once. */
  static final class EncodedPairs {
    /** States that are encoded at once: few, so that their feature maps stay in the cache. */
    private static final int TOGETHER = 32;

    private static final List<PairColumn> ALONE =
        List.of(PairColumn.PATCH_BEFORE, PairColumn.PATCH_AFTER, PairColumn.TWIN_AFTER);

    private final PatchEncoder encoder;
    private final Encoding encoding;
    private final int dim;
    private final IntConsumer observer;

    /**
     * @param observer told how many patches were encoded; an exception ends it
     */
    EncodedPairs(PatchEncoder encoder, Encoding encoding, int dim, IntConsumer observer) {
      this.encoder = encoder;
      this.encoding = encoding;
      this.dim = dim;
      this.observer = observer;
    }

    /** All patches that {@link #of} encodes. */
    static long patches(Encoding encoding, LargeStates states, PairsFile pairs) {
      long patches = (long) states.count() * encoding.patches();
      for (PairColumn column : ALONE) {
        patches += pairs.has(column) ? patches(encoding, pairs, column) : 0;
      }
      return patches;
    }

    private static long patches(Encoding encoding, PairsFile pairs, PairColumn column) {
      return pairs.count() * pairs.width(column) / encoding.inputs();
    }

    /**
     * Closures of all pairs ({@code states}: before, one for each pair; {@code pairs}: has the
     * patches before and after), in the order of the pairs.
     */
    PairClosures of(LargeStates states, PairsFile pairs) {
      return PairClosures.of(
          dim,
          states(states),
          patches(pairs, PairColumn.PATCH_BEFORE),
          patches(pairs, PairColumn.PATCH_AFTER),
          patches(pairs, PairColumn.TWIN_AFTER));
    }

    /** Closures of large states (ME-05). */
    private double[] states(LargeStates states) {
      int patches = encoding.patches();
      int size = encoding.inputs() * patches;
      double[] all = new double[states.count() * dim];
      for (int from = 0; from < states.count(); from += TOGETHER) {
        int count = Math.min(TOGETHER, states.count() - from);
        float[] inputs = new float[count * size];
        for (int i = 0; i < count; i++) {
          states.patches(from + i, inputs, i * size);
        }
        float[] each = encoder.patches(inputs);
        for (int i = 0; i < each.length; i++) {
          all[(from + i / dim / patches) * dim + i % dim] += each[i] / (double) patches;
        }
        observer.accept(count * patches);
      }
      return all;
    }

    /** Closures of patches alone (ME-06); empty without the column. */
    private double[] patches(PairsFile pairs, PairColumn column) {
      if (!pairs.has(column)) {
        return new double[0];
      }
      int inputs = encoding.inputs();
      int count = Math.toIntExact(patches(encoding, pairs, column));
      double[] all = new double[count * dim];
      int batch = TOGETHER * encoding.patches();
      for (int from = 0; from < count; from += batch) {
        int rows = Math.min(batch, count - from);
        float[] each = encoder.patches(pairs.floats(column, (long) from * inputs, rows * inputs));
        for (int i = 0; i < each.length; i++) {
          all[from * dim + i] = each[i];
        }
        observer.accept(rows);
      }
      return all;
    }
  }
}
