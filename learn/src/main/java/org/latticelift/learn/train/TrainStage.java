package org.latticelift.learn.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.PlannedMemory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.learn.kernel.FastestRates;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeModel.TrainingHistory;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.train.LearningSchedule.TrainSettings;
import org.latticelift.learn.train.SdeTrainer.TrainingObserver;
import org.latticelift.learn.train.SdeTrainer.TrainingState;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.random.Streams;

/**
 * The stage {@code train}: pairs to {@code model.h5}. Every model is one task on one thread; a
 * killed run continues from the checkpoints bit for bit (on the CPU).
 */
public final class TrainStage implements Stage {
  private static final long BYTES_PER_MODEL = 200_000;

  /** Of six observables before and after, in the file's precision and scaled. */
  private static final long BYTES_PER_PAIR = 256;

  private final SdeConfig sde;
  private final TrainConfig train;
  private final long expectedPairs;
  private final String pairs;
  private final OptionalDouble vacancies;
  private final Optional<String> composition;

  /**
   * A stage.
   *
   * @param sde the key {@code sde}
   * @param train the key {@code train}
   * @param expectedPairs number of pairs, for the plan only
   * @param pairs file of the pairs: {@code pairs.h5}, or {@code latent.h5} with closure variables
   * @param vacancies per site, at which times hold; empty where they do not depend on them
   * @param composition shares of the atoms; empty where there are none
   */
  public TrainStage(
      SdeConfig sde,
      TrainConfig train,
      long expectedPairs,
      String pairs,
      OptionalDouble vacancies,
      Optional<String> composition) {
    this.vacancies = vacancies;
    this.composition = composition;
    this.pairs = pairs;
    this.sde = sde;
    this.train = train;
    this.expectedPairs = expectedPairs;
  }

  @Override
  public String name() {
    return "train";
  }

  @Override
  public List<String> inputs() {
    return List.of(pairs);
  }

  @Override
  public List<String> outputs() {
    return List.of(ModelFile.NAME);
  }

  @Override
  public List<String> temporary() {
    return List.of(Checkpoints.NAMES);
  }

  @Override
  public StagePlan plan() {
    int epochs = train.settings(expectedPairs).epochs();
    double seconds =
        train.engine().secondsPerPair(train.device())
            * train.pairsOfModel(expectedPairs)
            * epochs
            * train.sampling().models();
    String size = expectedPairs + " pairs, " + epochs + " epochs, models";
    return new StagePlan(
        name(),
        train.sampling().models(),
        size,
        seconds,
        BYTES_PER_MODEL * train.sampling().models(),
        new PlannedMemory((double) BYTES_PER_PAIR * expectedPairs, 0));
  }

  @Override
  public void check() {
    train.engine().check(train.device());
    sde.check();
  }

