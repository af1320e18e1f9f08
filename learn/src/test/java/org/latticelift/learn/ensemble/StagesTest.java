package org.latticelift.learn.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.testing.WatchedProgress;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.train.PairFixture;
import org.latticelift.learn.train.SdeConfig;
import org.latticelift.learn.train.TrainConfig;
import org.latticelift.learn.train.TrainStage;
import org.latticelift.sim.lift.PairsFile;

/** The stages train and ensemble on a small synthetic {@code pairs.h5}. */
class StagesTest {
  private static final String TRAIN =
      "{epochs: 4, models: 2, batch: 256, checkpoint_epochs: 1, device: cpu}";
  private static final String ENSEMBLE =
      "{trajectories: 150, horizon: {relaxations: 1}, step: 0.02, records: 5,"
          + " keep_trajectories: true, conditions: {temperature_K: [1000, 1700]}}";

  @TempDir Path folder;

  private static TrainStage train(String sde, String train) {
    return new TrainStage(
        Binder.bind(ConfigNode.parse(sde, "sde.yaml"), SdeConfig.class),
        Binder.bind(ConfigNode.parse(train, "train.yaml"), TrainConfig.class),
        1200,
        PairsFile.NAME,
        OptionalDouble.empty(),
        Optional.empty());
  }

  private static EnsembleStage ensemble() {
    return new EnsembleStage(LinearModels.config(ENSEMBLE), new Planned(4, 2, 1));
  }

  private static StageContext context(RunDirectory directory, int threads, StopSignal stop) {
    return new StageContext(
        directory, Provenance.here("{}", 7, threads), 7, threads, ProgressFactory.quiet(), stop);
  }

  private RunDirectory directory(String name) {
    RunDirectory directory = RunDirectory.open(folder.resolve(name), OpenMode.NEW, "test");
    directory.commit("pairs.h5", beside -> PairFixture.write(beside, 300, 5));
    return directory;
  }

  @Test
  void resultsDoNotDependOnThreads() {
    List<SdeModel> models = new ArrayList<>();
    List<float[]> paths = new ArrayList<>();
    for (int threads = 1; threads <= 2; threads++) {
      try (RunDirectory directory = directory("threads" + threads)) {
        train("{}", TRAIN).run(context(directory, threads, StopSignal.none()));
        ensemble().run(context(directory, threads, StopSignal.none()));
        assertThat(directory.complete("model.h5")).isTrue();
        assertThat(directory.complete("checkpoint/train-m0.ckpt")).isFalse();
        try (Hdf5Reader reader = Hdf5Reader.open(directory.file("model.h5"))) {
          assertThat(reader.textAttribute("/provenance", "training_engine")).startsWith("java ");
        }
        models.add(ModelFile.read(directory.file("model.h5")));
        paths.add(trajectories(directory));
      }
    }
    for (int k = 0; k < 2; k++) {
      assertThat(models.get(1).models().get(k).flat())
          .isEqualTo(models.get(0).models().get(k).flat());
    }
    assertThat(paths.get(1)).isEqualTo(paths.get(0));
  }

  /** The pairs begin near 0 in all observables. */
  @Test
  void startsFarFromAllPairsAreTold() {
    try (RunDirectory directory = directory("far")) {
      train("{}", TRAIN).run(context(directory, 1, StopSignal.none()));
      String near = "{trajectories: 8, horizon: {relaxations: 1}, step: 0.1, records: 3}";
      String far =
          "{initial: {observables: [-50, 20, 20, 10.01]}, on_divergence: drop, %s"
              .formatted(near.substring(1));
      assertThat(told(directory, near)).doesNotContain("warning");
      assertThat(told(directory, far))
          .contains("warning: trajectories of T1000, T1400, T2000, T3000 start up to ")
          .contains("ensemble.initial");
    }
  }

  private static String told(RunDirectory directory, String config) {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    StageContext context =
        new StageContext(
            directory,
            Provenance.here("{}", 7, 1),
            7,
            1,
            ProgressFactory.lines(new PrintStream(shown)),
            StopSignal.none());
    new EnsembleStage(LinearModels.config(config), new Planned(4, 2, 1)).run(context);
    return shown.toString();
  }

  private static float[] trajectories(RunDirectory directory) {
    try (Hdf5Reader reader = Hdf5Reader.open(directory.file("ensemble.h5"))) {
      assertThat(reader.requireDims("/T1000/mean", 5, 4)).isNotNull();
      assertThat(reader.requireDims("/T1700/quantile", 5, 5, 4)).isNotNull();
      assertThat(reader.requireDims("/T1700/model_std", 2, 5, 4)).isNotNull();
      assertThat(reader.requireDims("/T1700/late_mean", 2, 4)).isNotNull();
      float[] values = reader.floats("/T1700/trajectory");
      for (int row = 0; row < values.length; row += 4) {
        float sum = values[row + 1] + values[row + 2] + values[row + 3];
        assertThat(values[row])
            .isCloseTo(0.01f - sum, org.assertj.core.api.Assertions.within(1e-5f));
      }
      return values;
    }
  }

  @Tag("pipeline")
  @Test
  void aStoppedTrainingContinuesBitForBit() {
    float[] straight;
    try (RunDirectory directory = directory("straight")) {
      train("{}", TRAIN).run(context(directory, 1, StopSignal.none()));
      straight = ModelFile.read(directory.file("model.h5")).models().get(1).flat();
    }
    try (RunDirectory directory = directory("stopped")) {
      StopSignal stop = StopSignal.none();
      StageContext stopping =
          new StageContext(
              directory,
              Provenance.here("{}", 7, 1),
              7,
              1,
              WatchedProgress.stopAfter(6, stop),
              stop);
      assertFails(ExitCode.STOPPED, () -> train("{}", TRAIN).run(stopping));
      assertThat(directory.complete("model.h5")).isFalse();
      train("{}", TRAIN).run(context(directory, 1, StopSignal.none()));
      assertThat(ModelFile.read(directory.file("model.h5")).models().get(1).flat())
          .isEqualTo(straight);
    }
  }

  @Test
  void authorsPresetTrainsAllObservables() {
    try (RunDirectory directory = directory("authors")) {
      String train = TrainConfig.AUTHORS.replace("epochs: 300", "epochs: 1");
      train(SdeConfig.AUTHORS, train).run(context(directory, 1, StopSignal.none()));
      SdeModel model = ModelFile.read(directory.file("model.h5"));
      assertThat(model.architecture().dimension()).isEqualTo(4);
      assertThat(model.scaling().deviation()).containsOnly(1);
      assertThat(model.epsilon()).isEqualTo(1e-4);
      assertThat(model.kappa()).isEqualTo(8);
    }
  }
}
