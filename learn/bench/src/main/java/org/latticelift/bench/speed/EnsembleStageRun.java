package org.latticelift.bench.speed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.learn.ensemble.EnsembleConfig;
import org.latticelift.learn.ensemble.EnsembleStage;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.sde.TrainingHistory;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * The whole stage on one thread in a temporary run directory: 201 records, ten steps from one to
 * the next, five quantiles.
 */
final class EnsembleStageRun implements LongSupplier {
  private static final String CONFIG =
      "{trajectories: %d, horizon: {relaxations: 0.002}, step: 1e-6}";
  private static final long STEPS = 2000;

  private final SdeModel model;
  private final EnsembleConfig config;

  EnsembleStageRun(SdeArchitecture architecture, SdeParameters parameters, int trajectories) {
    int d = architecture.dimension();
    double[] ones = IntStream.range(0, d).mapToDouble(i -> 1).toArray();
    List<String> names = IntStream.range(0, d).mapToObj(i -> "z" + i).toList();
    double[] none = {};
    this.model =
        new SdeModel(
            architecture,
            List.of(parameters),
            new SdeScaling(new double[d], ones, new double[] {2000}, new double[] {1}),
            MacroscopicMap.identity(names),
            List.of(new TrainingHistory(none, none, none)),
            1,
            0);
    String yaml = String.format(CONFIG, trajectories);
    this.config = Binder.bind(ConfigNode.parse(yaml, "benchmark"), EnsembleConfig.class);
  }

  @Override
  public long getAsLong() {
    try {
      Path folder = Files.createTempDirectory("latticelift-ensemble");
      try {
        run(folder.resolve("run"));
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return STEPS * config.trajectories();
  }

  private void run(Path folder) {
    try (RunDirectory directory = RunDirectory.open(folder, OpenMode.NEW, "benchmark")) {
      directory.commit(
          ModelFile.NAME,
          beside -> {
            try (Hdf5Writer writer = Hdf5Writer.create(beside)) {
              ModelFile.write(writer, model);
            }
          });
      StageContext context =
          new StageContext(
              directory,
              Provenance.here("{}", 1, 1),
              1,
              1,
              ProgressFactory.quiet(),
              StopSignal.none());
      new EnsembleStage(config, 1, 1).run(context);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
