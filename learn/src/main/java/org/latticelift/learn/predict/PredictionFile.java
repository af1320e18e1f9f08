package org.latticelift.learn.predict;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.output.RecordLayout;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.learn.ensemble.PredictedPath;
import org.latticelift.sim.schedule.Segment;

/**
 * {@code prediction.h5}: a group {@code p0}, {@code p1} ... for each schedule, whose attribute
 * {@code name} is that of the schedule. Attributes of the file: {@code observable_names}, {@code
 * parameter_name}.
 */
public final class PredictionFile {
  /** Name in a run directory. */
  public static final String NAME = "prediction.h5";

  private static final RecordLayout<Group> LAYOUT = RecordLayout.of(Group.class);

  private PredictionFile() {}

  /**
   * What a group holds.
   *
   * @param realTime where the vacancies of the crystal are given
   * @param novelty NaN where the model does not know the states of the training
   */
  private record Group(
      @Stored(
              value = "start, end, first and last value",
              units = "{time},{condition}",
              axes = {"segment", "number"})
          double[][] schedule,
      @Stored(value = "time", units = "{time}", axes = "time") double[] time,
      @Stored(value = "{parameter}", units = "{condition}", axes = "time") double[] condition,
      @Stored(
              value = "time of a crystal with its own vacancies",
              units = "s",
              axes = "time",
              optional = true)
          double[] realTime,
      @Stored(value = "time in units of the model", axes = "time") double[] modelTime,
      @Stored(
              value = "distance from the trained states; above 1 farther than they are apart",
              axes = "time")
          double[] novelty,
      @Stored(value = "1 where the model was not trained that far", axes = "time") int[] outside,
      Curves curves) {}

  /** Of the ensemble; half widths are NaN where there are none. */
  private record Curves(
      @Stored(
              value = "mean over models and trajectories",
              axes = {"time", "observable"})
          double[] mean,
      @Stored(
              value = "deviation over models and trajectories",
              axes = {"time", "observable"})
          double[] std,
      @Stored(
              value = "half of the 95 % interval of the mean",
              axes = {"time", "observable"})
          double[] meanHalfWidth,
      @Stored(
              value = "mean over trajectories of each model",
              axes = {"model", "time", "observable"})
          double[] meanOfModels) {}

  static void write(Hdf5Writer writer, Predictions predictions) {
    writer.attribute("/", "observable_names", predictions.observables().toArray(String[]::new));
    writer.attribute("/", "parameter_name", predictions.quantities().parameter());
    for (int p = 0; p < predictions.all().size(); p++) {
      write(writer, "/p" + p, predictions.all().get(p), predictions);
    }
  }

  private static void write(
      Hdf5Writer writer, String group, SchedulePrediction prediction, Predictions all) {
    writer.group(group);
    writer.attribute(group, "name", prediction.name());
    PredictedPath path = prediction.path();
    List<Segment> segments = prediction.schedule().segments();
    int[] outside = new int[path.outside().length];
    Arrays.setAll(outside, i -> path.outside()[i] ? 1 : 0);
    LAYOUT.write(
        writer,
        group,
        new Group(
            segments.stream()
                .map(s -> new double[] {s.start(), s.end(), s.from(), s.to()})
                .toArray(double[][]::new),
            path.time(),
            path.condition(),
            prediction.realTime(),
            prediction.units(),
            path.novelty(),
            outside,
            new Curves(path.mean(), path.deviation(), path.halfWidth(), path.modelMean())),
        all.quantities().units(),
        Map.of());
  }
}
