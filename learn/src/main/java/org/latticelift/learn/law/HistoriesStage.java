package org.latticelift.learn.law;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.output.CsvCell;
import org.latticelift.io.output.RecordLayout;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.io.output.ResultTable;
import org.latticelift.io.run.directory.KeptResults;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.PlannedMemory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.learn.ensemble.Novelty;
import org.latticelift.learn.ensemble.PathPrediction;
import org.latticelift.learn.evaluate.AveragesTable.MainObservables;
import org.latticelift.learn.law.HistoryMeans.Cut;
import org.latticelift.learn.law.HistoryMeans.End;
import org.latticelift.learn.predict.PathSettings;
import org.latticelift.learn.predict.PredictConfig;
import org.latticelift.learn.predict.Records.Clocks;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.Quantities;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.schedule.Schedule;
import org.latticelift.sim.schedule.Vacancies;
import org.latticelift.sim.system.Duration.TimeKey;

/**
 * The ends of many histories, such as those of the points of a part: the means of an exported file,
 * without noise, with their intervals. Some histories are a task, which ranks and threads share.
 */
public final class HistoriesStage implements Stage {
  /** What it writes. */
  public static final String FILE = "histories.h5";

  /** The same as a table, a row for each history. */
  public static final String TABLE = "histories.csv";

  private static final RecordLayout<Ends> LAYOUT = RecordLayout.of(Ends.class);
  static final String KEPT = "checkpoint/histories";
  private static final double CHECKPOINT_SECONDS = 20;
  private static final int TOGETHER = 128;

  /** Of one step of one model, and of what a history takes beside. */
  private static final double SECONDS_PER_STEP = 2.5e-6;

  private static final double SECONDS_PER_HISTORY = 3e-4;
  private static final double SECONDS_TO_BEGIN = 2;

  /** Numbers of a history before its means and half widths. */
  private static final int SINGLE = 4;

  private final PredictConfig config;
  private final SdeModel model;
  private final Clocks clocks;
  private final Histories histories;
  private final HistoryMeans means;
  private final int m;

  /**
   * What is stored.
   *
   * @param realTime where the vacancies of the crystal are given
   * @param novelty NaN where the model does not know the states of the training
   * @param meanHalfWidth NaN where there is none
   */
  private record Ends(
      @Stored(
              value = "length of the history, in the clock of its file",
              units = "{time}",
              axes = "history")
          double[] time,
      @Stored(
              value = "time of a crystal with its own vacancies",
              units = "s",
              axes = "history",
              optional = true)
          double[] realTime,
      @Stored(value = "{parameter} at the end", units = "{condition}", axes = "history")
          double[] condition,
      @Stored(
              value = "farthest beyond the trained range, where something happens",
              units = "{condition}",
              axes = "history")
          double[] outside,
      @Stored(
              value = "distance from the trained states; above 1 farther than they are apart",
              axes = "history")
          double[] novelty,
      @Stored(
              value = "mean over models, without noise",
              axes = {"history", "observable"})
          double[] mean,
      @Stored(
              value = "half of the 95 % interval of the mean",
              axes = {"history", "observable"})
          double[] meanHalfWidth) {}

  /** Reads the model and the histories ({@code config}: with a file of them). */
  public HistoriesStage(PredictConfig config) {
    this.config = config;
    this.model = config.model().read(ModelFile::read);
    this.m = model.map().observables().size();
    Quantities quantities = model.scaling().quantities();
    this.clocks = config.clocks(quantities);
    if (config.vacancies().filter(each -> each.mode() == Vacancies.Mode.SINKS).isPresent()) {
      throw LatticeLiftException.badData(
          "histories of a crystal with sinks, whose vacancies depend on what was before",
          "vacancies.mode",
          "equilibrium or quenched for --histories",
          "Predict them as schedules, or change the mode");
    }
    this.histories =
        config
            .histories()
            .orElseThrow()
            .read(
                file ->
                    Histories.read(
                        file,
                        TimeKey.of(quantities.timeUnit()),
                        quantities.parameter(),
                        this::requireTrained));
    DoubleUnaryOperator pace =
        clocks.real() ? value -> 1 / clocks.realTime().orElseThrow().ratio(value) : value -> 1;
    double change = config.change(model.scaling().condition());
    this.means =
        PathSettings.named(
            true,
            () ->
                new HistoryMeans(
                    model,
                    new Cut(
                        PathPrediction.longestSteps(model, config.ensemble()),
                        change,
                        config.stepping().scheme(),
                        pace),
                    new PathPrediction(model, config.ensemble(), change, config.seed()).starts()));
  }

