package org.latticelift.learn.diagram;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.latticelift.io.config.NearestKey.UnknownKey;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.output.Figure;
import org.latticelift.io.output.Figure.Axis;
import org.latticelift.io.output.HtmlPage;
import org.latticelift.io.output.Layer;
import org.latticelift.io.output.Picture;
import org.latticelift.io.run.directory.KeptResults;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.learn.diagram.CoolingRates.Passages;
import org.latticelift.learn.diagram.MapFile.MapTable;
import org.latticelift.learn.ensemble.InitialState;
import org.latticelift.learn.ensemble.PredictedPath;
import org.latticelift.learn.predict.Hours;
import org.latticelift.learn.predict.PathSettings;
import org.latticelift.learn.predict.Records.Clocks;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.schedule.Schedule;
import org.latticelift.sim.system.Duration.StepLimit;

/**
 * The command {@code map}: how long order takes at each condition, and which cooling keeps it. A
 * condition or a cooling rate is one task.
 */
public final class MapStage implements Stage {
  private static final String KEPT = "checkpoint/map";
  private static final double CHECKPOINT_SECONDS = 60;
  private static final double SECONDS_PER_TASK = 0.5;
  private static final int COOLING_RECORDS = 2;

  private final MapConfig config;
  private final SdeModel model;
  private final Clocks clocks;
  private final double[] conditions;

  /** Reads the model. */
  public MapStage(MapConfig config) {
    this.config = config;
    this.model = config.model().read(ModelFile::read);
    this.clocks = Clocks.of(config.vacancies(), model.scaling().quantities());
    double[] trained = model.scaling().condition();
    if (trained.length < 2 && config.plan().at().isEmpty()) {
      throw LatticeLiftException.badData(
          "a map of a model that was trained at one condition",
          config.model().path().toString(),
          "models of at least two conditions",
          "Train it at more of them, or name conditions (--at)");
    }
    double[] evenly = new double[config.plan().at().isEmpty() ? config.plan().conditions() : 0];
    Arrays.setAll(evenly, i -> between(trained[0], trained[trained.length - 1], i));
    this.conditions =
        config.plan().at().isEmpty()
            ? evenly
            : config.plan().at().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .distinct()
                .toArray();
  }

  private double between(double lowest, double highest, int i) {
    int last = config.plan().conditions() - 1;
    return i == last ? highest : lowest + (highest - lowest) * i / last;
  }

  @Override
  public String name() {
    return "map";
  }

  @Override
  public List<String> outputs() {
    return rates() == 0
        ? List.of(MapFile.NAME, MapTable.MAP, MapPage.NAME)
        : List.of(MapFile.NAME, MapTable.MAP, MapTable.COOLING, MapPage.NAME);
  }

  @Override
  public List<String> temporary() {
    return KeptResults.names(KEPT);
  }

  @Override
  public void check() {
    config
        .observable()
        .filter(name -> !model.map().observables().contains(name))
        .ifPresent(
            name -> {
              throw UnknownKey.error(name, "observable", model.map().observables());
            });
    PathSettings.named(
        false,
        () ->
            Arrays.stream(conditions)
                .map(condition -> model.scaling().timeUnit(condition, false))
                .sum());
    double steps = 2 * config.plan().relaxations() / config.step();
    double trajectories = (double) config.trajectories() * model.models().size();
    StepLimit.require(
        steps * trajectories * conditions.length, "step, relaxations, trajectories, conditions");
    clocks
        .realTime()
        .ifPresent(time -> time.check(conditions[0], conditions[conditions.length - 1]));
  }

  @Override
  public StagePlan plan() {
    int rates = rates();
    double units = config.lengths().stream().mapToDouble(Double::doubleValue).sum();
    double longer = Math.max(1, units / config.lengths().get(0));
    return new StagePlan(
        name(),
        conditions.length + rates,
        conditions.length + " conditions, " + rates + " cooling rates",
        SECONDS_PER_TASK * (conditions.length * longer + rates),
        100_000);
  }

