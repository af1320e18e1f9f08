package org.latticelift.bench.speed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.learn.ensemble.EnsembleConfig;
import org.latticelift.learn.ensemble.EnsembleDevice;
import org.latticelift.learn.ensemble.EnsembleEngine;
import org.latticelift.learn.ensemble.EnsembleKernel;
import org.latticelift.learn.ensemble.EnsembleKernels;
import org.latticelift.learn.ensemble.EnsembleStage;
import org.latticelift.learn.ensemble.Planned;
import org.latticelift.learn.ensemble.Program;
import org.latticelift.learn.ensemble.Walkers;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.kernel.TileArithmetic;
import org.latticelift.learn.kernel.TileFactories;
import org.latticelift.learn.kernel.TileProgram;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeModel.TrainingHistory;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * Trajectory-steps per core-second of networks with initial weights, whose values do not matter for
 * the time.
 */
public final class EnsembleBenchmark {
  private static final double KELVIN = 2000;
  private static final double STEP = 1e-6;
  private static final int CHUNK = 10;
  private static final int SLICES = 101;
  private static final int STAGE_SLICES = 5;
  private static final Streams STREAMS = new Streams(1);

  private final int trajectories;
  private final double seconds;

  /**
   * A measurement ({@code seconds}: processor time for each of the kernel and the stage, after half
   * as much warm-up).
   */
  public EnsembleBenchmark(int trajectories, double seconds) {
    this.trajectories = trajectories;
    this.seconds = seconds;
  }

  /** Measures kernel, noise and stage of one case. */
  public EnsembleSpeed measure(SdeCase what) {
    RandomStream stream = STREAMS.stream(Purpose.BENCHMARK);
    SdeParameters parameters = SdeParameters.initial(what.architecture(), stream);
    TileProgram program = new TileProgram(what.architecture(), parameters, KELVIN);
    Rates rates = rates(kernel(what, parameters), SLICES);
    Rates noise = rates(noise(program.dimension()), SLICES);
    EnsembleStageRun stage = new EnsembleStageRun(what.architecture(), parameters, trajectories);
    Rates stages = rates(stage, STAGE_SLICES);
    return new EnsembleSpeed(
        what.name(),
        TileFactories.fastest().name(),
        program.dimension(),
        trajectories,
        program.operations(),
        rates.median(),
        rates.slices(),
        rates.median() * program.operations(),
        rates.median() / noise.median(),
        stages.median());
  }

  private LongSupplier kernel(SdeCase what, SdeParameters parameters) {
    EnsembleKernel kernel = EnsembleKernels.load(EnsembleEngine.JAVA, EnsembleDevice.CPU);
    Program program = kernel.program(what.architecture(), parameters, KELVIN);
    List<Walkers> blocks = new ArrayList<>();
    for (int first = 0; first < trajectories; first += kernel.block()) {
      long key = first;
      int count = Math.min(kernel.block(), trajectories - first);
      blocks.add(program.walkers(count, t -> STREAMS.stream(Purpose.BENCHMARK, key + t)));
    }
    double[] start = new double[what.architecture().dimension()];
    return () -> {
      for (Walkers block : blocks) {
        block.start(start);
        block.advance(CHUNK, STEP, 1, StepScheme.EULER);
      }
      return (long) CHUNK * trajectories;
    };
  }

  /** The normal numbers of as many steps, alone. */
  private LongSupplier noise(int dimension) {
    TileArithmetic arithmetic = TileFactories.fastest().wide();
    int lanes = arithmetic.lanes();
    int pairs = (dimension + 1) / 2;
    RandomStream stream = STREAMS.stream(Purpose.BENCHMARK);
    int[] generators = new int[4 * lanes];
    Arrays.setAll(generators, i -> (int) stream.below(1L << Integer.SIZE));
    float[] numbers = new float[2 * pairs * lanes];
    return () -> {
      for (int i = 0; i < CHUNK * CHUNK; i++) {
        arithmetic.normals(generators, numbers, 0, pairs, 1f);
      }
      return (long) CHUNK * CHUNK * lanes;
    };
  }

  private Rates rates(LongSupplier work, int slices) {
    Rates.of(seconds / 2, work);
    return Rates.inSlices(slices, seconds, work);
  }

  /**
   * The whole stage on one thread in a temporary run directory: 201 records, ten steps from one to
   * the next, five quantiles.
   */
  static final class EnsembleStageRun implements LongSupplier {
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
        new EnsembleStage(config, new Planned(1, 1, 1)).run(context);
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

  /**
   * How fast one core integrates an ensemble.
   *
   * @param networks name of the architecture
   * @param arithmetic such as {@code vector-512}
   * @param dimension latent dimension d
   * @param trajectories number of trajectories
   * @param operations floating-point operations per trajectory and step, two per multiply-add
   * @param stepsPerSecond trajectory-steps with noise per second of processor time, median of
   *     slices
   * @param slices the slowest and the fastest of them
   * @param flops operations per second at the median
   * @param noiseShare share of the time that the normal numbers take
   * @param stageStepsPerSecond trajectory-steps per second of processor time of the whole stage:
   *     reads the model, integrates, records, makes the statistics and writes them
   */
  public record EnsembleSpeed(
      String networks,
      String arithmetic,
      int dimension,
      int trajectories,
      long operations,
      double stepsPerSecond,
      @Part Slices slices,
      double flops,
      double noiseShare,
      double stageStepsPerSecond) {}
}
