package org.latticelift.ensemble;

import org.latticelift.hdf5.DatasetInfo;
import org.latticelift.hdf5.Hdf5Writer;

/** Writes the group of one temperature into {@code ensemble.h5}. */
final class EnsembleFile {
  private final Hdf5Writer writer;
  private final String group;

  private EnsembleFile(Hdf5Writer writer, String group) {
    this.writer = writer;
    this.group = group;
  }

  static String groupName(double kelvin) {
    String text = kelvin == Math.rint(kelvin) ? Long.toString((long) kelvin) : "" + kelvin;
    return "/T" + text;
  }

  static void write(Hdf5Writer writer, Ensemble ensemble, double[] levels, boolean keep) {
    String group = groupName(ensemble.kelvin());
    Statistics s = Statistics.of(ensemble.results(), levels);
    Trajectories all = ensemble.results();
    long t = all.records();
    long m = all.observables();
    long models = all.models();
    writer.group(group);
    EnsembleFile file = new EnsembleFile(writer, group);
    file.seconds(ensemble.seconds());
    file.put("mean", s.mean(), "mean over models and trajectories", "time", t, "observable", m);
    file.put("std", s.std(), "deviation over models and trajectories", "time", t, "observable", m);
    file.put(
        "quantile",
        s.quantile(),
        "quantiles over models and trajectories",
        "quantile",
        (long) levels.length,
        "time",
        t,
        "observable",
        m);
    file.put(
        "model_mean",
        s.modelMean(),
        "mean over trajectories of each model",
        "model",
        models,
        "time",
        t,
        "observable",
        m);
    file.put(
        "model_std",
        s.modelStd(),
        "deviation over the noise within each model",
        "model",
        models,
        "time",
        t,
        "observable",
        m);
    file.put(
        "late_mean",
        s.lateMean(),
        "average over the second half of the time span",
        "model",
        models,
        "observable",
        m);
    file.put(
        "late_std",
        s.lateStd(),
        "deviation of single values in the second half",
        "model",
        models,
        "observable",
        m);
    file.put(
        "late_error",
        s.lateError(),
        "standard error of the mean over models of late_mean",
        "observable",
        m);
    writer.attribute(group + "/quantile", "quantiles", levels);
    writer.attribute(group, "temperature_K", ensemble.kelvin());
    if (keep) {
      file.put(
          "trajectory",
          all.values(),
          "every trajectory, model after model",
          "trajectory",
          models * all.perModel(),
          "time",
          t,
          "observable",
          m);
    }
  }

  private void seconds(double[] time) {
    writer.dataset(
        group + "/time", time, new long[] {time.length}, DatasetInfo.of("s", "time", "time"));
  }

  /** Axes come as pairs of name and length. */
  private void put(String name, Object values, String longName, Object... axes) {
    String[] names = new String[axes.length / 2];
    long[] dims = new long[axes.length / 2];
    for (int i = 0; i < names.length; i++) {
      names[i] = (String) axes[2 * i];
      dims[i] = (Long) axes[2 * i + 1];
    }
    writer.dataset(group + "/" + name, values, dims, DatasetInfo.of("1", longName, names));
  }
}
