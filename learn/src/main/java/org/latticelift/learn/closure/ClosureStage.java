package org.latticelift.learn.closure;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.directory.Stage;
import org.latticelift.io.run.directory.StageContext;
import org.latticelift.io.run.directory.StagePlan;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.learn.sde.ClosureNames;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.lift.PairsFile.Column;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.system.EncodableSystem;
import org.latticelift.sim.system.Encoding;
import org.latticelift.sim.system.MicroscopicSystem;

/**
 * Stage 4 (ME-03): trains an autoencoder on the large states of {@code large.h5}, and encodes the
 * pairs of {@code pairs.h5} to {@code latent.h5}.
 *
 * @param <S> state
 */
public final class ClosureStage<S> implements Stage {
  /** The trained networks. */
  public static final String MODEL = "closure.h5";

  private static final String CHECKPOINT = "checkpoint/closure.ckpt";
  private static final double SECONDS_PER_NUMBER = 2e-8;

  /** Time of encoding a state beside that of a step of training on it. */
  private static final double ENCODING = 0.25;

  /** States that are encoded at once: few, so that their feature maps stay in the cache. */
  private static final int TOGETHER = 32;

  private final MicroscopicSystem<S> system;
  private final ClosureConfig config;
  private final long expectedStates;

  /**
   * Plans nothing yet.
   *
   * @param system the system
   * @param config section {@code closure}
   * @param expectedStates number of large states, for the plan only
   */
  public ClosureStage(MicroscopicSystem<S> system, ClosureConfig config, long expectedStates) {
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
    return List.of(MODEL, PairsFile.LATENT);
  }

  private Encoding encoding() {
    return EncodableSystem.of(system).encoding();
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
  public StagePlan plan() {
    double perState = SECONDS_PER_NUMBER * autoencoder().parameterCount();
    long trained = config.trainingStates(expectedStates);
    return new StagePlan(
        name(),
        1,
        expectedStates + " states, " + trained + " for training, " + config.epochs() + " epochs",
        perState * (trained * config.epochs() + expectedStates * ENCODING),
        expectedStates * 8L * (2L * (system.macroscopics().size() + config.dim()) + 6));
  }

  @Override
  public void run(StageContext context) {
    RunDirectory directory = context.directory();
    try (PairsFile pairs = PairsFile.open(directory.file(PairsFile.NAME));
        SnapshotsFile large = SnapshotsFile.open(directory.file(SnapshotsFile.LARGE))) {
      LatentPairs latent = new LatentPairs(pairs, ClosureNames.of(config.dim()));
      StoredLargeStates<S> states = new StoredLargeStates<>(large, EncodableSystem.of(system));
      states.requirePairs(latent.count());
      ClosureModel model = trained(context, states);
      try (PatchEncoder encoder = new PatchEncoder(model)) {
        PairClosures closures =
            PairClosures.of(
                encoded(encoder, states, context),
                patches(encoder, pairs, Column.PATCH_BEFORE, latent.count(), context),
                patches(encoder, pairs, Column.PATCH_AFTER, latent.count(), context));
        double[] start =
            InitialClosures.mean(encoder, EncodableSystem.of(system), new Streams(context.seed()));
        commit(context, PairsFile.LATENT, writer -> latent.write(writer, closures, start));
      }
      commit(context, MODEL, model::write);
    }
    directory.delete(CHECKPOINT);
  }

  private ClosureModel trained(StageContext context, LargeStates states) {
    AutoencoderTraining training =
        new AutoencoderTraining(autoencoder(), config, states, new Streams(context.seed()));
    resume(context.directory(), training);
    try (Progress progress = context.progress().start(name(), config.epochs())) {
      progress.step(training.epochs());
      while (!training.done()) {
        boolean whole = training.epoch(context.stop());
        save(context.directory(), training);
        if (whole) {
          progress.step(
              1, String.format(Locale.ROOT, "reconstruction error %.6g", training.lastLoss()));
        } else {
          context.stop().check();
        }
      }
    }
    return training.model();
  }

  private static void resume(RunDirectory directory, AutoencoderTraining training) {
    if (!directory.complete(CHECKPOINT)) {
      return;
    }
    Path file = directory.file(CHECKPOINT);
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

  private static void save(RunDirectory directory, AutoencoderTraining training) {
    directory.commit(
        CHECKPOINT,
        beside -> {
          try (DataOutputStream out =
              new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(beside)))) {
            training.write(out);
          }
        });
  }

  /** Closures of all large states (ME-05). */
  private double[] encoded(PatchEncoder encoder, LargeStates states, StageContext context) {
    int dim = config.dim();
    int patches = encoding().patches();
    int size = encoding().inputs() * patches;
    double[] all = new double[states.count() * dim];
    for (int from = 0; from < states.count(); from += TOGETHER) {
      context.stop().check();
      int count = Math.min(TOGETHER, states.count() - from);
      float[] inputs = new float[count * size];
      for (int i = 0; i < count; i++) {
        states.patches(from + i, inputs, i * size);
      }
      float[] each = encoder.patches(inputs);
      for (int i = 0; i < each.length; i++) {
        all[(from + i / dim / patches) * dim + i % dim] += each[i] / (double) patches;
      }
    }
    return all;
  }

  /** Closures of patches alone (ME-06). */
  private double[] patches(
      PatchEncoder encoder, PairsFile pairs, Column column, int count, StageContext context) {
    int inputs = encoding().inputs();
    double[] all = new double[count * config.dim()];
    int batch = TOGETHER * encoding().patches();
    for (int from = 0; from < count; from += batch) {
      context.stop().check();
      int rows = Math.min(batch, count - from);
      float[] each = encoder.patches(pairs.floats(column, (long) from * inputs, rows * inputs));
      for (int i = 0; i < each.length; i++) {
        all[from * config.dim() + i] = each[i];
      }
    }
    return all;
  }

  /** What is written into a file. */
  private interface Content {
    void write(Hdf5Writer writer);
  }

  private static void commit(StageContext context, String name, Content content) {
    context
        .directory()
        .commit(
            name,
            beside -> {
              try (Hdf5Writer writer = Hdf5Writer.create(beside)) {
                content.write(writer);
                context
                    .provenance()
                    .withInput(PairsFile.NAME, context.directory().checksum(PairsFile.NAME))
                    .withInput(
                        SnapshotsFile.LARGE, context.directory().checksum(SnapshotsFile.LARGE))
                    .writeTo(writer);
              }
            });
  }
}
