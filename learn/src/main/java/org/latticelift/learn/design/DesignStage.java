package org.latticelift.learn.design;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleBounds;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.hipparchus.random.Well19937c;
import org.latticelift.io.config.NearestKey.UnknownKey;
import org.latticelift.io.output.CsvCell;
import org.latticelift.io.output.CsvWriter;
import org.latticelift.io.output.Figure;
import org.latticelift.io.output.Figure.Axis;
import org.latticelift.io.output.Layer;
import org.latticelift.io.output.ResultTable;
import org.latticelift.io.output.TimeScale;
import org.latticelift.io.run.directory.KeptResults;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.learn.design.DesignFile.Design;
import org.latticelift.learn.design.DesignFile.Design.Candidate;
import org.latticelift.learn.design.Trials.SearchSpace;
import org.latticelift.learn.design.Trials.Tried;
import org.latticelift.learn.ensemble.PathPrediction;
import org.latticelift.learn.ensemble.PredictedPath;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.predict.PathSettings;
import org.latticelift.learn.predict.Records;
import org.latticelift.learn.predict.Records.Clocks;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.Quantities;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.schedule.Schedule;
import org.latticelift.sim.schedule.ScheduleFile;

/**
 * The command {@code design}: first the best straight ramp, by a grid and a search from its best
 * point, then from there the best schedule. All proposals meet the same noise; the two winners are
 * compared with noise of their own, that of {@code predict}.
 */
public final class DesignStage implements Stage {
  /** The schedule that was found. */
  public static final String PROTOCOL = "protocol.csv";

  /** The best straight ramp. */
  public static final String RAMP = "ramp.csv";

  private static final String KEPT = "checkpoint/design";
  private static final double CHECKPOINT_SECONDS = 20;
  private static final double SECONDS_PER_TRIAL = 0.3;
  private static final int GRID = 5;
  private static final double RAMP_WIDTH = 0.15;
  private static final double WIDTH = 0.2;

  private final DesignConfig config;
  private final SdeModel model;
  private final Clocks clocks;
  private final SearchSpace space;

  /** Reads the model. */
  public DesignStage(DesignConfig config) {
    this.config = config;
    this.model = config.model().read(ModelFile::read);
    this.clocks = Clocks.of(config.vacancies(), model.scaling().quantities());
    this.space = SearchSpace.of(config, model.scaling().condition());
  }

  @Override
  public String name() {
    return "design";
  }

  @Override
  public List<String> outputs() {
    return List.of(DesignFile.NAME, PROTOCOL, RAMP, DesignTable.HISTORY);
  }

  @Override
  public List<String> temporary() {
    return KeptResults.names(KEPT);
  }

  @Override
  public void check() {
    List<String> observables = model.map().observables();
    if (!observables.contains(config.observable())) {
      throw UnknownKey.error(config.observable(), "observable", observables);
    }
    space.check(config.candidates().knots());
    for (double limit : new double[] {space.lowest(), space.highest()}) {
      model.scaling().timeUnit(limit, false);
    }
    for (double[] ends :
        new double[][] {{space.highest(), space.lowest()}, {space.highest(), space.highest()}}) {
      Schedule longest = schedule(ends); // has times that can be resolved
      PathSettings.named(
          false,
          () -> {
            PathPrediction.of(
                model,
                config.trials().ensemble(),
                PathPrediction.change(model.scaling().condition()),
                config.search().seed(),
                List.of(longest));
            return longest;
          });
    }
  }

  @Override
  public StagePlan plan() {
    int tried = ramps() + config.search().evaluations();
    return new StagePlan(
        name(),
        tried,
        ramps() + " ramps, " + config.search().evaluations() + " schedules",
        SECONDS_PER_TRIAL * tried,
        100_000);
  }

  @Override
  public void run(StageContext context) {
    KeptResults kept =
        new KeptResults(context.directory(), KEPT, CHECKPOINT_SECONDS, context.stop());
    Streams streams = new Streams(config.search().seed());
    long noise = streams.stream(Purpose.DESIGN, 0).below(Long.MAX_VALUE);
    PathPrediction trial = config.trials().of(model, noise);
    try (Progress progress =
        context.progress().start(name(), ramps() + config.search().evaluations())) {
      Trials trials =
          new Trials(
              knots -> last(trial(trial, knots, context.threads()).mean()),
              config.goal(),
              space,
              kept,
              progress,
              context.stop());
      write(context, trials, kept.keeping(() -> search(trials, streams)));
    }
    kept.delete();
  }

