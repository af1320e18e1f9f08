package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;

/** Reads what earlier stages wrote: ensembles and direct runs. */
public final class StageFiles {
  private StageFiles() {}

  /**
   * The groups of conditions, those whose name is a letter and a number such as {@code T2000}.
   *
   * @param reader an open file
   * @return names, ascending in the value
   */
  public static List<String> conditions(Hdf5Reader reader) {
    return reader.children("/").stream()
        .filter(name -> name.matches("[A-Za-z]+-?[0-9].*") && reader.isGroup("/" + name))
        .sorted(Comparator.comparingDouble(name -> value(reader, name)))
        .toList();
  }

  /**
   * The value of a condition, read off its name.
   *
   * @param reader the file, for messages
   * @param condition such as {@code T2000}
   * @return 2000
   */
  public static double value(Hdf5Reader reader, String condition) {
    try {
      return Double.parseDouble(condition.replaceFirst("^[A-Za-z]+", ""));
    } catch (NumberFormatException e) {
      throw LatticeLiftException.badData(
          "the group '" + condition + "' is not a condition",
          reader.file().toString(),
          "a letter and a number, such as T2000",
          "Make the file again");
    }
  }

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
    for (String name : conditions(reader)) {
      double value = value(reader, name);
      boolean extrapolated = value < trained[0] || value > trained[1];
      predictions.add(prediction(reader, name, value, m, extrapolated));
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
   * @param reader the file
   * @param observables names that must be there, in the order of the result
   * @return runs by condition
   */
  public static Map<String, List<TimeSeries>> direct(Hdf5Reader reader, List<String> observables) {
    List<String> stored = reader.textListAttribute("/", "observable_names");
    int[] columns = observables.stream().mapToInt(name -> column(reader, stored, name)).toArray();
    Map<String, List<TimeSeries>> direct = new TreeMap<>();
    for (String condition : conditions(reader)) {
      List<TimeSeries> runs = new ArrayList<>();
      for (int r = 0; reader.exists("/" + condition + "/run" + r); r++) {
        runs.add(run(reader, "/" + condition + "/run" + r, stored.size(), columns));
      }
      direct.put(condition, runs);
    }
    return direct;
  }

  private static int column(Hdf5Reader reader, List<String> stored, String name) {
    int column = stored.indexOf(name);
    if (column < 0) {
      throw LatticeLiftException.badData(
          "the observable '" + name + "' is missing",
          reader.file().toString(),
          "it holds " + String.join(", ", stored),
          "Run direct with the observables of the model");
    }
    return column;
  }

  private static TimeSeries run(Hdf5Reader reader, String group, int stored, int[] columns) {
    double[] time = reader.doubles(group + "/time");
    reader.requireDims(group + "/observables", time.length, stored);
    double[] all = reader.doubles(group + "/observables");
    double[] chosen = new double[time.length * columns.length];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = all[i / columns.length * stored + columns[i % columns.length]];
    }
    return series(reader, group, time, chosen, columns.length);
  }

  private static List<TimeSeries> curves(Hdf5Reader reader, String path, double[] time, int m) {
    long[] dims = reader.requireDims(path, -1, time.length, m);
    List<TimeSeries> curves = new ArrayList<>();
    int size = time.length * m;
    for (int i = 0; i < dims[0]; i++) {
      curves.add(series(reader, path, time, reader.doubles(path, (long) i * size, size), m));
    }
    return curves;
  }

  private static TimeSeries series(Hdf5Reader reader, String path, double[] time, int m) {
    return series(reader, path, time, reader.doubles(path), m);
  }

  private static TimeSeries series(
      Hdf5Reader reader, String path, double[] time, double[] values, int m) {
    boolean finite = Arrays.stream(values).allMatch(Double::isFinite);
    boolean rising = true;
    for (int i = 1; i < time.length; i++) {
      rising &= time[i] > time[i - 1];
    }
    if (time.length == 0 || !finite || !rising) {
      throw LatticeLiftException.badData(
          finite ? "times are missing or do not increase" : "a value is not finite",
          reader.file() + " " + path,
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
