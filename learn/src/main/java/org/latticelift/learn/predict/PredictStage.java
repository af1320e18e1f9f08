package org.latticelift.learn.predict;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.latticelift.io.output.Figure;
import org.latticelift.io.output.Figure.Axis;
import org.latticelift.io.output.Layer;
import org.latticelift.io.output.TimeScale;
import org.latticelift.io.run.directory.KeptResults;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.learn.ensemble.PathPrediction;
import org.latticelift.learn.ensemble.PredictedPath;
import org.latticelift.learn.evaluate.AveragesTable.MainObservables;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.predict.Records.Clocks;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.Quantities;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.schedule.RealTime;
import org.latticelift.sim.schedule.Schedule;

/**
 * Predicts schedules with a trained model. Each is a task, so sweeps are shared among ranks; a
 * single one shares its trajectories among threads.
 */
public final class PredictStage implements Stage {
  /** Everything as a table. */
  public static final String TABLE = "prediction.csv";

  private static final String KEPT = "checkpoint/predict";
  private static final double CHECKPOINT_SECONDS = 60;

  private static final long PARTS = 100;

  private static final double SECONDS_PER_SCHEDULE = 0.1;

  private static final double SECONDS_PER_DRIFT = 8e-8;

  private static final double SECONDS_PER_NOISE = 1e-7;
  private static final double SECONDS_TO_BEGIN = 1.5;

  /** Java compiles while it works: first steps take three times as long. */
  private static final double SLOWER_AT_FIRST = 2;

  private static final double MOST_SECONDS_SLOWER = 3;

  /** Schedules of more time units of the model are probably not meant in simulated time. */
  private static final double MANY_UNITS = 1e4;

  /** Of more schedules than that, only the numbers are written. */
  private static final int MOST_FIGURES = 20;

  private final PredictConfig config;
  private final SdeModel model;
  private final Map<String, Schedule> schedules = new LinkedHashMap<>();

  /** Where each is recorded; empty for equal simulated times. */
  private final List<Optional<RealTime.Records>> records = new ArrayList<>();

  private final Optional<RealTime> realTime;

  /** Reads the model and the schedules. */
  public PredictStage(PredictConfig config) {
    this.config = config;
    this.model = config.model().read(ModelFile::read);
    Quantities quantities = model.scaling().quantities();
    Clocks clocks = config.clocks(quantities);
    config
        .schedules()
        .forEach(
            (name, spec) -> {
              Schedule written = spec.schedule(quantities.parameter(), quantities.timeUnit());
              schedules.put(name, clocks.simulated(written));
              records.add(
                  PathSettings.named(
                      true,
                      () ->
                          config
                              .records()
                              .of(written, clocks, model, config.allowExtrapolation())));
            });
    this.realTime = clocks.realTime();
  }

  @Override
  public String name() {
    return "predict";
  }

  @Override
  public List<String> outputs() {
    return List.of(PredictionFile.NAME, TABLE);
  }

  @Override
  public List<String> temporary() {
    return KeptResults.names(KEPT);
  }

  @Override
  public void check() {
    double[] trained = model.scaling().condition();
    String parameter = model.scaling().quantities().parameter();
    PathSettings.named(
        true,
        () -> {
          config.ensemble().requireRange(parameter, trained);
          return prediction();
        });
  }

  @Override
  public StagePlan plan() {
    long bytes = numbers() * model.map().observables().size() * 100;
    return new StagePlan(
        name(),
        schedules.size(),
        schedules.size() + " schedules x " + config.trajectories() + " trajectories",
        seconds(),
        bytes);
  }

  private long numbers() {
    return records.stream()
        .mapToLong(each -> each.map(at -> at.time().length).orElse(config.records().equalTimes()))
        .sum();
  }

  /** By the steps: noise, and one drift or three. */
  private double seconds() {
    double work = PathSettings.named(true, () -> prediction().work(schedules.values(), records));
    int drifts = config.stepping().scheme() == StepScheme.RUNGE_KUTTA ? 3 : 1;
    double compiled = (SECONDS_PER_NOISE + drifts * SECONDS_PER_DRIFT) * work;
    return SECONDS_TO_BEGIN
        + SECONDS_PER_SCHEDULE * schedules.size()
        + compiled
        + Math.min(SLOWER_AT_FIRST * compiled, MOST_SECONDS_SLOWER);
  }

