package org.latticelift.learn.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.learn.kernel.SdeKernel;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.kernel.Steps;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeModel.TrainingHistory;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsCommon;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.MacroscopicMap;
import org.latticelift.sim.system.Macroscopics.LinearRelation;

/**
 * A run directory with the files of all stages before {@code evaluate}, made of Ornstein-Uhlenbeck
 * processes with known late means, deviations and relaxation times.
 */
public final class FakeRun {
  /** Trained temperatures, K. */
  public static final double[] TEMPERATURES = {1000, 1400, 2000, 3000};

  /** Relaxation time at each temperature, s. */
  public static final double[] TAU = {1.6e-5, 2.5e-6, 8e-7, 3e-7};

  /** Late standard deviation of the independent components. */
  public static final double DEVIATION = 0.035;

  /** What the prediction misses at 1000 K for MoMo, MoTa and TaTa alike. */
  public static final double SHIFT = 0.05;

  /** Deviation of NbNb ... TaTa in units of that of the independent ones, by the sum rules. */
  private static final double[] SPREAD = {Math.sqrt(6), Math.sqrt(2), Math.sqrt(2), 1, 1, 1};

  /** Events of the small system take a thousandth of the relaxation time; none at 3000 K. */
  private static final SystemEstimates PACE =
      new SystemEstimates() {
        @Override
        public OptionalDouble timeOf(StageContext context, Condition condition, double events) {
          int c = Arrays.binarySearch(TEMPERATURES, condition.value());
          boolean none = c < 0 || c == TEMPERATURES.length - 1;
          return none ? OptionalDouble.empty() : OptionalDouble.of(events * TAU[c] / 1000);
        }
      };

  /** Suggestions without a configuration. */
  public static final UnaryOperator<Evaluation> NOTES =
      evaluation -> evaluation.noted(Remedies.general());

  /** Of trajectories. */
  public static final Steps STEPS = new Steps(0.02, StepScheme.EULER);

  private static final double KAPPA = 8;
  private static final int PAIRS = 3000;
  private static final String CONFIGURATION =
      "system: alloy\nconditions:\n  temperature_K: [1000, 1400, 2000, 3000]\nseed: 1\n";

  private FakeRun() {}

  /** The stage that evaluates it. */
  public static EvaluateStage evaluate(EvaluateConfig config) {
    return new EvaluateStage(config, STEPS, PairsFile.NAME, relations(), NOTES, PACE);
  }

  /**
   * Makes the files.
   *
   * @param root an empty or missing folder
   * @param direct whether there are direct runs
   * @return the folder, to be closed
   */
  public static RunDirectory create(Path root, boolean direct) {
    RunDirectory directory = RunDirectory.open(root, OpenMode.NEW, "fake");
    SdeModel model = model();
    commit(directory, "model.h5", writer -> ModelFile.write(writer, model));
    commit(directory, PairsFile.NAME, writer -> pairs(writer, model));
    commit(directory, "ensemble.h5", FakeRun::ensemble);
    if (direct) {
      commit(directory, "trajectory.h5", FakeRun::trajectory);
    }
    return directory;
  }

  /**
   * A context without progress and signals.
   *
   * @param directory where
   * @return a context of seed 1
   */
  public static StageContext context(RunDirectory directory) {
    return context(directory, ProgressFactory.quiet());
  }

  /**
   * A context with progress.
   *
   * @param directory where
   * @param progress shows it
   * @return a context of seed 1
   */
  public static StageContext context(RunDirectory directory, ProgressFactory progress) {
    return new StageContext(directory, provenance(), 1, 1, progress, StopSignal.none());
  }

  private static Provenance provenance() {
    return Provenance.here(CONFIGURATION, 1, 1);
  }

  private interface Body {
    void write(Hdf5Writer writer);
  }

  private static void commit(RunDirectory directory, String name, Body body) {
    directory.commit(
        name,
        beside -> {
          try (Hdf5Writer writer = Hdf5Writer.create(beside)) {
            body.write(writer);
            provenance().writeTo(writer);
          }
        });
  }

  /**
   * Those of three species of equal numbers.
   *
   * @return one for each species
   */
  public static List<LinearRelation> relations() {
    int[][] pairs = {{0, 1, 2}, {1, 3, 4}, {2, 4, 5}};
    double[] zero = map().offset();
    List<LinearRelation> relations = new ArrayList<>();
    for (int[] pair : pairs) {
      double[] weights = new double[6];
      Arrays.stream(pair).forEach(k -> weights[k] = 1);
      relations.add(new LinearRelation("species", weights, LinearRelation.sum(weights, zero)));
    }
    return relations;
  }

