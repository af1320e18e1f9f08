package org.latticelift.learn.ensemble;

import java.util.Arrays;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.learn.sde.Quantities;
import org.latticelift.sim.system.Condition;

/** Writes the group of one condition into {@code ensemble.h5}. */
final class EnsembleFile {
  private final Hdf5Writer writer;
  private final String group;
  private final Axis time;
  private final Axis observable;
  private final Axis model;
  private final Axis trajectory;
  private final Axis quantile;

  /** An axis of a dataset. */
  private record Axis(String name, long length) {}

  private EnsembleFile(Hdf5Writer writer, String group, Trajectories all, int levels) {
    this.writer = writer;
    this.group = group;
    this.time = new Axis("time", all.records());
    this.observable = new Axis("observable", all.observables());
    this.model = new Axis("model", all.models());
    this.trajectory = new Axis("trajectory", (long) all.models() * all.perModel());
    this.quantile = new Axis("quantile", levels);
  }

  static void write(
      Hdf5Writer writer,
      Ensemble ensemble,
      Trajectories all,
      Statistics s,
      Quantities quantities,
      double[] levels,
      boolean keep) {
    String group = "/" + Condition.name(quantities.parameter(), ensemble.kelvin());
    writer.group(group);
    EnsembleFile file = new EnsembleFile(writer, group, all, levels.length);
    file.times(ensemble.seconds(), quantities.timeUnit());
    file.against(s);
    file.late(s);
    writer.attribute(group + "/quantile", "quantiles", levels);
    writer.attribute(group, quantities.parameter(), ensemble.kelvin());
    if (keep) {
      file.put(
          "trajectory",
          all.values(),
          "every trajectory, model after model",
          file.trajectory,
          file.time,
          file.observable);
    }
  }

  /** Statistics against time. */
  private void against(Statistics s) {
    put("mean", s.mean(), "mean over models and trajectories", time, observable);
    put("std", s.std(), "deviation over models and trajectories", time, observable);
    put(
        "quantile",
        s.quantile(),
        "quantiles over models and trajectories",
        quantile,
        time,
        observable);
    put(
        "model_mean",
        s.modelMean(),
        "mean over trajectories of each model",
        model,
        time,
        observable);
    put(
        "model_std",
        s.modelStd(),
        "deviation over the noise within each model",
        model,
        time,
        observable);
  }

  /** Statistics of the second half. */
  private void late(Statistics s) {
    put(
        "late_mean",
        s.lateMean(),
        "average over the second half of the time span",
        model,
        observable);
    put(
        "late_std",
        s.lateStd(),
        "deviation of single values in the second half",
        model,
        observable);
    put(
        "late_error",
        s.lateError(),
        "standard error of the mean over models of late_mean",
        observable);
  }

  private void times(double[] times, String unit) {
    writer.dataset(
        group + "/time", times, new long[] {times.length}, DatasetInfo.of(unit, "time", "time"));
  }

  private void put(String name, Object values, String longName, Axis... axes) {
    String[] names = Arrays.stream(axes).map(Axis::name).toArray(String[]::new);
    long[] dims = Arrays.stream(axes).mapToLong(Axis::length).toArray();
    writer.dataset(group + "/" + name, values, dims, DatasetInfo.of("1", longName, names));
  }
}
