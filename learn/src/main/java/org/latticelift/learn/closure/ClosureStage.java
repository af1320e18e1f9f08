package org.latticelift.learn.closure;

import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.learn.sde.ClosureNames;
import org.latticelift.learn.train.EngineLibrary;
import org.latticelift.sim.lift.PairsFile;
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
  private static final double SECONDS_PER_NUMBER = 2e-8;

  /** Time of encoding a state beside that of a step of training on it. */
  private static final double ENCODING = 0.25;

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
    return List.of(ClosureFile.NAME, PairsFile.LATENT);
  }

  @Override
  public List<String> temporary() {
    return List.of(ClosureCheckpoint.NAME);
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
    try (Progress progress = context.progress().start(name(), config.epochs())) {
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
          InitialClosures.mean(encoder, EncodableSystem.of(system), new Streams(context.seed()));
      commit(context, PairsFile.LATENT, writer -> latent.write(writer, closures, start));
    }
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
