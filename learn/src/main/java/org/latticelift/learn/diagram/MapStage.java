package org.latticelift.learn.diagram;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.latticelift.io.config.UnknownKey;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.plot.Figure;
import org.latticelift.io.run.directory.KeptResults;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.learn.ensemble.InitialState;
import org.latticelift.learn.ensemble.PredictedPath;
import org.latticelift.learn.predict.Clocks;
import org.latticelift.learn.predict.PathSettings;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.schedule.Schedule;
import org.latticelift.sim.system.StepLimit;

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

  /**
   * Reads the model.
   *
   * @param config what is asked
   */
  public MapStage(MapConfig config) {
    this.config = config;
    this.model = config.model().read(ModelFile::read);
    this.clocks = Clocks.of(config.vacancies(), model.scaling().quantities());
    double[] trained = model.scaling().condition();
    if (trained.length < 2) {
      throw LatticeLiftException.badData(
          "a map of a model that was trained at one condition",
          config.model().path().toString(),
          "models of at least two conditions",
          "Train it at more of them");
    }
    this.conditions = new double[config.conditions()];
    Arrays.setAll(conditions, i -> between(trained[0], trained[trained.length - 1], i));
  }

  private double between(double lowest, double highest, int i) {
    int last = config.conditions() - 1;
    return i == last ? highest : lowest + (highest - lowest) * i / last;
  }

  @Override
  public String name() {
    return "map";
  }

  @Override
  public List<String> outputs() {
    return List.of(MapFile.NAME, MapTable.MAP, MapTable.COOLING, MapPage.NAME);
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
    double steps = config.relaxations() / config.step();
    double trajectories = (double) config.trajectories() * model.models().size();
    StepLimit.require(
        steps * trajectories * conditions.length, "step, relaxations, trajectories, conditions");
    clocks
        .realTime()
        .ifPresent(time -> time.check(conditions[0], conditions[conditions.length - 1]));
  }

  @Override
  public StagePlan plan() {
    int tasks = conditions.length + config.rates();
    return new StagePlan(
        name(),
        tasks,
        conditions.length + " conditions, " + config.rates() + " cooling rates",
        SECONDS_PER_TASK * tasks,
        100_000);
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
    List<Double> lengths = rates.lengths(config.rates());
    byte[][] results = collect(context, kept, rates, lengths);
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
                    kept.result(task)
                        .orElseGet(
                            () ->
                                task < conditions.length
                                    ? isothermal(conditions[task], context.stop())
                                    : cooling(
                                        rates.schedule(lengths.get(task - conditions.length)),
                                        context.stop()));
                kept.finished(task, result);
                synchronized (progress) {
                  progress.step(1);
                }
                return result;
              });
    }
  }

  private byte[] isothermal(double condition, StopSignal stop) {
    double length = config.relaxations() * model.scaling().timeUnit(condition, false);
    PredictedPath path = path(config.isothermal(), Schedule.constant(condition, length), stop);
    int m = model.map().observables().size();
    Passages passages = new Passages(path, m, config.trajectories(), model.resampling());
    ByteBuffer out = ByteBuffer.allocate(m * Passage.BYTES);
    for (int c = 0; c < m; c++) {
      passages.of(c).encode(out);
    }
    return out.array();
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
        config.observable().map(observables::indexOf).orElseGet(() -> OrderMap.largest(passages)),
        conditions,
        clocks
            .realTime()
            .map(time -> Arrays.stream(conditions).map(time::ratio).toArray())
            .orElseGet(() -> new double[0]),
        passages,
        coolings,
        config.kept(),
        config.relaxations());
  }

  /**
   * What a terminal shows after the stage.
   *
   * @param directory of the run
   * @return the map of one observable and the critical cooling rate
   */
  public List<String> lines(RunDirectory directory) {
    List<String> lines =
        new ArrayList<>(MapTable.lines(MapFile.read(directory.file(MapFile.NAME)), clocks.real()));
    lines.add(model.scaling().holds());
    return lines;
  }

  private void write(StageContext context, OrderMap map) {
    RunDirectory directory = context.directory();
    directory.commit(MapFile.NAME, beside -> MapFile.write(beside, map, context.provenance()));
    directory.commit(MapTable.MAP, beside -> Files.writeString(beside, MapTable.map(map)));
    directory.commit(MapTable.COOLING, beside -> Files.writeString(beside, MapTable.cooling(map)));
    List<Figure> figures = MapFigures.all(map, clocks.real());
    for (Figure figure : figures) {
      directory.commit(figure.name() + ".svg", beside -> Files.writeString(beside, figure.svg()));
    }
    directory.commit(
        MapPage.NAME,
        beside -> Files.writeString(beside, MapPage.html(map, figures, clocks.real())));
  }
}