  private void requireTrained(double value) {
    if (model.scaling().condition()[0] > 0 && !(value > 0)) {
      String allowed = "numbers above 0, as the trained ones are";
      throw LatticeLiftException.badData(
          "not trained at " + value, "condition", allowed, "Correct the file");
    }
    PathSettings.named(true, () -> model.scaling().timeUnit(value, config.allowExtrapolation()));
  }

  @Override
  public String name() {
    return "predict";
  }

  @Override
  public List<String> outputs() {
    return List.of(FILE, TABLE);
  }

  @Override
  public List<String> temporary() {
    return KeptResults.names(KEPT);
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public void check() {
    clocks.realTime().ifPresent(time -> time.check(histories.lowest(), histories.highest()));
    for (int i = 0; i < histories.count() && !clocks.real(); i++) {
      String where = config.histories().orElseThrow().path() + ", history " + histories.name(i);
      PathPrediction.requireUnits(model, means.units(histories, i), histories.length(i), where);
    }
  }

  @Override
  public StagePlan plan() {
    double longest =
        Arrays.stream(PathPrediction.longestSteps(model, config.ensemble())).max().orElseThrow();
    double steps =
        IntStream.range(0, histories.count())
            .mapToDouble(i -> Math.min(PathPrediction.MEMORY, means.units(histories, i)))
            .map(units -> 1 + units / longest)
            .sum();
    return new StagePlan(
        name(),
        tasks(),
        histories.count() + " histories x " + model.models().size() + " models",
        SECONDS_TO_BEGIN
            + SECONDS_PER_HISTORY * histories.count()
            + SECONDS_PER_STEP * model.models().size() * steps,
        (long) histories.count() * (SINGLE + 2L * m) * Double.BYTES * 4,
        new PlannedMemory(2.0 * Double.BYTES * histories.to(histories.count() - 1), 0));
  }

  private int tasks() {
    return (histories.count() + TOGETHER - 1) / TOGETHER;
  }

  @Override
  public void run(StageContext context) {
    KeptResults kept =
        new KeptResults(context.directory(), KEPT, CHECKPOINT_SECONDS, context.stop());
    byte[][] ends = kept.keeping(() -> collect(context, kept));
    context
        .tasks()
        .once(
            () -> {
              write(context, decoded(ends));
              kept.delete();
            });
  }

  private byte[][] collect(StageContext context, KeptResults kept) {
    try (Progress progress = context.progress().start(name(), histories.count())) {
      return context
          .tasks()
          .collect(
              tasks(),
              task -> {
                byte[] some = kept.result(task, () -> ends(task));
                synchronized (progress) {
                  progress.step(some.length / (Double.BYTES * (SINGLE + 2L * m)));
                }
                return some;
              });
    }
  }

  /** Real time, condition, outside, novelty, means and half widths of each history of a task. */
  byte[] ends(int task) {
    int first = task * TOGETHER;
    int count = Math.min(TOGETHER, histories.count() - first);
    End[] ends = means.ends(histories, first, count);
    ByteBuffer bytes = ByteBuffer.allocate(count * (SINGLE + 2 * m) * Double.BYTES);
    Novelty novelty = new Novelty(model);
    for (int i = 0; i < count; i++) {
      int history = first + i;
      double[] condition = {histories.value(histories.to(history) - 1)};
      Summary end = Summary.of(model, ends[i].states());
      bytes.putDouble(realTime(history));
      bytes.putDouble(condition[0]);
      bytes.putDouble(ends[i].outside());
      bytes.putDouble(novelty.along(condition, end.mean(), end.half())[0]);
      for (double[] each : List.of(end.mean(), end.half())) {
        Arrays.stream(each).forEach(bytes::putDouble);
      }
    }
    return bytes.array();
  }

  private double realTime(int history) {
    double length = histories.length(history);
    return clocks.real()
        ? length
        : clocks
            .realTime()
            .map(
                time -> {
                  Schedule schedule =
                      Schedule.through(histories.times(history), histories.values(history));
                  return time.times(schedule, new double[] {length})[0];
                })
            .orElse(Double.NaN);
  }

  private Ends decoded(byte[][] all) {
    int n = histories.count();
    double[][] single = new double[SINGLE][n];
    double[] mean = new double[n * m];
    double[] half = new double[n * m];
    int i = 0;
    for (byte[] some : all) {
      for (ByteBuffer bytes = ByteBuffer.wrap(some); bytes.hasRemaining(); i++) {
        for (double[] each : single) {
          each[i] = bytes.getDouble();
        }
        for (double[] each : List.of(mean, half)) {
          for (int c = 0; c < m; c++) {
            each[i * m + c] = bytes.getDouble();
          }
        }
      }
    }
    double[] time = IntStream.range(0, n).mapToDouble(histories::length).toArray();
    double[] real = clocks.realTime().isPresent() ? single[0] : new double[0];
    return new Ends(time, real, single[1], single[2], single[3], mean, half);
  }

  private void write(StageContext context, Ends ends) {
    context.commitHdf5(FILE, context.provenance(), writer -> write(writer, ends));
    context.commitText(TABLE, table(ends).csv());
  }

  private void write(Hdf5Writer writer, Ends ends) {
    Quantities quantities = model.scaling().quantities();
    writer.attribute("/", "observable_names", model.map().observables().toArray(String[]::new));
    writer.attribute("/", "parameter_name", quantities.parameter());
    String[] names =
        IntStream.range(0, histories.count()).mapToObj(histories::name).toArray(String[]::new);
    writer.texts("/history", names, DatasetInfo.of("1", "name of the history", "history"));
    LAYOUT.write(writer, "", ends, quantities.units(), Map.of());
  }

  private ResultTable table(Ends ends) {
    Quantities quantities = model.scaling().quantities();
    ResultTable.Columns<Integer> table =
        ResultTable.of(IntStream.range(0, histories.count()).boxed().toList())
            .text("history", histories::name)
            .exact(CsvCell.title("time", quantities.timeUnit()), i -> ends.time[i]);
    if (ends.realTime.length > 0) {
      table.exact("real_time[s]", i -> ends.realTime[i]);
    }
    table
        .exact(quantities.parameter(), i -> ends.condition[i])
        .exact("outside", i -> ends.outside[i])
        .exact("novelty", i -> ends.novelty[i]);
    for (int k = 0; k < m; k++) {
      int c = k;
      table
          .exact(model.map().observables().get(c), i -> ends.mean[i * m + c])
          .exact(
              model.map().observables().get(c) + "_half_width", i -> ends.meanHalfWidth[i * m + c]);
    }
    return table.table();
  }

  /** What a terminal shows after the stage: where each observable ends, and how sure that is. */
  public List<String> lines(RunDirectory directory) {
    try (Hdf5Reader reader = Hdf5Reader.open(directory.file(FILE))) {
      Ends ends = LAYOUT.read(reader, "", Map.of(), Map.of());
      ResultTable table = new ResultTable("observable", "least", "most", "widest +- 95 %");
      int main = MainObservables.count(model.map().observables());
      for (int c = 0; c < main; c++) {
        double[] mean = column(ends.mean, c);
        double[] half = column(ends.meanHalfWidth, c);
        table.row(
            model.map().observables().get(c),
            ResultTable.number("%.4f", Arrays.stream(mean).min().orElseThrow()),
            ResultTable.number("%.4f", Arrays.stream(mean).max().orElseThrow()),
            ResultTable.number("%.4f", Arrays.stream(half).max().orElseThrow()));
      }
      List<String> lines = new ArrayList<>();
      lines.add("Ends of " + ends.time.length + " histories, means without noise:");
      lines.addAll(table.known().lines());
      if (main < m) {
        lines.add((m - main) + " further observables, and each history: " + TABLE + ".");
      }
      long outside = Arrays.stream(ends.outside).filter(beyond -> beyond > 0).count();
      if (outside > 0) {
        lines.add(outside + " of them change outside the trained range (column outside).");
      }
      long far = Arrays.stream(ends.novelty).filter(distance -> distance > 1).count();
      if (far > 0) {
        lines.add(
            far + " of them end farther from the trained states than these are apart (novelty).");
      }
      lines.add(model.scaling().holds());
      return lines;
    }
  }

  private double[] column(double[] values, int c) {
    return IntStream.iterate(c, i -> i < values.length, i -> i + m)
        .mapToDouble(i -> values[i])
        .toArray();
  }
}
