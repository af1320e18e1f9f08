package org.latticelift.bench.study.scaling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.output.ResultTable;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.evaluate.IntervalChecks;
import org.latticelift.learn.evaluate.StageFiles;
import org.latticelift.learn.judgement.Coverage;
import org.latticelift.learn.judgement.Estimate;
import org.latticelift.learn.judgement.IntervalCheck;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.series.CommonTimes;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.simulate.TrajectoryFile;

/**
 * A model along protocols of its condition beside direct simulations of them: how often its
 * intervals hold at five times of each path (EX-58), and how far it is off.
 */
public final class ProtocolStudy {
  /** Most relaxation times of a segment of a drawn protocol. */
  private static final double LONGEST = 4;

  private static final double SHORTEST = 0.25;

  /** Ends of runs are rounded, and what is predicted is not to lie behind them. */
  private static final double ROUNDING = 1e-9;

  private static final int KINDS = 5;

  private final SdeModel model;
  private final int[] chosen;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final List<IntervalCheck> checks = new ArrayList<>();

  /**
   * Of one protocol.
   *
   * @param runs direct ones
   * @param observable the first of those compared
   * @param predicted at the end
   * @param direct at the end
   * @param distance r.m.s. of predicted less direct over the path and the compared observables
   * @param noise r.m.s. of the standard error of the direct mean in it
   * @param inside checks whose intervals hold
   * @param all checks
   */
  public record Row(
      int runs,
      String observable,
      Estimate predicted,
      Estimate direct,
      double distance,
      double noise,
      long inside,
      int all) {
    /** What is left of the distance without the noise; 0 where there is no more. */
    public double excess() {
      return Math.sqrt(Math.max(0, distance * distance - noise * noise));
    }
  }

  /** A predicted mean, and how uncertain it is for an observable at a time. */
  public record PathMean(TimeSeries mean, BiFunction<Double, Integer, Uncertainty> uncertainty) {}

  /** Nothing yet. */
  public ProtocolStudy(SdeModel model, int compared) {
    this.model = model;
    this.chosen = Arrays.stream(model.map().independent()).limit(compared).toArray();
  }

  /**
   * Protocols by chance, over the range at which the model was trained, in simulated time: a hold,
   * a cooling after a hold, a jump down or up, square cycles. Conditions are even in their
   * logarithm, and segments, a quarter to four time units of the model, in theirs ({@code model}:
   * whose range and time unit count).
   */
  public static String drawn(SdeModel model, RandomStream stream) {
    double a = condition(model, stream);
    double b = condition(model, stream);
    double high = Math.max(a, b);
    double low = Math.min(a, b);
    String key = model.scaling().quantities().timeUnit().equals("s") ? "time_s" : "time";
    String first = time(model, key, high, stream);
    String second = time(model, key, low, stream);
    return switch (stream.below(KINDS)) {
      case 0 -> "{anneal: {at: %s, %s}}".formatted(low, second);
      case 1 ->
          "[{anneal: {at: %s, %s}}, {anneal: {at: %s, %s}}]".formatted(high, first, low, second);
      case 2 ->
          "[{anneal: {at: %s, %s}}, {quench: {to: %s, %s}}]".formatted(high, first, low, second);
      case 3 ->
          "[{anneal: {at: %s, %s}}, {anneal: {at: %s, %s}}]".formatted(low, second, high, first);
      default ->
          "[{anneal: {at: %s, %s}}, {cycle: {low: %s, high: %s, %s, count: 2, shape: square}}]"
              .formatted(high, first, low, high, first);
    };
  }

  private static double condition(SdeModel model, RandomStream stream) {
    double[] trained = model.scaling().condition();
    double first = trained[0];
    double last = trained[trained.length - 1];
    double drawn = first * Math.pow(last / first, stream.uniform());
    double rounded = Double.parseDouble(String.format(Locale.ROOT, "%.3e", drawn));
    return Math.min(Math.max(rounded, first), last);
  }

  private static String time(SdeModel model, String key, double at, RandomStream stream) {
    double units = SHORTEST * Math.pow(LONGEST / SHORTEST, stream.uniform());
    return String.format(Locale.ROOT, "%s: %.3g", key, units * model.scaling().timeUnit(at, false));
  }

