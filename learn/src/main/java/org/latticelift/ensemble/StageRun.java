package org.latticelift.ensemble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.latticelift.config.Binder;
import org.latticelift.config.ConfigNode;
import org.latticelift.hdf5.Hdf5Writer;
import org.latticelift.progress.ProgressFactory;
import org.latticelift.rundir.OpenMode;
import org.latticelift.rundir.Provenance;
import org.latticelift.rundir.RunDirectory;
import org.latticelift.rundir.StageContext;
import org.latticelift.sde.MacroscopicMap;
import org.latticelift.sde.SdeArchitecture;
import org.latticelift.sde.SdeModel;
import org.latticelift.sde.SdeModelFile;
import org.latticelift.sde.SdeParameters;
import org.latticelift.sde.SdeScaling;
import org.latticelift.sde.TrainingHistory;
import org.latticelift.task.StopSignal;

/**
 * The whole stage on one thread in a temporary run directory: 201 records, ten steps from one to
 * the next, five quantiles.
 */
final class StageRun implements LongSupplier {
  private static final String CONFIG =
      "{trajectories: %d, horizon: {relaxations: 0.002}, step: 1e-6}";
  private static final long STEPS = 2000;

  private final SdeModel model;
  private final EnsembleConfig config;

  StageRun(SdeArchitecture architecture, SdeParameters parameters, int trajectories) {
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
          "model.h5",
          beside -> {
            try (Hdf5Writer writer = Hdf5Writer.create(beside)) {
              SdeModelFile.write(writer, model);
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
