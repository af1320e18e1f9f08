package org.latticelift.learn.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.latticelift.learn.sde.ClosureNames;
import org.latticelift.learn.sde.SdeModel;

/**
 * In which variables trajectories are compared: some of the stored ones, shifted and scaled.
 *
 * @param columns which of the stored variables
 * @param shift subtracted from each
 * @param scale divides each afterwards
 */
public record Coordinates(int[] columns, double[] shift, double[] scale) {
  /**
   * The variables of the equation as it was trained: scaled, closures too (ME-87).
   *
   * @param model the equation
   * @return all of its variables
   */
  public static Coordinates latent(SdeModel model) {
    return latent(model, IntStream.range(0, model.map().trained()).toArray());
  }

  /** The same without closures, so that other encoders change nothing (DI-31). */
  static Coordinates latentObservables(SdeModel model) {
    int[] independent = model.map().independent();
    List<String> names = model.map().observables();
    return latent(
        model,
        IntStream.range(0, independent.length)
            .filter(i -> !ClosureNames.isClosure(names.get(independent[i])))
            .toArray());
  }

  private static Coordinates latent(SdeModel model, int[] variables) {
    double[] shift = new double[variables.length];
    double[] scale = new double[variables.length];
    Arrays.setAll(shift, i -> model.scaling().toPhysical(variables[i], 0));
    Arrays.setAll(scale, i -> model.scaling().toPhysical(variables[i], 1) - shift[i]);
    int[] columns = Arrays.stream(variables).map(i -> model.map().independent()[i]).toArray();
    return new Coordinates(columns, shift, scale);
  }

  /** All observables as they are, without closures. */
  static Coordinates physical(List<String> names) {
    int[] columns =
        IntStream.range(0, names.size())
            .filter(i -> !ClosureNames.isClosure(names.get(i)))
            .toArray();
    double[] scale = new double[columns.length];
    Arrays.fill(scale, 1);
    return new Coordinates(columns, new double[columns.length], scale);
  }

  /**
   * Number of variables.
   *
   * @return per time
   */
  public int size() {
    return columns.length;
  }

  /**
   * Values of trajectories at their records.
   *
   * @param stored one row per trajectory, record after record; not modified
   * @param components stored variables per record
   * @return the same in these variables
   */
  public double[][] of(double[][] stored, int components) {
    double[][] values = new double[stored.length][];
    for (int run = 0; run < stored.length; run++) {
      double[] from = stored[run];
      values[run] = new double[from.length / components * size()];
      for (int i = 0; i < values[run].length; i++) {
        int c = i % size();
        values[run][i] = (from[i / size() * components + columns[c]] - shift[c]) / scale[c];
      }
    }
    return values;
  }

  /** Values of one trajectory at some times, time after time. */
  double[] at(TimeSeries series, double[] grid) {
    double[] values = new double[grid.length * size()];
    for (int i = 0; i < values.length; i++) {
      int c = i % size();
      values[i] = (series.at(grid[i / size()], columns[c]) - shift[c]) / scale[c];
    }
    return values;
  }

  double[][] at(List<TimeSeries> series, double[] grid) {
    return series.stream().map(one -> at(one, grid)).toArray(double[][]::new);
  }
}