  static MacroscopicMap map() {
    double[] zero = SyntheticRuns.expand(0, 0, 0);
    double[] matrix = new double[18];
    for (int c = 0; c < 3; c++) {
      double[] unit = new double[3];
      unit[c] = 1;
      double[] image = SyntheticRuns.expand(unit[0], unit[1], unit[2]);
      for (int row = 0; row < 6; row++) {
        matrix[3 * row + c] = image[row] - zero[row];
      }
    }
    return new MacroscopicMap(SyntheticRuns.PAIRS, new int[] {3, 4, 5}, matrix, zero);
  }

  private static SdeModel model() {
    SdeArchitecture architecture =
        new SdeArchitecture(
            3,
            0,
            DriftSpec.plain(),
            new DiffusionSpec(DiffusionMode.CONSTANT_DIAGONAL, List.of(), false, 0.1, 1));
    List<SdeParameters> models = new ArrayList<>();
    List<TrainingHistory> history = new ArrayList<>();
    for (int k = 0; k < 2; k++) {
      models.add(SdeParameters.initial(architecture, new Streams(1).stream(Purpose.TRAIN_INIT, k)));
      history.add(history(k));
    }
    SdeScaling scaling =
        new SdeScaling(new double[3], new double[] {1, 1, 1}, TEMPERATURES.clone(), TAU.clone());
    return new SdeModel(architecture, models, scaling, map(), history, KAPPA, 1e-9);
  }

  private static TrainingHistory history(int k) {
    double[] loss = new double[120];
    double[] validation = new double[120];
    double[] rate = new double[120];
    RandomStream stream = new Streams(1).stream(Purpose.CHECK, 70 + k);
    for (int e = 0; e < loss.length; e++) {
      loss[e] = -14 + 4 * Math.exp(-e / 15.0) + 0.03 * stream.normal();
      validation[e] = loss[e] + 0.05 + 0.05 * stream.normal();
      rate[e] = 1e-3 * Math.pow(0.5, e / 40);
    }
    return new TrainingHistory(loss, validation, rate);
  }

  private static void pairs(Hdf5Writer writer, SdeModel model) {
    int conditions = TEMPERATURES.length;
    int n = PAIRS * conditions;
    double[] z0 = new double[6 * n];
    double[] z1 = new double[6 * n];
    double[] dt = new double[n];
    int[] condition = new int[n];
    int[] events = new int[n];
    for (int c = 0; c < conditions; c++) {
      RandomStream stream = new Streams(1).stream(Purpose.CHECK, 80 + c);
      SdeKernel kernel =
          SdeKernel.plain(model.architecture(), model.models().get(0), TEMPERATURES[c], 1);
      for (int i = c * PAIRS; i < (c + 1) * PAIRS; i++) {
        pair(kernel, stream, c, i, z0, z1, dt);
        condition[i] = c;
        events[i] = (int) (125 + 20 * stream.normal());
      }
    }
    PairsCommon common =
        new PairsCommon(
            model.map(),
            new double[0],
            8,
            Arrays.stream(TEMPERATURES).mapToObj(t -> Condition.of("temperature_K", t)).toList(),
            new double[conditions],
            new double[conditions],
            "s");
    PairsFile.write(
        writer,
        common,
        Map.of(
            PairColumn.Z0,
            z0,
            PairColumn.Z1,
            z1,
            PairColumn.DT,
            dt,
            PairColumn.CONDITION,
            condition,
            PairColumn.EVENTS,
            events));
  }

  private static void pair(
      SdeKernel kernel, RandomStream stream, int c, int i, double[] z0, double[] z1, double[] dt) {
    float[][] z = new float[3][1];
    float[][] drift = new float[3][1];
    float[][] sigma = new float[9][1];
    double[] start = new double[3];
    double[] end = new double[3];
    for (int k = 0; k < 3; k++) {
      start[k] = 0.3 * stream.normal();
      z[k][0] = (float) start[k];
    }
    kernel.evaluate(1, z, drift, sigma);
    double scaled = 0.02 * (0.8 + 0.4 * stream.uniform());
    for (int k = 0; k < 3; k++) {
      double noise = Math.sqrt(KAPPA * scaled) * sigma[4 * k][0] * stream.normal();
      end[k] = start[k] + drift[k][0] * scaled + noise;
    }
    dt[i] = scaled * TAU[c];
    System.arraycopy(SyntheticRuns.expand(start[0], start[1], start[2]), 0, z0, 6 * i, 6);
    System.arraycopy(SyntheticRuns.expand(end[0], end[1], end[2]), 0, z1, 6 * i, 6);
  }

  private static double[] predictedLate(int c) {
    double[] late = SyntheticRuns.late(TEMPERATURES[c]);
    double shift = c == 0 ? SHIFT : 0;
    return SyntheticRuns.expand(late[3] + shift, late[4] + shift, late[5] + shift);
  }

  private static void ensemble(Hdf5Writer writer) {
    writer.attribute("/", "observable_names", SyntheticRuns.PAIRS.toArray(String[]::new));
    writer.attribute("/", "parameter_name", "temperature_K");
    for (int c = 0; c < TEMPERATURES.length; c++) {
      condition(writer, "/T" + (int) TEMPERATURES[c], c);
    }
  }

