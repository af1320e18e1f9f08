package org.latticelift.learn.evaluate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.output.CsvReader;
import org.latticelift.io.output.CsvWriter;
import org.latticelift.io.output.CsvWriter.CsvCell;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.learn.evaluate.AveragesTable.SmallRuns;
import org.latticelift.learn.evaluate.Calibration.PairCalibration;
import org.latticelift.learn.evaluate.ComponentResult.ConditionResult;
import org.latticelift.learn.evaluate.Discrepancy.Coordinates;
import org.latticelift.learn.evaluate.EvaluationTables.EvaluationCsv;
import org.latticelift.learn.evaluate.Evaluator.SumRuleResiduals;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.SimulateStage;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Macroscopics.LinearRelation;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.SnapshotPool.Part;
import org.latticelift.sim.system.SystemOptions.SizeCorrection;
import org.latticelift.sim.system.SystemOptions.SizeDifference;

/**
 * The stage {@code evaluate}: reads {@code ensemble.h5}, {@code model.h5}, {@code pairs.h5} and,
 * where they exist, {@code trajectory.h5}, {@code simulate.csv} and {@code snapshots.h5}; writes
 * {@code evaluation.h5} and {@code evaluation.csv}, and where {@code evaluate.after_events} asks
 * for it {@code after-events.csv}, which needs {@code snapshots.h5}.
 */
public final class EvaluateStage implements Stage {

  /** What a plan says of corrected means. */
  public static final String CORRECTED = "small means corrected for their size";

