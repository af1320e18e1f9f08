package org.latticelift.learn.evaluate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.learn.ensemble.SizedEnsemble;
import org.latticelift.learn.ensemble.Statistics;
import org.latticelift.learn.evaluate.AveragesTable.SmallRuns;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.simulate.RunRecords;
import org.latticelift.sim.simulate.SimulateStage;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.system.Condition;

/** Reads what earlier stages wrote: ensembles and direct runs. */
public final class StageFiles {
  private StageFiles() {}

  /** Names of the files that an evaluation needs ({@code events}: whether it counts events). */
  static List<String> needed(String pairs, boolean events) {
    List<String> names = List.of(ModelFile.NAME, EnsembleFile.NAME, pairs);
    return events ? Stream.concat(names.stream(), Stream.of(SnapshotsFile.NAME)).toList() : names;
  }

  static Provenance provenance(StageContext context, String pairs) {
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

  /** The predictions of a run of a model. */
  static List<Prediction> predictions(StageContext context, SdeModel model) {
    double[] conditions = model.scaling().condition();
    double[] range = {conditions[0], conditions[conditions.length - 1]};
    try (EnsembleFile file = EnsembleFile.open(context.file(EnsembleFile.NAME))) {
      requireSame(file.observables(), model.map().observables(), file.file());
      return predictions(file, range);
    }
  }

  /** Observables of a file that has to have those of the model. */
  static void requireSame(List<String> found, List<String> observables, Path file) {
    if (!found.equals(observables)) {
      throw LatticeLiftException.badData(
          "the observables " + found + " are not those of the model",
          file.toString(),
          "the observables " + observables,
          "Run the stages after train again");
    }
  }

  /** The direct runs of a run by condition; empty without direct simulation. */
  static Map<String, List<TimeSeries>> direct(StageContext context, List<String> observables) {
    return direct(context.file(TrajectoryFile.NAME), observables);
  }

  /** The small runs of a run by condition and observable; empty where there are none. */
  static Map<String, Map<String, SmallRuns>> small(StageContext context) {
    Path averages = context.file(SimulateStage.AVERAGES);
    return Files.exists(averages) ? AveragesTable.observables(averages) : Map.of();
  }

  /** The predictions of {@code ensemble.h5}; one per condition, ascending in the value. */
  public static List<Prediction> predictions(EnsembleFile file, double[] trained) {
    return file.conditions().stream().map(c -> prediction(file, c, trained)).toList();
  }

  private static Prediction prediction(EnsembleFile file, Condition condition, double[] trained) {
    double value = condition.value();
    return prediction(
            file.file() + " " + condition.name(),
            condition,
            file.time(condition),
            file.statistics(condition),
            file.trajectoriesPerModel(condition),
            file.resampling())
        .with(trajectories(file, condition), value < trained[0] || value > trained[1]);
  }

  private static Prediction prediction(
      String where,
      Condition condition,
      double[] time,
      Statistics s,
      long trajectoriesPerModel,
      Resampling resampling) {
    int m = s.mean().length / time.length;
    return new Prediction(
        condition.name(),
        condition.value(),
        series(where, time, s.mean(), m),
        series(where, time, s.std(), m),
        new TimeSeries(time, s.halfWidth(), m),
        new Prediction.ModelCurves(
            curves(where, time, List.of(rows(where, s.modelMean(), s.mean().length)), m),
            curves(where, time, List.of(rows(where, s.modelStd(), s.mean().length)), m),
            trajectoriesPerModel),
        new Prediction.LateValues(
            rows(where, s.lateMean(), m),
            rows(where, s.lateStd(), m),
            rows(where, s.lateMeanError(), m),
            rows(where, s.lateStdError(), m)),
        resampling,
        List.of(),
        false);
  }

  /** The prediction for runs of another size than the large one. */
  static Prediction sized(Condition condition, SizedEnsemble sized, Resampling resampling) {
    return prediction(
        condition.name() + " at the size of the small runs",
        condition,
        sized.time(),
        sized.statistics(),
        sized.trajectories(),
        resampling);
  }

  private static double[][] rows(String where, double[] flat, int length) {
    if (flat.length == 0) {
      throw LatticeLiftException.badData(
          "statistics are missing", where, "all of this version", "Run the stage ensemble again");
    }
    double[][] rows = new double[flat.length / length][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * length, (i + 1) * length));
    return rows;
  }

  /** Single trajectories of a prediction; none where they were not kept, or all have diverged. */
  public static List<TimeSeries> trajectories(EnsembleFile file, Condition condition) {
    String where = file.file() + " " + condition.name();
    int m = file.observables().size();
    return curves(where, file.time(condition), file.trajectories(condition), m);
  }

  private static List<TimeSeries> curves(
      String where, double[] time, List<double[]> curves, int m) {
    return curves.stream().map(values -> series(where, time, values, m)).toList();
  }

  /** The direct runs of a file, by condition; empty where there is no such file. */
  public static Map<String, List<TimeSeries>> direct(Path file, List<String> observables) {
    if (!Files.exists(file)) {
      return Map.of();
    }
    try (TrajectoryFile runs = TrajectoryFile.open(file)) {
      return direct(runs, observables);
    }
  }

  /**
   * The direct runs of {@code trajectory.h5} ({@code observables}: names that must be there, in the
   * order of the result); runs by condition.
   */
  public static Map<String, List<TimeSeries>> direct(
      TrajectoryFile file, List<String> observables) {
    List<String> stored = file.observables();
    int[] columns = observables.stream().mapToInt(name -> column(file, stored, name)).toArray();
    Map<String, List<TimeSeries>> direct = new TreeMap<>();
    for (Condition condition : file.conditions()) {
      List<TimeSeries> runs = new ArrayList<>();
      for (RunRecords run : file.runs(condition)) {
        String where = file.file() + " " + condition.name() + " run " + runs.size();
        double[] chosen = chosen(run, stored.size(), columns, where);
        runs.add(series(where, run.time(), chosen, columns.length));
      }
      direct.put(condition.name(), runs);
    }
    return direct;
  }

  private static int column(TrajectoryFile file, List<String> stored, String name) {
    int column = stored.indexOf(name);
    if (column < 0) {
      throw LatticeLiftException.badData(
          "the observable '" + name + "' is missing",
          file.file().toString(),
          "it holds " + String.join(", ", stored),
          "Run direct with the observables of the model");
    }
    return column;
  }

  private static double[] chosen(RunRecords run, int stored, int[] columns, String where) {
    int records = run.time().length;
    if (run.observables().length != records * stored) {
      throw LatticeLiftException.badData(
          run.observables().length + " values in " + records + " records",
          where,
          stored + " observables in every record",
          "Run direct again");
    }
    double[] chosen = new double[records * columns.length];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = run.observables()[i / columns.length * stored + columns[i % columns.length]];
    }
    return chosen;
  }

  private static TimeSeries series(String where, double[] time, double[] values, int m) {
    boolean finite = Arrays.stream(values).allMatch(Double::isFinite);
    boolean rising = true;
    for (int i = 1; i < time.length; i++) {
      rising &= time[i] > time[i - 1];
    }
    if (time.length == 0 || !finite || !rising) {
      throw LatticeLiftException.badData(
          finite ? "times are missing or do not increase" : "a value is not finite",
          where,
          "finite values at increasing times",
          "Run the stage again");
    }
    return new TimeSeries(time, values, m);
  }
}