  private static void condition(Hdf5Writer writer, String group, int c) {
    double[] times = SyntheticRuns.times(401, 12 * TAU[c]);
    TimeSeries mean = SyntheticRuns.run(predictedLate(c), TAU[c], 0, times, 0);
    long t = times.length;
    double[] values = flat(mean);
    double[] deviation = new double[values.length];
    double[] quantiles = new double[5 * values.length];
    double[] z = {-1.645, -0.674, 0, 0.674, 1.645};
    for (int i = 0; i < values.length; i++) {
      deviation[i] =
          SPREAD[i % 6] * DEVIATION * Math.sqrt(1 - Math.exp(-2 * times[i / 6] / TAU[c]));
      for (int q = 0; q < 5; q++) {
        quantiles[q * values.length + i] = values[i] + z[q] * deviation[i];
      }
    }
    writer.group(group);
    writer.attribute(group, "temperature_K", TEMPERATURES[c]);
    writer.dataset(group + "/time", times, new long[] {t}, DatasetInfo.of("s", "time", "time"));
    writer.dataset(group + "/mean", values, new long[] {t, 6}, info("time"));
    writer.dataset(group + "/std", deviation, new long[] {t, 6}, info("time"));
    writer.dataset(
        group + "/quantile",
        quantiles,
        new long[] {5, t, 6},
        DatasetInfo.of("1", "quantiles", "quantile", "time", "observable"));
    writer.attribute(group + "/quantile", "quantiles", new double[] {0.05, 0.25, 0.5, 0.75, 0.95});
    double[] models = Arrays.copyOf(values, 2 * values.length);
    System.arraycopy(values, 0, models, values.length, values.length);
    writer.dataset(
        group + "/model_mean",
        models,
        new long[] {2, t, 6},
        DatasetInfo.of("1", "mean of each model", "model", "time", "observable"));
    double[] spreads = Arrays.copyOf(deviation, 2 * values.length);
    System.arraycopy(deviation, 0, spreads, values.length, values.length);
    writer.dataset(
        group + "/model_std",
        spreads,
        new long[] {2, t, 6},
        DatasetInfo.of("1", "deviation of each model", "model", "time", "observable"));
    writer.attribute(group + "/model_std", "trajectories", 100);
    late(writer, group, c);
  }

  private static void late(Hdf5Writer writer, String group, int c) {
    double[] late = predictedLate(c);
    double[] means = new double[12];
    double[] deviations = new double[12];
    double[] errors = new double[12];
    for (int i = 0; i < 6; i++) {
      means[i] = late[i] - 5e-4;
      means[6 + i] = late[i] + 5e-4;
      deviations[i] = SPREAD[i] * DEVIATION;
      deviations[6 + i] = SPREAD[i] * DEVIATION;
      errors[i] = 5e-4;
      errors[6 + i] = 5e-4;
    }
    writer.dataset(group + "/late_mean", means, new long[] {2, 6}, info("model"));
    writer.dataset(group + "/late_std", deviations, new long[] {2, 6}, info("model"));
    writer.dataset(group + "/late_mean_error", errors, new long[] {2, 6}, info("model"));
    writer.dataset(group + "/late_std_error", errors, new long[] {2, 6}, info("model"));
  }

  private static DatasetInfo info(String axis) {
    return DatasetInfo.of("1", "order parameters", axis, "observable");
  }

  private static double[] flat(TimeSeries series) {
    double[] values = new double[series.length() * 6];
    Arrays.setAll(values, i -> series.value(i / 6, i % 6));
    return values;
  }

  private static void trajectory(Hdf5Writer writer) {
    writer.attribute("/", "observable_names", SyntheticRuns.PAIRS.toArray(String[]::new));
    for (int c = 0; c < TEMPERATURES.length; c++) {
      String group = "/T" + (int) TEMPERATURES[c];
      double[] times = SyntheticRuns.times(201, 10 * TAU[c]);
      double[] late = SyntheticRuns.late(TEMPERATURES[c]);
      for (int r = 0; r < 3; r++) {
        TimeSeries run = SyntheticRuns.run(late, TAU[c], DEVIATION, times, 500 + 10 * c + r);
        String path = group + "/run" + r;
        long[] jumps = new long[times.length];
        Arrays.setAll(jumps, i -> 800L * i);
        long n = times.length;
        writer.dataset(
            path + "/time", times, new long[] {n}, DatasetInfo.of("s", "time", "record"));
        writer.dataset(
            path + "/jumps", jumps, new long[] {n}, DatasetInfo.of("1", "jumps", "record"));
        writer.dataset(path + "/observables", flat(run), new long[] {n, 6}, info("record"));
      }
      writer.attribute(group, "temperature_K", TEMPERATURES[c]);
    }
  }
}