  /** A range of trained conditions that no prediction is outside of. */
  private static final double[] ANY = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};

  private final EvaluateConfig spec;
  private final String pairs;
  private final Optional<SumRuleResiduals> rules;
  private final Remedies remedies;
  private final EventPace pace;
  private final SizeCorrections sizes;
  private final InitialLaw initial;

  /** The stage ({@code spec}: the section {@code evaluate}). */
  public EvaluateStage(
      EvaluateConfig spec,
      String pairs,
      List<LinearRelation> relations,
      Remedies remedies,
      EventPace pace) {
    this(
        spec,
        pairs,
        relations,
        remedies,
        pace,
        SizeCorrections.NONE,
        (condition, seed) -> Optional.empty());
  }

  /**
   * The stage, with what the size of the small system does to its equilibrium means, and the means
   * of initial states of the large one.
   */
  public EvaluateStage(
      EvaluateConfig spec,
      String pairs,
      List<LinearRelation> relations,
      Remedies remedies,
      EventPace pace,
      SizeCorrections sizes,
      InitialLaw initial) {
    this.spec = spec;
    this.pairs = pairs;
    this.rules = SumRuleResiduals.of(relations);
    this.remedies = remedies;
    this.pace = pace;
    this.sizes = sizes;
    this.initial = initial;
  }

  private boolean readsEvents() {
    return !spec.afterEvents().isEmpty();
  }

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public StagePlan plan() {
    String corrected = sizes.seconds() > 0 ? ", " + CORRECTED : "";
    return new StagePlan(
        name(), 1, "prediction against direct runs" + corrected, 5 + sizes.seconds(), 100_000);
  }

  @Override
  public List<String> inputs() {
    Stream<String> inputs = Stream.of(ModelFile.NAME, EnsembleFile.NAME, pairs);
    return (readsEvents() ? Stream.concat(inputs, Stream.of(SnapshotsFile.NAME)) : inputs).toList();
  }

  @Override
  public List<String> outputs() {
    Stream<String> outputs = Stream.of(EvaluationFile.NAME, EvaluationCsv.NAME);
    return (readsEvents() ? Stream.concat(outputs, Stream.of(AfterEventsCsv.NAME)) : outputs)
        .toList();
  }

  @Override
  public void run(StageContext context) {
    Evaluation evaluation = evaluate(context);
    context.commitHdf5(
        EvaluationFile.NAME,
        provenance(context),
        writer -> EvaluationFile.write(writer, evaluation));
    context.commitText(EvaluationCsv.NAME, EvaluationCsv.text(evaluation));
    if (readsEvents()) {
      AfterEvents after = afterEvents(context.directory(), evaluation);
      context.commitText(AfterEventsCsv.NAME, AfterEventsCsv.text(after, evaluation.timeUnit()));
    }
  }

  /** Of all conditions that were simulated, after all numbers of events. */
  private AfterEvents afterEvents(RunDirectory directory, Evaluation evaluation) {
    String parameter = evaluation.parameter();
    List<String> observables = evaluation.observables();
    Map<String, List<TimeSeries>> direct = direct(directory.file(TrajectoryFile.NAME), observables);
    List<AfterEvents.Point> points = new ArrayList<>();
    try (EnsembleFile ensemble = EnsembleFile.open(directory.file(EnsembleFile.NAME))) {
      for (Prediction prediction : StageFiles.predictions(ensemble, ANY)) {
        Condition condition = new Condition(prediction.condition(), parameter, prediction.value());
        List<TimeSeries> runs = direct.getOrDefault(prediction.condition(), List.of());
        for (double events : spec.afterEvents()) {
          pace.time(directory, condition, events)
              .ifPresent(time -> points.add(AfterEvents.point(prediction, runs, events, time)));
        }
      }
    }
    return new AfterEvents(parameter, observables, points);
  }

  /** What a terminal shows after the stage ({@code directory}: with {@code evaluation.h5}). */
  public static List<String> lines(RunDirectory directory, boolean details) {
    Evaluation evaluation = EvaluationFile.read(directory.file(EvaluationFile.NAME));
    List<String> lines = new ArrayList<>(EvaluationTables.lines(evaluation, details));
    afterEventsOf(directory, evaluation)
        .ifPresent(
            after -> {
              lines.add("");
              lines.addAll(EvaluationTables.largest(after, evaluation).lines());
            });
    return lines;
  }

  /** What {@code after-events.csv} says; empty where it was not asked for. */
  public static Optional<AfterEvents> afterEventsOf(RunDirectory directory, Evaluation evaluation) {
    return directory.complete(AfterEventsCsv.NAME)
        ? Optional.of(
            AfterEventsCsv.read(
                directory.file(AfterEventsCsv.NAME),
                evaluation.parameter(),
                evaluation.observables(),
                evaluation.timeUnit()))
        : Optional.empty();
  }

  private Evaluation evaluate(StageContext context) {
    SdeModel model = ModelFile.read(context.file(ModelFile.NAME));
    List<String> observables = model.map().observables();
    double[] conditions = model.scaling().condition();
    double[] range = {conditions[0], conditions[conditions.length - 1]};
    try (EnsembleFile ensemble = EnsembleFile.open(context.file(EnsembleFile.NAME));
        PairsFile trained = PairsFile.open(context.file(pairs));
        Progress progress = context.progress().start(name(), ensemble.conditions().size())) {
      requireSame(ensemble.observables(), observables, ensemble.file());
      requireSame(trained.observables(), observables, trained.file());
      List<Prediction> predictions = StageFiles.predictions(ensemble, range);
      Map<String, List<TimeSeries>> direct = direct(context.file(TrajectoryFile.NAME), observables);
      Map<String, Map<String, SmallRuns>> small = small(context.file(SimulateStage.AVERAGES));
      Map<String, Calibration> calibrations = PairCalibration.of(trained, model);
      Evaluator evaluator =
          new Evaluator(
              observables, spec, rules, Coordinates.latent(model), new Streams(context.seed()));
      List<ConditionResult> results = new ArrayList<>();
      for (Prediction prediction : predictions) {
        String condition = prediction.condition();
        Condition at = new Condition(condition, trained.parameter(), prediction.value());
        results.add(
            evaluator.evaluate(
                prediction,
                initial.means(at, context.seed()).orElseGet(() -> new double[0]),
                direct.getOrDefault(condition, List.of()),
                calibrations.getOrDefault(condition, Calibration.NONE),
                corrected(
                    small.getOrDefault(condition, Map.of()),
                    sizes.of(context.directory(), at, context.seed())),
                Double.doubleToLongBits(prediction.value())));
        progress.step(1, condition);
      }
      String parameter = trained.parameter();
      String timeUnit = model.scaling().quantities().timeUnit();
      double deficit = rules.map(SumRuleResiduals::meanDeficit).orElse(Double.NaN);
      return new Evaluation(
              parameter, observables, results, deficit, timeUnit, ensemble.resampling(), List.of())
          .noted(remedies);
    }
  }

  private static Map<String, List<TimeSeries>> direct(Path file, List<String> observables) {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try (TrajectoryFile runs = TrajectoryFile.open(file)) {
      return StageFiles.direct(runs, observables);
    }
  }

  private static Map<String, Map<String, SmallRuns>> small(Path file) {
    return Files.exists(file) ? AveragesTable.observables(file) : Map.of();
  }

  private static Map<String, SmallRuns> corrected(
      Map<String, SmallRuns> small, Map<String, double[]> differences) {
    Map<String, SmallRuns> corrected = new LinkedHashMap<>(small);
    differences.forEach(
        (observable, by) ->
            corrected.computeIfPresent(observable, (name, own) -> own.corrected(by[0], by[1])));
    return corrected;
  }

  private static void requireSame(List<String> found, List<String> observables, Path file) {
    if (!found.equals(observables)) {
      throw LatticeLiftException.badData(
          "the observables " + found + " are not those of the model",
          file.toString(),
          "the observables " + observables,
          "Run the stages after train again");
    }
  }

  private Provenance provenance(StageContext context) {
    Provenance provenance = context.provenance();
    for (String input :
        List.of(
            EnsembleFile.NAME,
            ModelFile.NAME,
            pairs,
            TrajectoryFile.NAME,
            SimulateStage.AVERAGES)) {
      if (Files.exists(context.file(input))) {
        provenance = provenance.withInput(context.file(input));
      }
    }
    return provenance;
  }

  /** What the size of the small system does to its equilibrium means (EX-65). */
  public interface SizeCorrections {
    /** Nothing is known of it. */
    SizeCorrections NONE = (directory, condition, seed) -> Map.of();

    /**
     * The difference to those of the large system and its standard error, by observable; empty
     * where nothing is known of it, or too few small states are there.
     */
    Map<String, double[]> of(RunDirectory directory, Condition condition, long seed);

    /** How long it takes, for a plan, s; 0 where nothing is known. */
    default double seconds() {
      return 0;
    }
  }

  /** Mean observables of the initial states of the large system. */
  @FunctionalInterface
  public interface InitialLaw {
    /** Returns one number for each observable; empty where nothing is known of initial states. */
    Optional<double[]> means(Condition condition, long seed);
  }

  /** Those that a system knows, of the later half of the records of its small runs. */
  public record KnownSizes<S>(LatticeSystem<S> system) implements SizeCorrections {
    /** From so many states on a model of them is worth to be fitted. */
    private static final int FEWEST_STATES = 20;

    /**
     * Sites from which on a small system is as good as any, and sampling it no matter of seconds.
     */
    private static final long LARGEST = 10_000;

    private static final double SECONDS = 10;

    private Optional<SizeCorrection<S>> known() {
      return system.options().sizeCorrection().filter(any -> system.small().sites() < LARGEST);
    }

    @Override
    public double seconds() {
      return known().isPresent() ? SECONDS * system.conditions().size() : 0;
    }

    @Override
    public Map<String, double[]> of(RunDirectory directory, Condition condition, long seed) {
      Map<String, double[]> found = new LinkedHashMap<>();
      Optional<SizeCorrection<S>> known = known();
      if (known.isEmpty()
          || !directory.complete(SnapshotsFile.NAME)
          || !system.conditions().contains(condition)) {
        return found;
      }
      try (SnapshotsFile snapshots = SnapshotsFile.open(directory.file(SnapshotsFile.NAME))) {
        SnapshotPool<S> all = snapshots.pool(condition, system, run -> 0);
        int first = all.records() / 2;
        Part late = new Part(0, 1, all.runs(), first, all.records() - first);
        if (late.runs() * late.records() < FEWEST_STATES) {
          return found;
        }
        RandomStream stream = new Streams(seed).stream(Purpose.SIZE_CORRECTION, condition.key());
        List<String> names = system.macroscopics().names();
        Optional<SizeDifference> by = known.get().of(all.part(late, -1), stream);
        for (int c = 0; c < names.size() && by.isPresent(); c++) {
          found.put(names.get(c), new double[] {by.get().mean()[c], by.get().error()[c]});
        }
      }
      return found;
    }
  }

  /** How long events take in the simulations of the small system. */
  @FunctionalInterface
  public interface EventPace {
    /**
     * The time in which some events are made ({@code events}: per patch, on average), in the unit
     * of time; empty where the condition was not simulated or made no events.
     */
    OptionalDouble time(RunDirectory directory, Condition condition, double events);
  }

  /**
   * {@code after-events.csv}: one row per condition, number of events and observable. What is not
   * available is empty.
   */
  public static final class AfterEventsCsv {
    /** Name in the run directory. */
    public static final String NAME = "after-events.csv";

    private static final List<String> NUMBERS =
        List.of("predicted", "predicted_half_width", "direct", "direct_half_width");

    private AfterEventsCsv() {}

    static String text(AfterEvents after, String timeUnit) {
      List<List<String>> rows = new ArrayList<>();
      List<String> header = new ArrayList<>(List.of("condition", after.parameter(), "events"));
      header.add(CsvCell.title("time", timeUnit));
      header.add("observable");
      header.addAll(NUMBERS);
      rows.add(header);
      for (AfterEvents.Point point : after.points()) {
        for (int c = 0; c < after.observables().size(); c++) {
          rows.add(
              List.of(
                  point.condition(),
                  CsvCell.compact(point.value()),
                  CsvCell.compact(point.events()),
                  CsvCell.compact(point.time()),
                  after.observables().get(c),
                  CsvCell.compact(point.predicted()[c]),
                  CsvCell.compact(point.predictedHalfWidth()[c]),
                  CsvCell.compact(point.direct()[c]),
                  CsvCell.compact(point.directHalfWidth()[c])));
        }
      }
      return CsvWriter.text(rows);
    }

    /**
     * Reads the file back ({@code file}: written by the stage {@code evaluate}; {@code timeUnit}:
     * unit of times).
     */
    public static AfterEvents read(
        Path file, String parameter, List<String> observables, String timeUnit) {
      List<Map<String, String>> rows = CsvReader.rows(file);
      int m = observables.size();
      List<AfterEvents.Point> points = new ArrayList<>();
      for (int first = 0; first < rows.size(); first += m) {
        double[][] values = new double[NUMBERS.size()][m];
        for (int k = 0; k < values.length; k++) {
          for (int c = 0; c < m; c++) {
            values[k][c] = CsvCell.number(rows.get(first + c).get(NUMBERS.get(k)));
          }
        }
        Map<String, String> row = rows.get(first);
        points.add(
            new AfterEvents.Point(
                row.get("condition"),
                CsvCell.number(row.get(parameter)),
                CsvCell.number(row.get("events")),
                CsvCell.number(row.get(CsvCell.title("time", timeUnit))),
                values[0],
                values[1],
                values[2],
                values[3]));
      }
      return new AfterEvents(parameter, observables, points);
    }
  }
}
