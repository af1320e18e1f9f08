package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.sim.simulate.RunRecords;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.ConditionGroup;

/** Reads what earlier stages wrote: ensembles and direct runs. */
public final class StageFiles {
  private StageFiles() {}

  /**
   * The predictions of {@code ensemble.h5}.
   *
   * @param reader the file
   * @param trained smallest and largest trained value of the condition's parameter
   * @return one per condition, ascending in the value
   */
  public static List<Prediction> predictions(Hdf5Reader reader, double[] trained) {
    int m = reader.textListAttribute("/", "observable_names").size();
    List<Prediction> predictions = new ArrayList<>();
    for (Condition condition : ConditionGroup.all(reader)) {
      double value = condition.value();
      boolean extrapolated = value < trained[0] || value > trained[1];
      predictions.add(prediction(reader, condition.name(), value, m, extrapolated));
    }
    return predictions;
  }

  private static Prediction prediction(
      Hdf5Reader reader, String name, double value, int m, boolean extrapolated) {
    String group = "/" + name + "/";
    double[] time = reader.doubles(group + "time");
    reader.requireDims(group + "mean", time.length, m);
    reader.requireDims(group + "std", time.length, m);
    int models = (int) reader.requireDims(group + "late_mean", -1, m)[0];
    reader.requireDims(group + "late_std", models, m);
    reader.requireDims(group + "late_error", m);
    return new Prediction(
        name,
        value,
        series(reader, group + "mean", time, m),
        series(reader, group + "std", time, m),
        curves(reader, group + "model_mean", time, m),
        rows(reader.doubles(group + "late_mean"), m),
        rows(reader.doubles(group + "late_std"), m),
        reader.doubles(group + "late_error"),
        reader.exists(group + "trajectory")
            ? curves(reader, group + "trajectory", time, m)
            : List.of(),
        extrapolated);
  }

  /**
   * The direct runs of {@code trajectory.h5}.
   *
   * @param file of the runs
   * @param observables names that must be there, in the order of the result
   * @return runs by condition
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

  private static List<TimeSeries> curves(Hdf5Reader reader, String path, double[] time, int m) {
    long[] dims = reader.requireDims(path, -1, time.length, m);
    List<TimeSeries> curves = new ArrayList<>();
    int size = time.length * m;
    for (int i = 0; i < dims[0]; i++) {
      curves.add(
          series(reader.file() + " " + path, time, reader.doubles(path, (long) i * size, size), m));
    }
    return curves;
  }

  private static TimeSeries series(Hdf5Reader reader, String path, double[] time, int m) {
    return series(reader.file() + " " + path, time, reader.doubles(path), m);
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

  private static double[][] rows(double[] flat, int m) {
    double[][] rows = new double[flat.length / m][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * m, (i + 1) * m));
    return rows;
  }
}