  /**
   * Compares one protocol ({@code path}: what {@link #path} has read; {@code direct}: runs along
   * it, whose first condition is theirs).
   */
  public void add(String name, PathMean path, TrajectoryFile direct) {
    List<String> names = model.map().observables();
    List<TimeSeries> runs =
        StageFiles.direct(direct, names).values().stream().findFirst().orElseThrow();
    List<IntervalCheck> found =
        IntervalChecks.along(name, path.mean(), path.uncertainty(), runs, names, chosen);
    checks.addAll(found);
    TimeSeries mean = path.mean();
    double[] grid =
        IntStream.range(1, mean.length())
            .mapToDouble(mean::time)
            .filter(t -> t <= runs.get(0).end())
            .toArray();
    double distance = 0;
    double noise = 0;
    for (int c : chosen) {
      for (double t : grid) {
        Estimate at = Estimate.ofRuns(CommonTimes.at(runs, t, c));
        distance += Math.pow(mean.at(t, c) - at.value(), 2) / grid.length / chosen.length;
        noise += at.error() * at.error() / grid.length / chosen.length;
      }
    }
    int shown = chosen[0];
    double end = grid[grid.length - 1];
    rows.put(
        name,
        new Row(
            runs.size(),
            names.get(shown),
            Estimate.of(mean.at(end, shown), path.uncertainty().apply(end, shown)),
            Estimate.ofRuns(CommonTimes.at(runs, end, shown)),
            Math.sqrt(distance),
            Math.sqrt(noise),
            found.stream().filter(IntervalCheck::inside).count(),
            found.size()));
  }

  /** A predicted path ({@code file}: {@code prediction.h5}); its mean, and how sure it is. */
  public PathMean path(Hdf5Reader file, int number, long trajectories) {
    String group = "/p" + number;
    double[] time =
        Arrays.stream(file.doubles(group + "/time")).map(t -> t * (1 - ROUNDING)).toArray();
    int m = model.map().observables().size();
    TimeSeries mean = new TimeSeries(time, file.doubles(group + "/mean"), m);
    TimeSeries deviation = new TimeSeries(time, file.doubles(group + "/std"), m);
    double[] all = file.doubles(group + "/mean_of_models");
    Resampling resampling = model.resampling();
    List<TimeSeries> models =
        IntStream.range(0, all.length / (time.length * m))
            .mapToObj(
                k ->
                    new TimeSeries(
                        time,
                        Arrays.copyOfRange(all, k * time.length * m, (k + 1) * time.length * m),
                        m))
            .toList();
    return new PathMean(
        mean,
        (at, component) -> {
          double noise = deviation.at(at, component) / Math.sqrt(trajectories);
          double[] values = models.stream().mapToDouble(each -> each.at(at, component)).toArray();
          double[] own = new double[values.length];
          Arrays.fill(own, noise);
          return Uncertainty.of(values, own, resampling);
        });
  }

  /** What was found; one for each protocol, in their order. */
  public Map<String, Row> rows() {
    return rows;
  }

  /** All checks together; counts, test, r.m.s. z. */
  public Coverage coverage() {
    return new Coverage(List.of(checks));
  }

  /** A row for each protocol, as CSV with a header. */
  public String csv() {
    return ResultTable.of(List.copyOf(rows.entrySet()))
        .text("protocol", Map.Entry::getKey)
        .text("runs", row -> Integer.toString(row.getValue().runs()))
        .text("observable", row -> row.getValue().observable())
        .exact("predicted", row -> row.getValue().predicted().value())
        .exact("half_width", row -> row.getValue().predicted().halfWidth())
        .exact("direct", row -> row.getValue().direct().value())
        .exact("direct_error", row -> row.getValue().direct().error())
        .exact("distance", row -> row.getValue().distance())
        .exact("noise", row -> row.getValue().noise())
        .exact("excess", row -> row.getValue().excess())
        .text("inside", row -> Long.toString(row.getValue().inside()))
        .text("checks", row -> Integer.toString(row.getValue().all()))
        .table()
        .csv();
  }
}