  private int rates() {
    return config.plan().at().isEmpty() ? config.plan().rates() : 0;
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public void run(StageContext context) {
    KeptResults kept =
        new KeptResults(context.directory(), KEPT, CHECKPOINT_SECONDS, context.stop());
    CoolingRates rates = new CoolingRates(model.scaling(), clocks);
    List<Double> lengths = rates() == 0 ? List.of() : rates.lengths(rates());
    byte[][] results = kept.keeping(() -> collect(context, kept, rates, lengths));
    context
        .tasks()
        .once(
            () -> {
              write(context, map(results, rates, lengths));
              kept.delete();
            });
  }

  private byte[][] collect(
      StageContext context, KeptResults kept, CoolingRates rates, List<Double> lengths) {
    int tasks = conditions.length + lengths.size();
    try (Progress progress = context.progress().start(name(), tasks)) {
      return context
          .tasks()
          .collect(
              tasks,
              task -> {
                byte[] result =
                    kept.result(
                        task,
                        () ->
                            task < conditions.length
                                ? isothermal(conditions[task], context.stop())
                                : cooling(
                                    rates.schedule(lengths.get(task - conditions.length)),
                                    context.stop()));
                synchronized (progress) {
                  progress.step(1);
                }
                return result;
              });
    }
  }

  /** Longer and longer, until all observables are stationary. */
  private byte[] isothermal(double condition, StopSignal stop) {
    List<Passage> passages = List.of();
    for (double units : config.lengths()) {
      passages = passages(condition, units, stop);
      if (passages.stream().allMatch(Passage::equilibrated)) {
        break;
      }
    }
    ByteBuffer out = ByteBuffer.allocate(passages.size() * Passage.BYTES);
    passages.forEach(passage -> passage.encode(out));
    return out.array();
  }

  private List<Passage> passages(double condition, double units, StopSignal stop) {
    double length = units * model.scaling().timeUnit(condition, false);
    Schedule hold = Schedule.constant(condition, length);
    PredictedPath path = path(config.isothermal(units), hold, stop);
    int m = model.map().observables().size();
    Passages all = new Passages(path, m, config.trajectories(), model.resampling());
    return IntStream.range(0, m).mapToObj(all::of).toList();
  }

  private PredictedPath path(PathSettings settings, Schedule schedule, StopSignal stop) {
    return PathSettings.named(
        false, () -> settings.of(model, config.seed()).along(schedule, 1, stop));
  }

  private byte[] cooling(Schedule schedule, StopSignal stop) {
    InitialState hot =
        new InitialState(
            List.of(),
            Optional.of(model.scaling().quantities().parameter()),
            OptionalDouble.of(schedule.start()));
    PredictedPath path = path(config.settings(hot, COOLING_RECORDS), schedule, stop);
    int m = model.map().observables().size();
    ByteBuffer out = ByteBuffer.allocate(2 * m * Double.BYTES);
    for (double[] curve : List.of(path.mean(), path.halfWidth())) {
      for (int c = 0; c < m; c++) {
        out.putDouble(curve[curve.length - m + c]);
      }
    }
    return out.array();
  }

  private OrderMap map(byte[][] results, CoolingRates rates, List<Double> lengths) {
    int m = model.map().observables().size();
    List<List<Passage>> passages = new ArrayList<>();
    for (int i = 0; i < conditions.length; i++) {
      ByteBuffer in = ByteBuffer.wrap(results[i]);
      List<Passage> all = new ArrayList<>();
      for (int c = 0; c < m; c++) {
        all.add(Passage.decode(in));
      }
      passages.add(all);
    }
    List<Cooling> coolings = new ArrayList<>();
    for (int i = 0; i < lengths.size(); i++) {
      double[] numbers = new double[2 * m];
      ByteBuffer.wrap(results[conditions.length + i]).asDoubleBuffer().get(numbers);
      coolings.add(
          new Cooling(
              rates.rate(lengths.get(i)),
              Arrays.copyOf(numbers, m),
              Arrays.copyOfRange(numbers, m, 2 * m)));
    }
    List<String> observables = model.map().observables();
    return new OrderMap(
        model.scaling().quantities(),
        observables,
        config
            .observable()
            .map(observables::indexOf)
            .orElseGet(() -> OrderMap.largest(passages, observables)),
        conditions,
        clocks
            .realTime()
            .map(time -> Arrays.stream(conditions).map(time::ratio).toArray())
            .orElseGet(() -> new double[0]),
        passages,
        coolings,
        config.plan().kept(),
        config.plan().relaxations(),
        about());
  }

  /** By names that are columns, too. */
  private Map<String, String> about() {
    Map<String, String> about = new LinkedHashMap<>();
    Path file = config.model().path().toAbsolutePath();
    about.put(
        "model", file.subpath(Math.max(0, file.getNameCount() - 2), file.getNameCount()) + "");
    model.scaling().quantities().composition().ifPresent(text -> about.put("composition", text));
    clocks.realTime().ifPresent(time -> about.put("vacancies", time.text()));
    return about;
  }

  /** What a terminal shows after the stage. */
  public List<String> lines(RunDirectory directory) {
    List<String> lines =
        new ArrayList<>(MapTable.lines(MapFile.read(directory.file(MapFile.NAME)), clocks.real()));
    clocks.realTime().ifPresent(time -> lines.add(time.sentence()));
    lines.add(model.scaling().holds());
    return lines;
  }

  private void write(StageContext context, OrderMap map) {
    context.commitHdf5(MapFile.NAME, context.provenance(), writer -> MapFile.write(writer, map));
    context.commitText(MapTable.MAP, MapTable.map(map));
    if (!map.coolings().isEmpty()) {
      context.commitText(MapTable.COOLING, MapTable.cooling(map));
    }
    List<Figure> figures = MapFigures.all(map, clocks.real());
    for (Figure figure : figures) {
      context.commitText(figure.name() + ".svg", figure.svg());
    }
    context.commitText(
        MapPage.NAME, MapPage.html(map, figures, clocks.real(), context.provenance().day()));
  }

  /** {@code map.html}: the map of one observable on one page. */
  static final class MapPage {
    static final String NAME = "map.html";

    private MapPage() {}

    static String html(OrderMap map, List<Figure> figures, boolean real, String day) {
      HtmlPage page = new HtmlPage("Time-temperature-order map");
      map.about().forEach((name, text) -> page.paragraph(name + ": " + text));
      page.paragraph("made: " + day);
      MapTable.sentences(map, real).forEach(page::paragraph);
      page.pictures(figures.stream().map(f -> new Picture(f.svg(), f.caption())).toList());
      page.table(
          map.observables().get(map.shown()) + " by condition",
          MapTable.header(map),
          MapTable.rows(map));
      String cooling = map.coolings().isEmpty() ? "" : MapTable.COOLING + ", ";
      page.paragraph("All observables: " + MapTable.MAP + ", " + cooling + MapFile.NAME + ".");
      return page.html();
    }
  }

  /** Times against the condition, and what coolings keep, of one observable. */
  static final class MapFigures {
    private static final String[] SHARES = {"10 %", "50 %", "90 %"};

    /** An interval that reaches 0 is drawn down to this part of the time. */
    private static final double WIDEST = 100;

    private MapFigures() {}

    static List<Figure> all(OrderMap map, boolean real) {
      List<Figure> figures = new ArrayList<>();
      String unit = map.quantities().timeUnit();
      double[] one = new double[map.condition().length];
      Arrays.fill(one, 1);
      times(map, "map", unit.equals("1") ? "time" : "simulated time (s)", one)
          .ifPresent(figures::add);
      if (map.real()) {
        double[] hours = Arrays.stream(map.ratio()).map(Hours::of).toArray();
        times(map, "map-real", "real time (h)", hours).ifPresent(figures::add);
      }
      if (!map.coolings().isEmpty()) {
        figures.add(cooling(map, real));
      }
      return figures;
    }

    /** Empty where no time is known. */
    private static Optional<Figure> times(OrderMap map, String name, String axis, double[] factor) {
      List<Layer> layers = new ArrayList<>();
      for (int s = 0; s < SHARES.length; s++) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < factor.length; i++) {
          Passage passage = map.passages().get(i).get(map.shown());
          double time = passage.time()[s] * factor[i];
          if (time > 0) {
            double half = passage.halfWidth()[s] * factor[i];
            points.add(
                new double[] {
                  map.condition()[i], time, Math.max(time - half, time / WIDEST), time + half
                });
          }
        }
        double[][] curves = new double[4][];
        Arrays.setAll(curves, k -> points.stream().mapToDouble(p -> p[k]).toArray());
        if (curves[0].length > 1) {
          if (Arrays.stream(curves[3]).allMatch(Double::isFinite)) {
            layers.add(Layer.upright("", s, curves[2], curves[3], curves[0]));
          }
          layers.add(Layer.line(SHARES[s], s, curves[1], curves[0]));
        } else if (curves[0].length == 1) {
          layers.add(Layer.points(SHARES[s], s, true, curves[1], curves[0], new double[] {0}));
        }
      }
      String observable = map.observables().get(map.shown());
      return layers.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Figure(
                  name,
                  "Time to order: " + observable,
                  "10, 50 and 90 % of the change of "
                      + observable
                      + " from the start to its stationary value; bands: 95 % intervals of the times.",
                  Axis.logarithmic(axis),
                  Axis.ofParameter(map.quantities().parameter()),
                  layers));
    }

    private static Figure cooling(OrderMap map, boolean real) {
      double[] rate = map.coolings().stream().mapToDouble(Cooling::rate).toArray();
      String observable = map.observables().get(map.shown());
      return new Figure(
          "cooling",
          "Order that cooling keeps: " + observable,
          "Share of the difference between the stationary values at the highest and the lowest"
              + " condition that is left after an even cooling.",
          Axis.logarithmic(
              (real ? "cooling rate, real time" : "cooling rate")
                  + (map.rateSuffix().isEmpty() ? "" : " (" + map.rateUnit() + ")")),
          Axis.linear("share kept"),
          List.of(Layer.line(observable, 0, rate, map.kept(map.shown()))));
    }
  }
}
