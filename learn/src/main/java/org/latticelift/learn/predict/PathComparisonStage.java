package org.latticelift.learn.predict;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latticelift.io.plot.Axis;
import org.latticelift.io.plot.Figure;
import org.latticelift.io.plot.Layer;
import org.latticelift.io.plot.TimeScale;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.learn.evaluate.StageFiles;
import org.latticelift.learn.evaluate.TimeSeries;
import org.latticelift.sim.schedule.RealTime;
import org.latticelift.sim.schedule.Schedule;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.system.Condition;

/**
 * The stage {@code evaluate} of a run whose condition follows a schedule: the predicted path beside
 * that of direct runs, where there are some. Late means would say nothing.
 */
public final class PathComparisonStage implements Stage {
  /** All records as a table. */
  public static final String TABLE = "path.csv";

  private static final String FIGURE = "path";
  private static final int POINTS = 21;

  private final Schedule schedule;
  private final Optional<RealTime> realTime;

  /**
   * Compares nothing yet.
   *
   * @param schedule of the condition in simulated time
   * @param realTime of a crystal, where that is asked for
   */
  public PathComparisonStage(Schedule schedule, Optional<RealTime> realTime) {
    this.schedule = schedule;
    this.realTime = realTime;
  }

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public List<String> inputs() {
    return List.of(EnsembleFile.NAME);
  }

  @Override
  public List<String> outputs() {
    return List.of(TABLE, FIGURE + ".svg");
  }

  @Override
  public StagePlan plan() {
    return new StagePlan(name(), 1, "path against direct runs", 1, 100_000);
  }

  @Override
  public void run(StageContext context) {
    RunDirectory directory = context.directory();
    PathComparison path =
        compare(directory.file(EnsembleFile.NAME), directory.file(TrajectoryFile.NAME));
    directory.commit(TABLE, beside -> Files.writeString(beside, PathTable.csv(path)));
    directory.commit(FIGURE + ".svg", beside -> Files.writeString(beside, figure(path).svg()));
  }

  /**
   * What a terminal shows after the stage.
   *
   * @param directory of the run
   * @return the end of the path, and how far all of it is from direct runs
   */
  public static List<String> lines(RunDirectory directory) {
    return PathTable.lines(PathTable.read(directory.file(TABLE)));
  }

  private PathComparison compare(Path predictions, Path trajectories) {
    try (EnsembleFile ensemble = EnsembleFile.open(predictions)) {
      Condition start = ensemble.conditions().get(0);
      List<String> observables = ensemble.observables();
      double[] time = ensemble.time(start);
      List<TimeSeries> runs = runs(trajectories, observables, start);
      int m = observables.size();
      double[] direct = new double[time.length * m];
      double[] error = new double[time.length * m];
      for (int r = 0; r < time.length; r++) {
        for (int c = 0; c < m; c++) {
          double[] values = at(runs, time[r], c);
          direct[r * m + c] = Arrays.stream(values).average().orElse(Double.NaN);
          error[r * m + c] = PathComparison.standardError(values);
        }
      }
      return new PathComparison(
          start.parameter(),
          ensemble.timeUnit(start),
          observables,
          time,
          realTime.map(real -> real.times(schedule, time)).orElseGet(() -> new double[0]),
          Arrays.stream(time).map(schedule::value).toArray(),
          ensemble.mean(start),
          ensemble.halfWidth(start),
          direct,
          error);
    }
  }

  private static List<TimeSeries> runs(Path file, List<String> observables, Condition start) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (TrajectoryFile runs = TrajectoryFile.open(file)) {
      return StageFiles.direct(runs, observables).getOrDefault(start.name(), List.of());
    }
  }

  private static double[] at(List<TimeSeries> runs, double time, int component) {
    return runs.stream().mapToDouble(run -> run.at(time, component)).toArray();
  }

  private static Figure figure(PathComparison path) {
    TimeScale scale = TimeScale.of(path.time()[path.last()], path.timeUnit());
    double[] time = scale.scaled(path.time());
    int m = path.m();
    List<Layer> layers = new ArrayList<>();
    for (int c = 0; c < m; c++) {
      layers.add(Layer.line(path.observables().get(c), c, time, column(path.predicted(), c, m)));
      if (path.compared()) {
        layers.add(points(path, time, c));
      }
    }
    return new Figure(
        FIGURE,
        "Prediction and direct simulation along a schedule",
        "Lines: means of the ensemble; points: means of direct runs with two standard errors.",
        Axis.linear(scale.label("time")),
        Axis.linear("observables"),
        layers);
  }

  private static Layer points(PathComparison path, double[] time, int c) {
    int shown = Math.min(POINTS, time.length);
    double[] x = new double[shown];
    double[] y = new double[shown];
    double[] bar = new double[shown];
    for (int i = 0; i < shown; i++) {
      int r = (int) ((long) i * path.last() / Math.max(1, shown - 1));
      x[i] = time[r];
      y[i] = path.direct()[r * path.m() + c];
      double error = path.error()[r * path.m() + c];
      bar[i] = Double.isNaN(error) ? 0 : 2 * error;
    }
    return Layer.points("", c, true, x, y, bar);
  }

  private static double[] column(double[] curve, int component, int m) {
    double[] column = new double[curve.length / m];
    for (int i = 0; i < column.length; i++) {
      column[i] = curve[i * m + component];
    }
    return column;
  }
}
