package org.latticelift.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.error.LatticeLiftException;
import org.latticelift.evaluation.Prediction;
import org.latticelift.evaluation.StageFiles;
import org.latticelift.evaluation.TimeSeries;
import org.latticelift.hdf5.Hdf5Reader;
import org.latticelift.plot.Figure;
import org.latticelift.sde.SdeModel;
import org.latticelift.sde.SdeModelFile;

/** Reads the runs of an experiment and measures its quantities. */
public final class Experiment {
  private final ExperimentConfig config;
  private final Path root;
  private final boolean byIndex;
  private final long seed;

  /**
   * An experiment whose runs are complete.
   *
   * @param config its section
   * @param root folder of its runs
   * @param byEvents whether direct runs are recorded by events
   * @param seed of resampling
   */
  public Experiment(ExperimentConfig config, Path root, boolean byEvents, long seed) {
    this.config = config;
    this.root = root;
    this.byIndex =
        config.compare() == ExperimentConfig.Comparison.INDEX
            || byEvents && config.compare() == ExperimentConfig.Comparison.AUTO;
    this.seed = seed;
  }

  /**
   * The folder of a run.
   *
   * @param root folder of the experiment
   * @param variant its name
   * @param repeat 0 for the first
   * @return a folder below the root
   */
  public static Path folder(Path root, String variant, int repeat) {
    return root.resolve(variant).resolve("repeat" + (repeat + 1));
  }

  /**
   * The folder of a direct simulation.
   *
   * @param root folder of the experiment
   * @param start name of the initial state
   * @return a folder below the root
   */
  public static Path truth(Path root, String start) {
    return root.resolve(Variant.TRUTH).resolve(start);
  }

  /**
   * The file of predictions from an initial state, in the folder of a run.
   *
   * @param start name of the initial state
   * @return its name
   */
  public static String predictions(String start) {
    return "ensemble-" + start + ".h5";
  }

  /**
   * Measures everything.
   *
   * @return the table
   */
  public ExperimentTable table() {
    Map<String, Map<Quantity, Measured>> rows = new LinkedHashMap<>();
    List<String> starts = config.starts().keys();
    if (config.quantities().stream().anyMatch(Quantity::ofTruth)) {
      List<Curves> truth = starts.stream().map(start -> Curves.of(direct(start))).toList();
      rows.put(Variant.TRUTH, late(truth));
    }
    for (String variant : config.variants().keys()) {
      Map<Quantity, Measured> row = new LinkedHashMap<>();
      for (Quantity quantity : config.quantities()) {
        List<Measured> repeats = new ArrayList<>();
        for (int repeat = 0; repeat < config.repeats(); repeat++) {
          repeats.add(measure(variant, repeat, quantity));
        }
        row.put(quantity, Measured.of(repeats));
      }
      rows.put(variant, row);
    }
    return new ExperimentTable(config, rows);
  }

  private Map<Quantity, Measured> late(List<Curves> truth) {
    Map<Quantity, Measured> row = new LinkedHashMap<>();
    for (Quantity quantity : config.quantities()) {
      if (quantity.ofTruth()) {
        row.put(quantity, Comparisons.late(truth, quantity == Quantity.LATE_STD, seed));
      }
    }
    return row;
  }

  private Measured measure(String variant, int repeat, Quantity quantity) {
    Path folder = folder(root, variant, repeat);
    if (!quantity.ofPredictions()) {
      SdeModel model = SdeModelFile.read(folder.resolve("model.h5"));
      return new LearnedLaw(model).of(quantity);
    }
    List<Curves> predicted = new ArrayList<>();
    List<Curves> truth = new ArrayList<>();
    for (String start : config.starts().keys()) {
      List<TimeSeries> runs = direct(start);
      Curves curves = predicted(folder, start).observables(runs.get(0).components());
      int common = common(curves, runs);
      predicted.add(quantity == Quantity.ERROR ? curves.first(common) : curves);
      truth.add(Curves.at(runs, curves.first(common).time(), byIndex));
    }
    return quantity == Quantity.ERROR
        ? new Comparisons(predicted, truth, seed).error()
        : Comparisons.late(predicted, quantity == Quantity.LATE_STD, seed);
  }

  /** Records of a prediction that all direct runs have too. */
  private int common(Curves curves, List<TimeSeries> runs) {
    int records = 0;
    for (double time : curves.time()) {
      int index = records;
      boolean covered =
          runs.stream()
              .allMatch(run -> byIndex ? index < run.length() : time <= run.end() * (1 + 1e-9));
      if (!covered) {
        break;
      }
      records++;
    }
    if (records < 2) {
      throw LatticeLiftException.badData(
          "predictions and direct runs have no times in common",
          root.toString(),
          "direct.duration as long as ensemble.horizon",
          "Change one of them");
    }
    return records;
  }

  private static Curves predicted(Path folder, String start) {
    try (Hdf5Reader reader = Hdf5Reader.open(folder.resolve(predictions(start)))) {
      double[] any = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
      Prediction first = StageFiles.predictions(reader, any).get(0);
      if (first.trajectories().isEmpty()) {
        throw LatticeLiftException.badData(
            "trajectories were not kept",
            "ensemble.keep_trajectories",
            "true in an experiment",
            "Set it");
      }
      return Curves.of(first.trajectories());
    }
  }

  private List<TimeSeries> direct(String start) {
    try (Hdf5Reader reader = Hdf5Reader.open(truth(root, start).resolve("trajectory.h5"))) {
      return StageFiles.direct(reader, observables(reader)).values().iterator().next();
    }
  }

  private static List<String> observables(Hdf5Reader reader) {
    return reader.textListAttribute("/", "observable_names");
  }

  /**
   * Draws what the configuration asks for.
   *
   * @param table what was measured
   * @return the figure, if there is one
   */
  public Optional<Figure> figure(ExperimentTable table) {
    return config.figure().map(spec -> figure(table, spec));
  }

  private Figure figure(ExperimentTable table, ExperimentConfig.FigureSpec spec) {
    if (spec.quantity().isPresent()) {
      return ExperimentFigure.points(table, spec.quantity().get());
    }
    String start = spec.start().orElse(config.starts().keys().get(0));
    Map<String, Curves> predicted = new LinkedHashMap<>();
    Curves truth = null;
    for (String variant : spec.variants().orElse(config.variants().keys())) {
      Curves curves = predicted(folder(root, variant, 0), start);
      List<TimeSeries> runs = direct(start);
      predicted.put(variant, curves);
      truth = Curves.at(runs, curves.first(common(curves, runs)).time(), byIndex);
    }
    String observable;
    try (Hdf5Reader reader = Hdf5Reader.open(truth(root, start).resolve("trajectory.h5"))) {
      observable = observables(reader).get(0);
    }
    return ExperimentFigure.curves(start, observable, predicted, truth);
  }
}