  @Override
  public boolean shared() {
    return true;
  }

  private PathPrediction prediction() {
    return PathPrediction.of(
        model,
        config.ensemble(),
        config.change(model.scaling().condition()),
        config.seed(),
        schedules.values());
  }

  @Override
  public void run(StageContext context) {
    KeptResults kept =
        new KeptResults(context.directory(), KEPT, CHECKPOINT_SECONDS, context.stop());
    byte[][] paths = kept.keeping(() -> predict(context, kept));
    context
        .tasks()
        .once(
            () -> {
              write(context, paths);
              kept.delete();
            });
  }

  private byte[][] predict(StageContext context, KeptResults kept) {
    PathPrediction prediction = prediction();
    List<Schedule> all = List.copyOf(schedules.values());
    int threads = all.size() == 1 ? context.threads() : 1;
    try (Progress progress = context.progress().start(name(), PARTS * all.size())) {
      tellLong(progress);
      return context
          .tasks()
          .collect(
              all.size(),
              task -> {
                Percent percent = new Percent(progress);
                byte[] path =
                    kept.result(
                        task,
                        () ->
                            PathSettings.named(
                                true,
                                () ->
                                    PathCode.encode(
                                        prediction.along(
                                            all.get(task),
                                            records.get(task),
                                            threads,
                                            context.stop(),
                                            percent::add))));
                percent.end();
                return path;
              });
    }
  }

  /** An hour of the simulation takes long, and is hardly ever what is asked for. */
  private void tellLong(Progress progress) {
    if (model.scaling().quantities().vacancies().isEmpty() || realTime.isPresent()) {
      return;
    }
    schedules.forEach(
        (name, schedule) -> {
          double units =
              PathPrediction.units(
                  model, config.ensemble(), config.change(model.scaling().condition()), schedule);
          if (units > MANY_UNITS) {
            progress.message(
                String.format(
                    Locale.ROOT,
                    "schedule %s: %.3g s of the simulation are %.3g time units of the model; did you"
                        + " mean clock: real? (--set vacancies={formation_eV: E, clock: real})",
                    name,
                    schedule.length(),
                    units));
          }
        });
  }

  /** Counts the hundredths of a schedule, which several threads make. */
  private static final class Percent {
    private final Progress progress;
    private double share;
    private long told;

    Percent(Progress progress) {
      this.progress = progress;
    }

    synchronized void add(double further) {
      share += further;
      tell((long) Math.min(PARTS, PARTS * share));
    }

    synchronized void end() {
      tell(PARTS);
    }

    private void tell(long parts) {
      if (parts > told) {
        synchronized (progress) {
          progress.step(parts - told);
        }
        told = parts;
      }
    }
  }

  /**
   * What a terminal shows after the stage; a table: the path of a single schedule, or the ends of
   * several.
   */
  public List<String> lines(RunDirectory directory) {
    List<String> lines = new ArrayList<>(PredictionTable.lines(directory.file(TABLE)));
    lines.add(model.scaling().holds());
    return lines;
  }

  private void write(StageContext context, byte[][] paths) {
    List<SchedulePrediction> predictions = new ArrayList<>();
    int task = 0;
    for (Map.Entry<String, Schedule> each : schedules.entrySet()) {
      Optional<RealTime.Records> recorded = records.get(task);
      PredictedPath path = PathCode.decode(paths[task++]);
      double[] real =
          recorded
              .map(RealTime.Records::real)
              .or(() -> realTime.map(time -> time.times(each.getValue(), path.time())))
              .orElseGet(() -> new double[0]);
      double[] units =
          Records.units(each.getValue(), path.time(), model, config.allowExtrapolation());
      predictions.add(new SchedulePrediction(each.getKey(), each.getValue(), path, real, units));
    }
    Predictions all =
        new Predictions(
            model.map().observables(), model.scaling().quantities(), List.copyOf(predictions));
    context.commitHdf5(
        PredictionFile.NAME, context.provenance(), writer -> PredictionFile.write(writer, all));
    context.commitText(TABLE, PredictionTable.csv(all));
    if (predictions.size() <= MOST_FIGURES) {
      for (Figure figure : PredictionFigures.all(all)) {
        context.commitText(figure.name() + ".svg", figure.svg());
      }
    }
  }

