package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.learn.judgement.Bootstrap;
import org.latticelift.learn.judgement.Interval;
import org.latticelift.learn.series.CommonTimes;
import org.latticelift.learn.series.CommonTimes.DirectRecords;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.statistics.Criterion;
import org.latticelift.sim.statistics.LateAverages;

/** The relaxation time of one observable that runs of one condition show. */
public final class MeasuredRelaxation {
  private final List<TimeSeries> columns;
  private final double late;
  private final double deviation;

  private MeasuredRelaxation(List<TimeSeries> columns, double late, double deviation) {
    this.columns = columns;
    this.late = late;
    this.deviation = deviation;
  }

  static MeasuredRelaxation of(
      List<TimeSeries> runs, int component, double late, double deviation) {
    double[] grid = CommonTimes.of(runs.get(0), runs);
    List<TimeSeries> columns =
        runs.stream().map(run -> new TimeSeries(grid, run.at(grid, component), 1)).toList();
    return new MeasuredRelaxation(columns, late, deviation);
  }

  /**
   * Of the slowest observable that moves clearly ({@code runs}: of one condition, at least one), in
   * the unit of their times; empty where none moves clearly enough to tell.
   */
  public static OptionalDouble longest(List<TimeSeries> runs) {
    int components = runs.get(0).components();
    DirectRecords records = new DirectRecords(runs);
    LateAverages late = records.late(components);
    return IntStream.range(0, components)
        .mapToObj(
            c -> of(runs, c, late.observables().get(c).mean().mean(), records.deviation(c, late)))
        .mapToDouble(MeasuredRelaxation::time)
        .filter(Double::isFinite)
        .max();
  }

  /** The 1 - 1/e time of the mean of the runs; NaN where it is not clear of the noise. */
  double time() {
    return time(columns);
  }

  /** 95 % interval from resampling the runs. */
  Interval interval(RandomStream stream) {
    return Bootstrap.interval(
        columns.size(),
        chosen -> time(IntStream.of(chosen).mapToObj(columns::get).toList()),
        stream);
  }

  private double time(List<TimeSeries> chosen) {
    return of(mean(chosen), 0, late, noise(chosen));
  }

  private double noise(List<TimeSeries> chosen) {
    return deviation / Math.sqrt(chosen.size());
  }

  private static TimeSeries mean(List<TimeSeries> chosen) {
    TimeSeries first = chosen.get(0);
    double[] mean = new double[first.length()];
    for (TimeSeries column : chosen) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += column.value(i, 0) / chosen.size();
      }
    }
    return new TimeSeries(first.times(), mean, 1);
  }

  /** Of a curve; NaN where the way is not clear of the noise. */
  static double of(TimeSeries mean, int component, double late, double noise) {
    boolean clear = RelaxationTime.measurable(mean.value(0, component), late, noise);
    return clear ? RelaxationTime.of(mean, component, late) : Double.NaN;
  }

  /** Time after which a component has made the share 1 - 1/e of its way (AL-130). */
  public static final class RelaxationTime {
    /** Of the way, that a relaxation time is the time of. */
    static final double SHARE = 1 - 1 / Math.E;

    private RelaxationTime() {}

    /**
     * First crossing of start + (1 - 1/e) (late - start), interpolated linearly ({@code series}:
     * mean over runs or over an ensemble; {@code late}: value after relaxation); s after the first
     * record; NaN if the level is never reached.
     */
    public static double of(TimeSeries series, int component, double late) {
      return of(series, component, late, SHARE);
    }

    /**
     * First crossing of another share of the way.
     *
     * @param series mean over runs or over an ensemble
     * @param late value after relaxation
     * @param share of the way, above 0 and below 1
     * @return after the first record; NaN if the level is never reached
     */
    public static double of(TimeSeries series, int component, double late, double share) {
      double start = series.value(0, component);
      double way = late - start;
      double before = 0;
      for (int i = 1; i < series.length(); i++) {
        double made = (series.value(i, component) - start) / way;
        if (made >= share) {
          double part = (share - before) / (made - before);
          double left = series.time(i - 1);
          return left + part * (series.time(i) - left) - series.start();
        }
        before = made;
      }
      return Double.NaN;
    }

    /**
     * Whether a component moves clearly enough to have a relaxation time; true if the way is at
     * least five times the noise.
     */
    public static boolean measurable(double start, double late, double noise) {
      return Math.abs(late - start) >= 5 * noise && late != start;
    }
  }

  /**
   * Whether an observable of some runs is relaxed ({@code code}: sum of 1, 2, 4, 8 for the criteria
   * that are not fulfilled; NaN if not checked).
   */
  public record Relaxation(
      @Stored(
              name = "{}",
              value = "criteria that {} fail: sum of 1 transient, 2 blocks, 4 drift, 8 mixing")
          double code) {
    /** Not checked. */
    public static final Relaxation UNKNOWN = new Relaxation(Double.NaN);

    /** The result of a check ({@code failed}: criteria that are not fulfilled). */
    static Relaxation of(List<Criterion> failed) {
      return new Relaxation(failed.stream().mapToInt(c -> 1 << c.ordinal()).sum());
    }

    /** Whether it was checked. */
    public boolean known() {
      return !Double.isNaN(code);
    }

    /** Criteria that are not fulfilled, in the order of the enum. */
    public List<Criterion> failed() {
      return Arrays.stream(Criterion.values())
          .filter(c -> ((int) code >> c.ordinal() & 1) == 1)
          .toList();
    }

    /**
     * What fails, in words ({@code observables}: results by the name of the observable, in order);
     * such as {@code the transient does not end in the first third of the records (NbNb)}; empty if
     * nothing fails.
     */
    static String failures(Map<String, Relaxation> observables) {
      List<String> parts = new ArrayList<>();
      for (Criterion criterion : Criterion.values()) {
        String names =
            observables.keySet().stream()
                .filter(name -> observables.get(name).failed().contains(criterion))
                .collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
          parts.add(criterion.failure() + " (" + names + ")");
        }
      }
      return String.join("; ", parts);
    }
  }
}
