package org.latticelift.learn.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.output.Figure;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.learn.evaluate.Discrepancy;
import org.latticelift.learn.evaluate.Discrepancy.Coordinates;
import org.latticelift.learn.evaluate.Discrepancy.EmpiricalDistribution;
import org.latticelift.learn.evaluate.IntervalChecks;
import org.latticelift.learn.evaluate.Prediction;
import org.latticelift.learn.evaluate.StageFiles;
import org.latticelift.learn.judgement.Coverage;
import org.latticelift.learn.judgement.Interval;
import org.latticelift.learn.judgement.IntervalCheck;
import org.latticelift.learn.sde.ClosureNames;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.system.MacroscopicMap;

/** Reads the runs of an experiment and measures its quantities. */
public final class Experiment {
  /** A range of trained conditions that no prediction is outside of. */
  private static final double[] ANY = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};

  private final ExperimentConfig config;
  private final Path root;
  private final ExperimentRuns runs;
  private final long seed;
  private final Map<Quantity, Map<Path, List<Discrepancy>>> discrepancies = new HashMap<>();

  /**
   * An experiment whose runs are complete ({@code runs}: what is known of each run, by its folder;
   * {@code byEvents}: whether direct runs are recorded by events).
   */
  public Experiment(
      ExperimentConfig config,
      Path root,
      Map<Path, ComparedRun> runs,
      boolean byEvents,
      long seed) {
    this.config = config;
    this.root = root;
    this.runs =
        new ExperimentRuns(
            config.runs().starts().keys(),
            root,
            Map.copyOf(runs),
            config.compare() == ExperimentConfig.Comparison.INDEX
                || byEvents && config.compare() == ExperimentConfig.Comparison.AUTO);
    this.seed = seed;
  }

  /** The folder of a run ({@code repeat}: 0 for the first). */
  public static Path folder(Path root, String variant, int repeat) {
    return root.resolve(variant).resolve("repeat" + (repeat + 1));
  }

  /**
   * The folder of direct simulations of one size, one folder below it per initial state. Its name
   * is that of their row in the table ({@code size}: of the large system; absent: that of the
   * configuration without variants).
   */
  public static Path truth(Path root, Optional<String> size) {
    return root.resolve(size.map(name -> Variant.TRUTH + "-" + name).orElse(Variant.TRUTH));
  }

  /**
   * The folder of direct simulations with closure variables, one folder below it per initial state
   * ({@code size}: of the large system; absent: that of the configuration without variants).
   */
  public static Path closedTruth(Path root, Optional<String> size, Path encoder) {
    return truth(root, size).resolve(root.relativize(encoder));
  }

  /** The file of predictions from an initial state, in the folder of a run. */
  public static String predictions(String start) {
    return ExperimentRuns.predictions(start);
  }

  /** Measures everything. */
  public ExperimentTable table() {
    Map<String, Map<Column, Measured>> rows = new LinkedHashMap<>();
    Map<String, List<Faults.Fault>> faults = new LinkedHashMap<>();
    Faults rules = new Faults(runs, config.quantities());
    Map<String, List<Coverage>> coverages = new LinkedHashMap<>();
    if (config.quantities().stream().anyMatch(column -> column.quantity().ofTruth())) {
      for (String variant : config.runs().variants().keys()) {
        Path run = folder(root, variant, 0);
        String name = runs.truthRow(run);
        if (!rows.containsKey(name)) {
          faults.put(name, rules.ofTruth(run));
          rows.put(name, Faults.shown(truth(run), faults.get(name)));
        }
      }
    }
    for (String variant : config.runs().variants().keys()) {
      Map<Column, Measured> row = new LinkedHashMap<>();
      for (Column column : config.quantities()) {
        List<Measured> repeats = new ArrayList<>();
        if (column.quantity().ofIntervals()) {
          List<List<IntervalCheck>> checks = checks(variant, column.quantity());
          Coverage coverage = new Coverage(checks);
          coverages.computeIfAbsent(variant, any -> new ArrayList<>()).add(coverage);
          row.put(column, covered(coverage, checks));
          continue;
        }
        for (int repeat = 0; repeat < config.runs().repeats(); repeat++) {
          repeats.add(measure(folder(root, variant, repeat), column));
        }
        row.put(column, Measured.of(repeats));
      }
      List<List<Faults.Fault>> found = new ArrayList<>();
      for (int repeat = 0; repeat < config.runs().repeats(); repeat++) {
        found.add(rules.ofPrediction(folder(root, variant, repeat), row));
      }
      faults.put(variant, Faults.together(found));
      rows.put(variant, Faults.shown(row, faults.get(variant)));
    }
    return new ExperimentTable(config, rows, faults, coverages, seed);
  }

  private List<List<IntervalCheck>> checks(String variant, Quantity quantity) {
    List<List<IntervalCheck>> repeats = new ArrayList<>();
    for (int repeat = 0; repeat < config.runs().repeats(); repeat++) {
      Path folder = folder(root, variant, repeat);
      List<IntervalCheck> checks = new ArrayList<>();
      if (quantity == Quantity.COVERAGE) { // equilibrium means are the same from all initial states
        checks.addAll(checks(folder, runs.firstStart(), quantity));
      } else {
        runs.starts().forEach(start -> checks.addAll(checks(folder, start, quantity)));
      }
      repeats.add(checks);
    }
    return repeats;
  }

  private static Measured covered(Coverage coverage, List<List<IntervalCheck>> repeats) {
    List<double[]> cells =
        repeats.stream().map(each -> new double[] {new Coverage(List.of(each)).share()}).toList();
    return new Measured(coverage.share(), coverage.interval(), cells);
  }

  private List<IntervalCheck> checks(Path folder, String start, Quantity quantity) {
    MacroscopicMap map = ModelFile.read(folder.resolve(ModelFile.NAME)).map();
    List<String> names =
        map.observables().stream().filter(name -> !ClosureNames.isClosure(name)).toList();
    int[] chosen = Arrays.stream(map.independent()).filter(c -> c < names.size()).toArray();
    List<IntervalCheck> checks = new ArrayList<>();
    try (EnsembleFile file = EnsembleFile.open(ExperimentRuns.prediction(folder, start));
        TrajectoryFile truth = TrajectoryFile.open(runs.truthOf(folder, start))) {
      if (!file.resampling().resampled()) {
        throw LatticeLiftException.badData(
            "coverage of predictions without intervals",
            file.file().toString(),
            "several models (train.models) on halves of the groups (train.resample: groups)",
            "Change the configuration and make the predictions again");
      }
      Map<String, List<TimeSeries>> direct = StageFiles.direct(truth, names);
      for (Prediction prediction : StageFiles.predictions(file, ANY)) {
        List<TimeSeries> all = direct.get(prediction.condition());
        checks.addAll(
            quantity == Quantity.COVERAGE
                ? IntervalChecks.late(prediction, all, names, chosen)
                : IntervalChecks.along(prediction, all, names, chosen));
      }
    }
    return checks;
  }

  /** What the direct runs have that a run is compared with. */
  private Map<Column, Measured> truth(Path folder) {
    List<Curves> truth = runs.truths(folder);
    Map<Column, Measured> row = new LinkedHashMap<>();
    for (Column column : config.quantities()) {
      if (column.quantity().ofTruth()) {
        row.put(
            column,
            column.quantity().ofDistributions()
                ? distance(LateDistance.ofHalves(late(folder, truth, column)), column)
                : ofTrajectories(folder, truth, column));
      }
    }
    return row;
  }

  private int component(Path folder, Column column) {
    return column.component(runs.observables(folder, runs.firstStart()));
  }

  private EquilibriumValues late(Path folder, List<Curves> curves, Column column) {
    return EquilibriumValues.of(curves, component(folder, column));
  }

  private Measured distance(LateDistance distance, Column column) {
    return distance.measured(
        column.quantity() == Quantity.KS
            ? EmpiricalDistribution::kolmogorovSmirnov
            : EmpiricalDistribution::wasserstein,
        seed);
  }

  private Measured ofTrajectories(Path folder, List<Curves> curves, Column column) {
    int component = component(folder, column);
    ComparedRun run = runs.of(folder);
    return switch (column.quantity()) {
      case PEAK -> Comparisons.peak(curves, seed);
      case RELAXATION_TIME ->
          Comparisons.relaxation(
              curves, component, Comparisons.moving(runs.truths(folder), component), seed);
      case ABS_MEAN -> late(folder, curves, column).absMean(seed);
      case SUSCEPTIBILITY ->
          late(folder, curves, column).susceptibility(run.sites(), run.condition().value(), seed);
      case BINDER -> late(folder, curves, column).binder(seed);
      case REVERSALS -> late(folder, curves, column).reversals(seed);
      case CORRELATION_TIME ->
          late(folder, curves, column).correlationTime(curves.get(0).interval());
      case KS, WASSERSTEIN ->
          distance(
              new LateDistance(
                  late(folder, curves, column), late(folder, runs.truths(folder), column)),
              column);
      default -> Comparisons.late(curves, component, column.quantity() == Quantity.LATE_STD, seed);
    };
  }

  private Measured measure(Path folder, Column column) {
    Quantity quantity = column.quantity();
    if (!quantity.ofPredictions()) {
      SdeModel model = ModelFile.read(folder.resolve(ModelFile.NAME));
      return new LearnedLaw(model, runs.of(folder).condition().value()).of(quantity);
    }
    if (quantity == Quantity.DIVERGED) {
      return diverged(folder);
    }
    if (quantity.ofEnsembles()) {
      return anyDivergedWholly(folder)
          ? Measured.whole(Double.NaN, Interval.NONE)
          : Comparisons.mean(discrepancies(folder, quantity));
    }
    if (quantity == Quantity.ERROR || quantity == Quantity.ERROR_LATENTS) {
      return error(folder, quantity);
    }
    List<Curves> predicted = new ArrayList<>();
    for (String start : config.runs().starts().keys()) {
      predicted.add(
          ExperimentRuns.predicted(folder, start)
              .observables(runs.observables(folder, start).size()));
    }
    Measured pooled = ofTrajectories(folder, predicted, column);
    if (quantity.ofModels()) {
      return runs.models(folder).measured(own -> ofTrajectories(folder, own, column), pooled);
    }
    return contrasted(column)
        ? pooled.with(runs.models(folder).each(own -> ofTrajectories(folder, own, column)))
        : pooled;
  }

  private boolean contrasted(Column column) {
    return config.contrast().map(contrast -> contrast.quantity().equals(column)).orElse(false);
  }

  private Measured diverged(Path folder) {
    double[] shares = runs.divergedShares(folder);
    double mean = Arrays.stream(shares).average().orElse(Double.NaN);
    return Measured.ofStarts(mean, Interval.NONE, shares);
  }

  private boolean anyDivergedWholly(Path folder) {
    return Arrays.stream(runs.divergedShares(folder)).anyMatch(share -> share == 1);
  }

  /** ME-89: in the observables, or in the scaled variables of the equation. */
  private Measured error(Path folder, Quantity quantity) {
    SdeModel model = ModelFile.read(folder.resolve(ModelFile.NAME));
    List<Curves> predicted = new ArrayList<>();
    List<Curves> truth = new ArrayList<>();
    for (String start : config.runs().starts().keys()) {
      List<TimeSeries> direct = runs.direct(folder, start);
      Curves curves = ExperimentRuns.predicted(folder, start);
      curves = curves.first(runs.common(curves, direct));
      Curves same = Curves.at(direct, curves.time(), runs.byIndex());
      int m = runs.observables(folder, start).size();
      boolean latents = quantity.ofLatents();
      Coordinates variables = Coordinates.latent(model);
      predicted.add(latents ? curves.in(variables) : curves.observables(m));
      truth.add(latents ? same.in(variables) : same.observables(m));
    }
    return new Comparisons(predicted, truth, seed).error();
  }

  /** ME-88: discrepancies of a run, one per initial state; made once, as they take a while. */
  private List<Discrepancy> discrepancies(Path folder, Quantity quantity) {
    return discrepancies
        .computeIfAbsent(quantity, q -> new HashMap<>())
        .computeIfAbsent(folder, run -> compared(run, quantity));
  }

  private List<Discrepancy> compared(Path folder, Quantity quantity) {
    SdeModel model = ModelFile.read(folder.resolve(ModelFile.NAME));
    List<Discrepancy> all = new ArrayList<>();
    for (String start : config.runs().starts().keys()) {
      List<TimeSeries> direct = runs.direct(folder, start);
      Curves curves = ExperimentRuns.predicted(folder, start);
      double[] common = curves.first(runs.common(curves, direct)).time();
      double[] time = quantity == Quantity.MMD_LATE ? Comparisons.late(common) : common;
      List<TimeSeries> series = Curves.series(curves);
      RandomStream stream = new Streams(seed).stream(Purpose.BOOTSTRAP, 15, all.size());
      all.add(
          Discrepancy.of(
              quantity.ofLatents()
                  ? Coordinates.latent(model)
                  : Coordinates.latentObservables(model),
              series,
              direct,
              time,
              stream));
    }
    return all;
  }

  /** Draws what the configuration asks for; one figure, or one for each observable. */
  public List<Figure> figures(ExperimentTable table) {
    List<Figure> figures = new ArrayList<>();
    config
        .figure()
        .ifPresent(
            spec -> {
              if (spec.againstTime() || spec.quantity().isPresent()) {
                figures.addAll(figures(table, spec));
              }
              spec.density().ifPresent(observable -> figures.add(densities(observable, spec)));
              spec.panels().ifPresent(observable -> figures.addAll(panels(observable, spec)));
            });
    figures.addAll(FitFigure.all(table));
    return figures;
  }

  private Figure densities(String observable, ExperimentConfig.FigureSpec spec) {
    Map<String, EquilibriumValues> predicted = new LinkedHashMap<>();
    Map<String, EquilibriumValues> truth = new LinkedHashMap<>();
    for (String variant : spec.variants().orElse(config.runs().variants().keys())) {
      Path folder = folder(root, variant, 0);
      predicted.put(variant, lateOf(folder, observable));
      truth.put(runs.truthRow(folder), lateOfTruth(folder, observable));
    }
    return ExperimentFigure.densities("experiment-density", observable, predicted, truth);
  }

  private EquilibriumValues lateOf(Path folder, String observable) {
    List<Curves> curves =
        config.runs().starts().keys().stream()
            .map(start -> ExperimentRuns.predicted(folder, start))
            .toList();
    return late(folder, curves, new Column(Quantity.LATE_MEAN, Optional.of(observable)));
  }

  private EquilibriumValues lateOfTruth(Path folder, String observable) {
    return late(
        folder, runs.truths(folder), new Column(Quantity.LATE_MEAN, Optional.of(observable)));
  }

  /** For each variant one trajectory and the density, beside those of direct runs (PT-73). */
  private List<Figure> panels(String observable, ExperimentConfig.FigureSpec spec) {
    List<Figure> figures = new ArrayList<>();
    String start = spec.start().orElse(runs.firstStart());
    for (String variant : spec.variants().orElse(config.runs().variants().keys())) {
      Path folder = folder(root, variant, 0);
      int component = runs.observables(folder, start).indexOf(observable);
      TimeSeries direct = runs.direct(folder, start).get(0);
      String truth = runs.truthRow(folder);
      figures.add(
          ExperimentFigure.paths(
              observable,
              component,
              Map.entry(variant, ExperimentRuns.predicted(folder, start)),
              Map.entry(truth, Curves.of(List.of(direct)))));
      figures.add(
          ExperimentFigure.densities(
              "experiment-density-" + variant,
              observable,
              Map.of(variant, lateOf(folder, observable)),
              Map.of(truth, lateOfTruth(folder, observable))));
    }
    return figures;
  }

  /** Against the numbers in the names of variants; discrepancies also against time (PP-40). */
  private List<Figure> quantityFigures(
      ExperimentTable table, ExperimentConfig.FigureSpec spec, Column column) {
    Quantity quantity = column.quantity();
    if (column.all()) {
      List<String> names =
          runs.observables(
              folder(root, config.runs().variants().keys().get(0), 0), runs.firstStart());
      return column.expanded(names).stream()
          .map(each -> ExperimentFigure.points(table, each, spec.axis()))
          .toList();
    }
    Figure points = ExperimentFigure.points(table, column, spec.axis());
    if (!quantity.ofEnsembles()) {
      return List.of(points);
    }
    Map<String, List<Discrepancy>> all = new LinkedHashMap<>();
    for (String variant : config.runs().variants().keys()) {
      List<Discrepancy> own = new ArrayList<>();
      for (int repeat = 0; repeat < config.runs().repeats(); repeat++) {
        own.addAll(discrepancies(folder(root, variant, repeat), quantity));
      }
      all.put(variant, own);
    }
    return List.of(points, ExperimentFigure.times(column, all));
  }

  private List<Figure> figures(ExperimentTable table, ExperimentConfig.FigureSpec spec) {
    List<Figure> figures = new ArrayList<>();
    spec.quantity().ifPresent(column -> figures.addAll(quantityFigures(table, spec, column)));
    if (spec.againstTime()) {
      figures.addAll(curves(spec));
    }
    return figures;
  }

  private List<Figure> curves(ExperimentConfig.FigureSpec spec) {
    String start = spec.start().orElse(runs.firstStart());
    Map<String, Curves> predicted = new LinkedHashMap<>();
    Map<String, Curves> truth = new LinkedHashMap<>();
    for (String variant : spec.variants().orElse(config.runs().variants().keys())) {
      Path folder = folder(root, variant, 0);
      Curves curves = ExperimentRuns.predicted(folder, start);
      List<TimeSeries> direct = runs.direct(folder, start);
      predicted.put(variant, curves);
      double[] time = curves.first(runs.common(curves, direct)).time();
      truth.put(runs.truthRow(folder), Curves.at(direct, time, runs.byIndex()));
    }
    Path first = folder(root, config.runs().variants().keys().get(0), 0);
    List<String> names = runs.observables(first, start);
    List<Figure> figures = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      figures.add(
          ExperimentFigure.curves(
              ExperimentFigure.curvesName(names.get(c), c, spec.quantity().isPresent()),
              start,
              names.get(c),
              c,
              predicted,
              truth));
    }
    return figures;
  }
}