  /** A predicted path in bytes, so that another rank than the one that made it can store it. */
  static final class PathCode {
    private PathCode() {}

    static byte[] encode(PredictedPath path) {
      double[] outside = new double[path.outside().length];
      for (int i = 0; i < outside.length; i++) {
        outside[i] = path.outside()[i] ? 1 : 0;
      }
      double[][] arrays = {
        path.time(),
        path.condition(),
        outside,
        path.novelty(),
        path.mean(),
        path.deviation(),
        path.halfWidth(),
        path.modelMean()
      };
      int bytes = 0;
      for (double[] array : arrays) {
        bytes += Integer.BYTES + Double.BYTES * array.length;
      }
      ByteBuffer out = ByteBuffer.allocate(bytes);
      for (double[] array : arrays) {
        out.putInt(array.length);
        for (double value : array) {
          out.putDouble(value);
        }
      }
      return out.array();
    }

    static PredictedPath decode(byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      double[] time = next(in);
      double[] condition = next(in);
      double[] marks = next(in);
      boolean[] outside = new boolean[marks.length];
      for (int i = 0; i < outside.length; i++) {
        outside[i] = marks[i] != 0;
      }
      return new PredictedPath(
          time, condition, outside, next(in), next(in), next(in), next(in), next(in));
    }

    private static double[] next(ByteBuffer in) {
      double[] array = new double[in.getInt()];
      for (int i = 0; i < array.length; i++) {
        array[i] = in.getDouble();
      }
      return array;
    }
  }

  /** What predictions look like: observables against time for each schedule, and the schedules. */
  static final class PredictionFigures {
    private static final String REAL = "real time (h)";

    private PredictionFigures() {}

    static List<Figure> all(Predictions predictions) {
      List<Figure> figures = new ArrayList<>();
      for (int p = 0; p < predictions.all().size(); p++) {
        SchedulePrediction prediction = predictions.all().get(p);
        TimeScale scale = scale(predictions, prediction.schedule().length());
        double[] time = scale.scaled(prediction.path().time());
        String name = "prediction-p" + p;
        figures.add(path(predictions, prediction, name, Axis.linear(scale.label("time")), time));
        if (prediction.real()) {
          double[] hours = Arrays.stream(prediction.realTime()).map(Hours::of).toArray();
          Axis axis = Axis.ofTimes(REAL, hours);
          figures.add(path(predictions, prediction, name + "-real", axis, hours));
        }
        if (prediction.schedule().lowest() < prediction.schedule().highest()) {
          Axis axis = Axis.ofParameter(predictions.quantities().parameter());
          double[] condition = prediction.path().condition();
          figures.add(path(predictions, prediction, name + "-condition", axis, condition));
        }
      }
      if (predictions.all().size() > 1) {
        figures.add(together(predictions));
      }
      figures.add(schedules(predictions));
      return figures;
    }

    private static TimeScale scale(Predictions predictions, double longest) {
      return TimeScale.of(longest, predictions.quantities().timeUnit());
    }

    private static Figure path(
        Predictions predictions,
        SchedulePrediction prediction,
        String name,
        Axis axis,
        double[] at) {
      PredictedPath path = prediction.path();
      int m = predictions.m();
      List<Layer> layers = new ArrayList<>();
      for (int c = 0; c < MainObservables.count(predictions.observables()); c++) {
        double[] mean = Layer.column(path.mean(), c, m);
        double[] half = Layer.column(path.halfWidth(), c, m);
        if (!Double.isNaN(half[0]) && oneWay(at)) {
          layers.add(Layer.band("", c, at, shifted(mean, half, -1), shifted(mean, half, 1)));
        }
        layers.add(Layer.line(predictions.observables().get(c), c, at, mean));
      }
      return new Figure(
          name,
          "Prediction: " + prediction.name(),
          "Means of the ensemble along the schedule, bands: 95 % intervals of the means.",
          axis,
          Axis.linear("observables"),
          layers);
    }