  /** Searches for ramps, then from the best of them for schedules, and returns the ramps. */
  private List<Tried> search(Trials trials, Streams streams) {
    searchRamp(trials, streams);
    List<Tried> ramps = trials.from(0);
    double[] start = space.point(between(trials.best(ramps).knots(), config.candidates().knots()));
    new ProtocolSearch(trials::score, streams.stream(Purpose.DESIGN, 2))
        .run(start, WIDTH, config.search().evaluations());
    return ramps;
  }

  /** One where both ends are given. */
  private int ramps() {
    return space.free(2) == 0 ? 1 : config.search().rampEvaluations();
  }

  private void searchRamp(Trials trials, Streams streams) {
    double[] best = {};
    double highest = Double.NEGATIVE_INFINITY;
    for (double[] point : grid(space.free(2))) {
      double score = trials.score(point);
      if (score > highest) {
        highest = score;
        best = point;
      }
    }
    if (best.length > 0) {
      new ProtocolSearch(trials::score, streams.stream(Purpose.DESIGN, 1))
          .run(best, RAMP_WIDTH, config.search().rampEvaluations() - GRID * GRID);
    }
  }

  /** Points of the unit square or interval; of none the one that there is. */
  private static List<double[]> grid(int free) {
    int points = free == 0 ? 1 : GRID * GRID;
    List<double[]> grid = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      grid.add(
          switch (free) {
            case 0 -> new double[0];
            case 1 -> new double[] {i / (points - 1.0)};
            default -> new double[] {i / GRID / (GRID - 1.0), i % GRID / (GRID - 1.0)};
          });
    }
    return grid;
  }

  /** All with the noise that belongs to the highest condition, wherever they begin. */
  private PredictedPath trial(PathPrediction prediction, double[] knots, int threads) {
    Schedule schedule = schedule(knots);
    return PathSettings.named(
        false, () -> prediction.along(schedule, space.highest(), threads, StopSignal.none()));
  }

  /** As {@code predict} does it with the files that are written, bit for bit. */
  private PredictedPath path(double[] knots, StageContext context) {
    Schedule written = Schedule.through(times(knots.length), knots);
    PathSettings best = config.best();
    return PathSettings.named(
        false,
        () ->
            best.of(model, config.search().seed())
                .along(
                    clocks.simulated(written),
                    Records.AUTO.of(written, clocks, model, false),
                    context.threads(),
                    context.stop(),
                    share -> {}));
  }

  private Schedule schedule(double[] knots) {
    return clocks.simulated(Schedule.through(times(knots.length), knots));
  }

  private double[] times(int knots) {
    double[] times = new double[knots];
    Arrays.setAll(
        times,
        i ->
            i == knots - 1
                ? config.candidates().length()
                : config.candidates().length() * i / (knots - 1));
    return times;
  }

  private static double[] between(double[] ends, int knots) {
    double[] values = new double[knots];
    Arrays.setAll(
        values, i -> i == knots - 1 ? ends[1] : ends[0] + (ends[1] - ends[0]) * i / (knots - 1.0));
    return values;
  }

  private int observable() {
    return model.map().observables().indexOf(config.observable());
  }

  /** Of the observable at the last record. */
  private double last(double[] curve) {
    return curve[curve.length - model.map().observables().size() + observable()];
  }

  private void write(StageContext context, Trials trials, List<Tried> ramps) {
    List<Tried> tried = trials.from(ramps.size());
    double[] foundKnots = trials.best(tried).knots();
    double[] rampKnots = trials.best(ramps).knots();
    PredictedPath found = path(foundKnots, context);
    PredictedPath ramp = path(rampKnots, context);
    Design design =
        new Design(
            model.scaling().quantities(),
            config.observable(),
            config.goal(),
            config.search().seed(),
            candidate(foundKnots, found),
            candidate(rampKnots, ramp),
            config.goal().score(last(found.mean())) - config.goal().score(last(ramp.mean())),
            gainHalfWidth(found, ramp),
            tried,
            ramps);
    context.commitText(PROTOCOL, csv(foundKnots));
    context.commitText(RAMP, csv(rampKnots));
    context.commitText(DesignTable.HISTORY, DesignTable.history(design));
    List<Figure> figures = DesignFigures.all(design, found, ramp, observable());
    for (Figure figure : figures) {
      context.commitText(figure.name() + ".svg", figure.svg());
    }
    context.commitHdf5(
        DesignFile.NAME, context.provenance(), writer -> DesignFile.write(writer, design));
  }

  private Candidate candidate(double[] knots, PredictedPath path) {
    return new Candidate(times(knots.length), knots, last(path.mean()), last(path.halfWidth()));
  }

  private String csv(double[] knots) {
    Quantities quantities = model.scaling().quantities();
    return ScheduleFile.text(
        times(knots.length), knots, quantities.parameter(), quantities.timeUnit());
  }

  /** Models see both schedules, so what makes them differ alike does not count. */
  private double gainHalfWidth(PredictedPath found, PredictedPath ramp) {
    int models = model.models().size();
    double[] gains = new double[models];
    Arrays.setAll(
        gains, k -> config.goal().score(last(found, k)) - config.goal().score(last(ramp, k)));
    double[] included = new double[models]; // the spread of models holds the noise, too
    return config.goal().value().isPresent()
        ? Double.NaN
        : Uncertainty.of(gains, included, model.resampling()).halfWidth();
  }

  private double last(PredictedPath path, int of) {
    int size = path.mean().length;
    return last(Arrays.copyOfRange(path.modelMean(), of * size, (of + 1) * size));
  }

  /** What a terminal shows after the stage; both schedules, what they lead to, and the gain. */
  public List<String> lines(RunDirectory directory) {
    List<String> lines =
        new ArrayList<>(
            DesignTable.lines(
                DesignFile.read(directory.file(DesignFile.NAME)), directory.file(PROTOCOL)));
    lines.add(model.scaling().holds());
    return lines;
  }

  /** Both schedules against time, and the observable along them. */
  static final class DesignFigures {
    private static final String FOUND = "found";
    private static final String RAMP = "best ramp";

    private DesignFigures() {}

    static List<Figure> all(Design design, PredictedPath found, PredictedPath ramp, int component) {
      return List.of(schedules(design), paths(design, found, ramp, component));
    }

    private static Figure schedules(Design design) {
      double[] time = design.found().time();
      TimeScale scale = TimeScale.of(time[time.length - 1], design.quantities().timeUnit());
      return new Figure(
          "design",
          "Schedule: " + design.goal().words(design.observable()),
          "The condition against time, in the clock of schedules.",
          Axis.linear(scale.label("time")),
          Axis.ofParameter(design.quantities().parameter()),
          List.of(
              Layer.line(FOUND, 0, scale.scaled(time), design.found().value()),
              Layer.dashed(RAMP, 1, scale.scaled(design.ramp().time()), design.ramp().value())));
    }

    private static Figure paths(
        Design design, PredictedPath found, PredictedPath ramp, int component) {
      double longest = Math.max(last(found), last(ramp));
      TimeScale scale = TimeScale.of(longest, design.quantities().timeUnit());
      return new Figure(
          "design-path",
          design.observable() + " along the schedules",
          "Means of the ensemble against simulated time.",
          Axis.linear(scale.label("simulated time")),
          Axis.linear(design.observable()),
          List.of(
              Layer.line(FOUND, 0, scale.scaled(found.time()), column(found, component)),
              Layer.dashed(RAMP, 1, scale.scaled(ramp.time()), column(ramp, component))));
    }

    private static double last(PredictedPath path) {
      return path.time()[path.time().length - 1];
    }

    private static double[] column(PredictedPath path, int component) {
      return Layer.column(path.mean(), component, path.mean().length / path.time().length);
    }
  }

  /**
   * Maximises a function on the unit cube by the evolution strategy with covariance matrix
   * adaptation (CMA-ES, Hansen and Ostermeier, Evol. Comput. 9, 159, 2001) of Hipparchus. It asks
   * for values one after the other, and what it asks next depends on the seed and the answers
   * alone: a search that was interrupted repeats itself from stored answers.
   */
  static final class ProtocolSearch {
    private static final int SEED_WORDS = 8;
    private static final int TRIES_WITHIN_BOUNDS = 10;

    /** To the optimiser a value at which it may stop, where it is not zero. */
    private static final double NO_TARGET = 0;

    private final ToDoubleFunction<double[]> score;
    private final RandomStream stream;

    /**
     * @param score of a point in the unit cube; more is better
     */
    ProtocolSearch(ToDoubleFunction<double[]> score, RandomStream stream) {
      this.score = score;
      this.stream = stream;
    }

    /**
     * Asks for about so many values ({@code start}: a point in the unit cube, asked first; {@code
     * evaluations}: at least one generation is asked).
     */
    void run(double[] start, double width, int evaluations) {
      int dimension = start.length;
      int population = 4 + (int) (3 * Math.log(dimension));
      int[] seed = new int[SEED_WORDS];
      Arrays.setAll(seed, i -> (int) stream.below(1L << Integer.SIZE));
      CMAESOptimizer optimizer =
          new CMAESOptimizer(
              Math.max(1, (evaluations - 1) / population),
              NO_TARGET,
              true,
              0,
              TRIES_WITHIN_BOUNDS,
              new Well19937c(seed),
              false,
              null);
      double[] zeros = new double[dimension];
      optimizer.optimize(
          MaxEval.unlimited(),
          new ObjectiveFunction(score::applyAsDouble),
          GoalType.MAXIMIZE,
          new InitialGuess(start),
          new SimpleBounds(zeros, filled(dimension, 1)),
          new CMAESOptimizer.Sigma(filled(dimension, width)),
          new CMAESOptimizer.PopulationSize(population));
    }

    private static double[] filled(int length, double value) {
      double[] filled = new double[length];
      Arrays.fill(filled, value);
      return filled;
    }
  }

  /** What was found, for a terminal, and {@code tried.csv}, a row for every proposal. */
  static final class DesignTable {
    static final String HISTORY = "tried.csv";

    private DesignTable() {}

    static String history(Design design) {
      List<List<String>> rows = new ArrayList<>();
      List<String> header = new ArrayList<>(List.of("search", "proposal", design.observable()));
      for (int k = 0; k < design.found().time().length; k++) {
        header.add(design.quantities().parameter() + (k + 1));
      }
      rows.add(header);
      add(rows, "ramp", design.ramps(), header.size());
      add(rows, "protocol", design.tried(), header.size());
      return CsvWriter.text(rows);
    }

    private static void add(List<List<String>> rows, String search, List<Tried> all, int columns) {
      for (int i = 0; i < all.size(); i++) {
        List<String> row = new ArrayList<>(List.of(search, Integer.toString(i + 1)));
        row.add(Double.toString(all.get(i).end()));
        for (double knot : all.get(i).knots()) {
          row.add(Double.toString(knot));
        }
        while (row.size() < columns) {
          row.add("");
        }
        rows.add(row);
      }
    }

    static List<String> lines(Design design, Path protocol) {
      ResultTable table =
          new ResultTable(
              CsvCell.title("time", design.quantities().timeUnit()),
              design.quantities().parameter(),
              "best ramp");
      Candidate found = design.found();
      for (int k = 0; k < found.time().length; k++) {
        table.row(
            String.format(Locale.ROOT, "%.4g", found.time()[k]),
            String.format(Locale.ROOT, "%.5g", found.value()[k]),
            String.format(Locale.ROOT, "%.5g", ramp(design.ramp(), found.time()[k])));
      }
      List<String> lines = new ArrayList<>(table.lines());
      lines.add(
          String.format(
              Locale.ROOT,
              "Goal: %s at the end. This schedule: %s, the best straight ramp: %s.",
              design.goal().words(design.observable()),
              number(found.end(), found.halfWidth()),
              number(design.ramp().end(), design.ramp().halfWidth())));
      lines.add(gain(design));
      lines.add("latticelift predict MODEL --schedule " + protocol + " follows it.");
      return lines;
    }

    private static String gain(Design design) {
      boolean clear = design.gain() > (known(design) ? design.gainHalfWidth() : 0);
      return "Gain over the best straight ramp: "
          + number(design.gain(), design.gainHalfWidth())
          + (known(design) ? ", 95 % interval over the models" : "; no interval")
          + (clear ? "." : ": not clear of its error, the ramp does as well.");
    }

    private static boolean known(Design design) {
      return Double.isFinite(design.gainHalfWidth());
    }

    private static double ramp(Candidate ramp, double time) {
      double share = time / ramp.time()[1];
      return ramp.value()[0] + share * (ramp.value()[1] - ramp.value()[0]);
    }

    private static String number(double value, double halfWidth) {
      return ResultTable.withError("%.4f", value, halfWidth);
    }
  }
}
