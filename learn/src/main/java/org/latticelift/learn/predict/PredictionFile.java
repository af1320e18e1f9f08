package org.latticelift.learn.predict;

import java.nio.file.Path;
import java.util.List;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.learn.ensemble.PathPrediction.PredictedPath;
import org.latticelift.learn.sde.SdeScaling.Quantities;
import org.latticelift.sim.schedule.Segment;

/**
 * {@code prediction.h5}: a group {@code p0}, {@code p1} ... for each schedule.
 *
 * <table>
 *   <caption>In the group of a schedule; its attribute {@code name} is that of the schedule</caption>
 *   <tr><td>{@code schedule}</td><td>float64 [segments,4]: start, end, first and last value</td>
 *   </tr>
 *   <tr><td>{@code time}, {@code condition}</td><td>float64 [t]</td></tr>
 *   <tr><td>{@code real_time}</td><td>float64 [t], of a crystal, where its vacancies are given</td>
 *   </tr>
 *   <tr><td>{@code model_time}</td><td>float64 [t], in time units of the model</td></tr>
 *   <tr><td>{@code novelty}</td><td>float64 [t], above 1 where the mean is farther from the states
 *       of the training than these are from each other; NaN where the model does not know them</td>
 *   </tr>
 *   <tr><td>{@code outside}</td><td>int32 [t], 1 where the model was not trained that far</td></tr>
 *   <tr><td>{@code mean}, {@code std}</td><td>[t,m]</td></tr>
 *   <tr><td>{@code mean_half_width}</td><td>[t,m], of the 95 % interval of the mean; NaN where there
 *       is none</td></tr>
 *   <tr><td>{@code mean_of_models}</td><td>[models,t,m]</td></tr>
 * </table>
 *
 * Attributes of the file: {@code observable_names}, {@code parameter_name}.
 */
public final class PredictionFile {
  /** Name in a run directory. */
  public static final String NAME = "prediction.h5";

  private PredictionFile() {}

  static void write(Path file, Predictions predictions, Provenance provenance) {
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.attribute("/", "observable_names", predictions.observables().toArray(String[]::new));
      writer.attribute("/", "parameter_name", predictions.quantities().parameter());
      for (int p = 0; p < predictions.all().size(); p++) {
        write(writer, "/p" + p, predictions.all().get(p), predictions);
      }
      provenance.writeTo(writer);
    }
  }

  private static void write(
      Hdf5Writer writer, String group, Prediction prediction, Predictions all) {
    writer.group(group);
    writer.attribute(group, "name", prediction.name());
    Quantities quantities = all.quantities();
    List<Segment> segments = prediction.schedule().segments();
    writer.dataset(
        group + "/schedule",
        segments.stream()
            .flatMapToDouble(
                s -> java.util.stream.DoubleStream.of(s.start(), s.end(), s.from(), s.to()))
            .toArray(),
        new long[] {segments.size(), 4},
        DatasetInfo.of(
            quantities.timeUnit() + "," + quantities.parameterUnit(),
            "start, end, first and last value",
            "segment",
            "number"));
    PredictedPath path = prediction.path();
    long t = path.time().length;
    long m = all.m();
    writer.dataset(
        group + "/time",
        path.time(),
        new long[] {t},
        DatasetInfo.of(quantities.timeUnit(), "time", "time"));
    writer.dataset(
        group + "/condition",
        path.condition(),
        new long[] {t},
        DatasetInfo.of(quantities.parameterUnit(), quantities.parameter(), "time"));
    if (prediction.real()) {
      writer.dataset(
          group + "/real_time",
          prediction.realTime(),
          new long[] {t},
          DatasetInfo.of("s", "time of a crystal with its own vacancies", "time"));
    }
    writer.dataset(
        group + "/model_time",
        prediction.units(),
        new long[] {t},
        DatasetInfo.of("1", "time in units of the model", "time"));
    writer.dataset(
        group + "/novelty",
        path.novelty(),
        new long[] {t},
        DatasetInfo.of(
            "1", "distance from the trained states; above 1 farther than they are apart", "time"));
    int[] outside = new int[path.outside().length];
    for (int i = 0; i < outside.length; i++) {
      outside[i] = path.outside()[i] ? 1 : 0;
    }
    writer.dataset(
        group + "/outside",
        outside,
        new long[] {t},
        DatasetInfo.of("1", "1 where the model was not trained that far", "time"));
    curve(writer, group + "/mean", path.mean(), "mean over models and trajectories", t, m);
    curve(writer, group + "/std", path.deviation(), "deviation over models and trajectories", t, m);
    curve(
        writer,
        group + "/mean_half_width",
        path.halfWidth(),
        "half of the 95 % interval of the mean",
        t,
        m);
    writer.dataset(
        group + "/mean_of_models",
        path.modelMean(),
        new long[] {path.modelMean().length / (t * m), t, m},
        DatasetInfo.of("1", "mean over trajectories of each model", "model", "time", "observable"));
  }

  private static void curve(
      Hdf5Writer writer, String name, double[] values, String longName, long t, long m) {
    writer.dataset(
        name, values, new long[] {t, m}, DatasetInfo.of("1", longName, "time", "observable"));
  }
}