    /**
     * The observable that changes most, of all schedules: against the condition where each of them
     * goes from one value to another, against time elsewhere.
     */
    private static Figure together(Predictions predictions) {
      int m = predictions.m();
      int shown =
          IntStream.range(0, MainObservables.count(predictions.observables()))
              .boxed()
              .max(Comparator.comparingDouble(c -> change(predictions, c)))
              .orElseThrow();
      boolean conditions =
          predictions.all().stream()
              .map(each -> each.path().condition())
              .allMatch(value -> oneWay(value) && value[0] != value[value.length - 1]);
      boolean real = predictions.all().stream().allMatch(SchedulePrediction::real);
      double longest =
          predictions.all().stream().mapToDouble(p -> p.schedule().length()).max().orElseThrow();
      TimeScale scale = scale(predictions, longest);
      List<double[]> places = new ArrayList<>();
      for (SchedulePrediction each : predictions.all()) {
        places.add(
            conditions
                ? each.path().condition()
                : real
                    ? Arrays.stream(each.realTime()).map(Hours::of).toArray()
                    : scale.scaled(each.path().time()));
      }
      Axis axis =
          conditions
              ? Axis.ofParameter(predictions.quantities().parameter())
              : real ? Axis.ofTimes(REAL, places.get(0)) : Axis.linear(scale.label("time"));
      List<Layer> layers = new ArrayList<>();
      for (int p = 0; p < predictions.all().size(); p++) {
        SchedulePrediction each = predictions.all().get(p);
        double[] at = places.get(p);
        double[] mean = Layer.column(each.path().mean(), shown, m);
        double[] half = Layer.column(each.path().halfWidth(), shown, m);
        if (!Double.isNaN(half[0])) {
          layers.add(Layer.band("", p, at, shifted(mean, half, -1), shifted(mean, half, 1)));
        }
        layers.add(Layer.line(each.name(), p, at, mean));
      }
      return new Figure(
          "predictions",
          predictions.observables().get(shown) + " along the schedules",
          "Means of the ensemble along each schedule, bands: 95 % intervals of the means.",
          axis,
          Axis.linear(predictions.observables().get(shown)),
          layers);
    }

    private static double change(Predictions predictions, int component) {
      double[] all =
          predictions.all().stream()
              .flatMapToDouble(
                  each ->
                      Arrays.stream(Layer.column(each.path().mean(), component, predictions.m())))
              .toArray();
      return Arrays.stream(all).max().orElseThrow() - Arrays.stream(all).min().orElseThrow();
    }

    /** A band that goes back over itself would hide what it says. */
    private static boolean oneWay(double[] at) {
      boolean up = true;
      boolean down = true;
      for (int i = 1; i < at.length; i++) {
        up &= at[i] >= at[i - 1];
        down &= at[i] <= at[i - 1];
      }
      return up || down;
    }

    private static Figure schedules(Predictions predictions) {
      double longest =
          predictions.all().stream().mapToDouble(p -> p.schedule().length()).max().orElseThrow();
      TimeScale scale = scale(predictions, longest);
      List<Layer> layers = new ArrayList<>();
      for (int p = 0; p < predictions.all().size(); p++) {
        SchedulePrediction prediction = predictions.all().get(p);
        double[] time =
            prediction.schedule().segments().stream()
                .flatMapToDouble(s -> java.util.stream.DoubleStream.of(s.start(), s.end()))
                .toArray();
        double[] value =
            prediction.schedule().segments().stream()
                .flatMapToDouble(s -> java.util.stream.DoubleStream.of(s.from(), s.to()))
                .toArray();
        layers.add(Layer.line(prediction.name(), p, scale.scaled(time), value));
      }
      return new Figure(
          "schedules",
          "Schedules",
          "The condition against time.",
          Axis.linear(scale.label("time")),
          Axis.ofParameter(predictions.quantities().parameter()),
          layers);
    }

    private static double[] shifted(double[] mean, double[] half, int sign) {
      double[] shifted = new double[mean.length];
      for (int i = 0; i < shifted.length; i++) {
        shifted[i] = mean[i] + sign * half[i];
      }
      return shifted;
    }
  }
}