  @Override
  public void prepare() {
    train.engine().prepare(train.device());
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public void run(StageContext context) {
    GradientEngine engine = train.engine().resolve(train.device());
    Streams streams = new Streams(context.seed());
    TrainingDesign design;
    try (PairsFile file = PairsFile.open(context.file(pairs))) {
      design = new TrainingDesign(sde, train, file, streams);
    }
    byte[][] trained = trainAll(context, engine, design, train.settingsOf(design.pairsOfModel()));
    context
        .tasks()
        .once(
            () -> {
              List<SdeTrainer.Result> results =
                  Arrays.stream(trained)
                      .map(bytes -> TrainedModels.decode(design.architecture(), bytes))
                      .toList();
              SdeModel model =
                  new SdeModel(
                      design.architecture(),
                      results.stream().map(SdeTrainer.Result::parameters).toList(),
                      scaling(design),
                      design.map(),
                      results.stream().map(TrainStage::history).toList(),
                      design.factors(),
                      design.epsilon(),
                      design.diagnostics(),
                      design.resampling());
              write(context, engine, FastestRates.known(model));
            });
  }

  private SdeScaling scaling(TrainingDesign design) {
    SdeScaling found = design.scaling();
    return new SdeScaling(
        found.mean(),
        found.deviation(),
        found.condition(),
        found.timeUnit(),
        found.quantities().with(vacancies, composition));
  }

  private byte[][] trainAll(
      StageContext context, GradientEngine engine, TrainingDesign design, TrainSettings settings) {
    Checkpoints checkpoints = new Checkpoints(context);
    try (Progress progress =
        context.progress().start("train", (long) settings.epochs() * train.sampling().models())) {
      design.remarks().lines().forEach(progress::message);
      return context
          .tasks()
          .collect(
              train.sampling().models(),
              model -> {
                TrainingObserver observer =
                    new StageObserver(context, checkpoints, progress, model);
                Streams streams = new Streams(context.seed());
                SdeTrainer.Result result =
                    new SdeTrainer(
                            design.network(), design.problem(model), settings, streams, model)
                        .run(engine, checkpoints.load(model), observer);
                if (!result.finished()) {
                  context.stop().check();
                  throw new IllegalStateException("a training ended early without a signal");
                }
                return TrainedModels.encode(
                    result.with(design.finished(result.parameters(), model)));
              });
    }
  }

  private static TrainingHistory history(SdeTrainer.Result result) {
    List<double[]> columns = new ArrayList<>();
    for (int column = 0; column < 3; column++) {
      int c = column;
      columns.add(result.history().stream().mapToDouble(row -> row[c]).toArray());
    }
    return new TrainingHistory(columns.get(0), columns.get(1), columns.get(2));
  }

  private void write(StageContext context, GradientEngine engine, SdeModel model) {
    Provenance origin =
        context
            .provenance()
            .withInput(pairs, context.checksum(pairs))
            .withEngine("training_engine", engine.name());
    context.commitHdf5(ModelFile.NAME, origin, writer -> ModelFile.write(writer, model));
    for (int k = 0; k < model.models().size(); k++) {
      new Checkpoints(context).delete(k);
    }
  }

  /** Progress, checkpoints and the stop signal of one training within the stage. */
  static final class StageObserver implements TrainingObserver {
    private final StageContext context;
    private final Checkpoints checkpoints;
    private final Progress progress;
    private final int model;

    StageObserver(StageContext context, Checkpoints checkpoints, Progress progress, int model) {
      this.context = context;
      this.checkpoints = checkpoints;
      this.progress = progress;
      this.model = model;
    }

    @Override
    public void epoch(int epoch, double loss, double validation) {
      String stands = String.format(Locale.ROOT, "model %d epoch %d loss %.4f", model, epoch, loss);
      progress.step(1, stands + validation(validation));
    }

    /** Nothing where no pairs are held out. */
    private static String validation(double loss) {
      return Double.isNaN(loss) ? "" : String.format(Locale.ROOT, " validation %.4f", loss);
    }

    @Override
    public void checkpoint(TrainingState state) {
      checkpoints.save(model, state);
    }

    @Override
    public boolean stop() {
      return context.stop().requested();
    }
  }

  /**
   * A trained model in bytes, so that another rank than the one that has trained it can store it.
   */
  static final class TrainedModels {
    private static final int COLUMNS = 3;

    private TrainedModels() {}

    static byte[] encode(SdeTrainer.Result result) {
      float[] weights = result.parameters().flat();
      int rows = result.history().size();
      ByteBuffer bytes =
          ByteBuffer.allocate(
              2 * Integer.BYTES + weights.length * Float.BYTES + rows * COLUMNS * Double.BYTES);
      bytes.putInt(weights.length).putInt(rows);
      for (float weight : weights) {
        bytes.putFloat(weight);
      }
      for (double[] row : result.history()) {
        for (int column = 0; column < COLUMNS; column++) {
          bytes.putDouble(row[column]);
        }
      }
      return bytes.array();
    }

    static SdeTrainer.Result decode(SdeArchitecture architecture, byte[] encoded) {
      ByteBuffer bytes = ByteBuffer.wrap(encoded);
      float[] weights = new float[bytes.getInt()];
      int rows = bytes.getInt();
      for (int i = 0; i < weights.length; i++) {
        weights[i] = bytes.getFloat();
      }
      List<double[]> history = new ArrayList<>();
      for (int r = 0; r < rows; r++) {
        history.add(new double[] {bytes.getDouble(), bytes.getDouble(), bytes.getDouble()});
      }
      return new SdeTrainer.Result(SdeParameters.of(architecture, weights), history, true);
    }
  }

  /** Checkpoints of the trainings of one run, one file per model. */
  static final class Checkpoints {
    static final String NAMES = "checkpoint/train-m";

    private final StageContext context;

    Checkpoints(StageContext context) {
      this.context = context;
    }

    private static String name(int model) {
      return NAMES + model + ".ckpt";
    }

    void save(int model, TrainingState state) {
      context.commit(
          name(model),
          beside -> {
            try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(beside)))) {
              state.write(out);
            }
          });
    }

    /** The last checkpoint of a model, if there is one. */
    Optional<TrainingState> load(int model) {
      if (!context.complete(name(model))) {
        return Optional.empty();
      }
      Path file = context.file(name(model));
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
        return Optional.of(TrainingState.read(in));
      } catch (IOException e) {
        throw LatticeLiftException.badData(
            "The checkpoint cannot be read: " + e.getMessage(),
            file.toString(),
            "a checkpoint of this version",
            "Delete it to start this training again");
      }
    }

    void delete(int model) {
      context.delete(name(model));
    }
  }
}
