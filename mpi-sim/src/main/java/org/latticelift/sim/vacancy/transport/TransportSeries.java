package org.latticelift.sim.vacancy.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.latticelift.sim.statistics.BlockedMean;
import org.latticelift.sim.vacancy.transport.Displacements.Columns;

/**
 * Coefficients of diffusion from recorded displacements of runs (EX-60). What is reported is how
 * fast squares and products of displacements grow between a window and twice the window, so that a
 * correlated start of the motion drops out: that of the smallest window from which on all longer
 * ones agree. The curve of all is kept for people to look at.
 *
 * @param layout of the records
 * @param counts vacancies and atoms of each species, by code
 * @param runs all of the same system
 */
public record TransportSeries(Columns layout, long[] counts, List<Run> runs) {
  private static final double ERRORS = 2;

  /**
   * Records of a run.
   *
   * @param time of each record, s
   * @param columns of {@link Displacements#record}, record after record
   */
  public record Run(double[] time, double[] columns) {
    int records() {
      return time.length;
    }

    double seconds() {
      return time[time.length - 1] - time[0];
    }
  }

  /**
   * A coefficient against the window.
   *
   * @param window time from an origin, s
   * @param value from the window to twice the window
   * @param error standard error by blocks
   * @param chosen index of the window that is reported; -1 where there is none
   * @param plateau whether longer windows were seen and agree with the reported one
   */
  public record Curve(
      double[] window, double[] value, double[] error, int chosen, boolean plateau) {
    /** The reported value; NaN without windows. */
    public double best() {
      return chosen < 0 ? Double.NaN : value[chosen];
    }

    /** Its standard error; NaN without windows. */
    public double bestError() {
      return chosen < 0 ? Double.NaN : error[chosen];
    }

    /** In another unit. */
    public Curve times(double factor) {
      return new Curve(
          window,
          Arrays.stream(value).map(v -> v * factor).toArray(),
          Arrays.stream(error).map(e -> e * Math.abs(factor)).toArray(),
          chosen,
          plateau);
    }

    /** Of windows, ascending in time; those whose errors are not known are left out. */
    static Curve of(List<double[]> all) {
      List<double[]> points = all.stream().filter(p -> p[2] > 0).toList();
      int n = points.size();
      double[] window = points.stream().mapToDouble(p -> p[0]).toArray();
      double[] value = points.stream().mapToDouble(p -> p[1]).toArray();
      double[] error = points.stream().mapToDouble(p -> p[2]).toArray();
      for (int k = 0; k < n - 1; k++) {
        if (agrees(k, value, error)) {
          return new Curve(window, value, error, k, true);
        }
      }
      return new Curve(window, value, error, n - 1, false);
    }

    /** With each longer window, and with their mean, which sees a slow drift sooner. */
    private static boolean agrees(int k, double[] value, double[] error) {
      double sum = 0;
      double weights = 0;
      boolean agree = true;
      for (int longer = k + 1; longer < value.length; longer++) {
        double combined = Math.hypot(error[k], error[longer]);
        agree &= Math.abs(value[longer] - value[k]) <= ERRORS * combined;
        sum += value[longer] / (error[longer] * error[longer]);
        weights += 1 / (error[longer] * error[longer]);
      }
      double apart = Math.abs(sum / weights - value[k]);
      return agree && apart <= Math.hypot(error[k], 1 / Math.sqrt(weights));
    }
  }

  private double at(Run run, int record, int column) {
    return run.columns[record * layout.columns() + column];
  }

  private double difference(Run run, int record, int column) {
    return at(run, record, column) - at(run, record - 1, column);
  }

  /** With another unit of length ({@code unit}: of the one so far). */
  public TransportSeries scaled(double unit) {
    return new TransportSeries(
        layout,
        counts,
        runs.stream().map(run -> new Run(run.time(), layout.scaled(run.columns(), unit))).toList());
  }

  /** Simulated time of all runs, s. */
  public double seconds() {
    return runs.stream().mapToDouble(Run::seconds).sum();
  }

  /** Jumps of the atoms of a species in all runs ({@code code}: 0 for those of all). */
  public double jumps(int code) {
    double sum = 0;
    for (int s = 1; s <= layout.species(); s++) {
      for (Run run : runs) {
        int column = layout.jumps(s);
        sum += s == code || code == 0 ? at(run, run.records() - 1, column) - at(run, 0, column) : 0;
      }
    }
    return sum;
  }

  /** Jumps per second of one atom of a species, or of one vacancy ({@code code}: 0), 1/s. */
  public double jumpRate(int code) {
    return jumps(code) / seconds() / counts[code];
  }

  /**
   * All of {@link #collective}, [a][b], reported at one window, the shortest at which all have come
   * to a plateau: so that sums over kinds are zero, as nothing moves but by exchange of a vacancy
   * with an atom.
   */
  public Curve[][] collective() {
    int kinds = counts.length;
    Curve[][] all = new Curve[kinds][kinds];
    int chosen = -1;
    boolean plateau = true;
    for (int a = 0; a < kinds; a++) {
      for (int b = 0; b < kinds; b++) {
        all[a][b] = collective(a, b);
        chosen = Math.max(chosen, all[a][b].chosen());
        plateau &= all[a][b].plateau();
      }
    }
    for (Curve[] row : all) {
      for (int b = 0; b < kinds; b++) {
        row[b] = new Curve(row[b].window(), row[b].value(), row[b].error(), chosen, plateau);
      }
    }
    return all;
  }

  /**
   * How fast the products of the summed displacements of two kinds grow, over six: L_ij V k_B T
   * ({@code a}, {@code b}: codes, 0 the vacancies); squared length units per s.
   */
  public Curve collective(int a, int b) {
    List<double[]> points = new ArrayList<>();
    for (int level = 0; level + 1 < Displacements.LEVELS; level++) {
      point(level, windows(a, b)).ifPresent(points::add);
    }
    return Curve.of(points).times(1.0 / 6);
  }

  /**
   * The diffusion coefficient of single vacancies, from the windows of each; squared length units
   * per s.
   */
  public Curve vacancy() {
    Windows windows =
        new Windows(
            layout::single, (run, record, level) -> at(run, record, layout.single(level) + 1));
    List<double[]> points = new ArrayList<>();
    for (int level = 0; level + 1 < Displacements.LEVELS; level++) {
      point(level, windows).ifPresent(points::add);
    }
    return Curve.of(points).times(1.0 / 6);
  }

  /** Where the number of windows of a level stands, and their products. */
  private record Windows(IntUnaryOperator seen, Products products) {}

  @FunctionalInterface
  private interface Products {
    double of(Run run, int record, int level);
  }

  private Windows windows(int a, int b) {
    return new Windows(layout::level, (run, record, level) -> product(run, record, level, a, b));
  }

  /**
   * Twice the product of one half of a window with the other is what it has beyond those of its
   * halves; per record, with the number of windows.
   */
  private Optional<double[]> point(int level, Windows windows) {
    double seconds = Displacements.STRIDE / jumpRate(0) * (1L << level);
    Ratio halves = ratio(level, windows);
    Ratio whole = ratio(level + 1, windows);
    if (!(halves.windows() > 0 && whole.windows() > 0)) {
      return Optional.empty();
    }
    double value = (whole.value() - halves.value()) / seconds;
    List<double[]> blocks = new ArrayList<>();
    double perRecord = whole.windows() / whole.blocks().stream().mapToInt(x -> x.length).sum();
    for (int run = 0; run < runs.size(); run++) {
      double[] block = whole.blocks().get(run).clone();
      for (int k = 0; k < block.length; k++) {
        block[k] = (block[k] - halves.blocks().get(run)[k] / 2) / perRecord / seconds;
      }
      blocks.add(block);
    }
    BlockedMean mean = BlockedMean.of(blocks);
    return Optional.of(new double[] {seconds, value, mean.error()});
  }

  /** A mean product, and its parts: what each record adds to the sum less its share of the mean. */
  private record Ratio(double value, double windows, List<double[]> blocks) {}

  private Ratio ratio(int level, Windows of) {
    int seen = of.seen().applyAsInt(level);
    double sum = 0;
    double windows = 0;
    for (Run run : runs) {
      int last = run.records() - 1;
      windows += at(run, last, seen) - at(run, 0, seen);
      sum += of.products().of(run, last, level) - of.products().of(run, 0, level);
    }
    double mean = sum / windows;
    List<double[]> blocks = new ArrayList<>();
    for (Run run : runs) {
      double[] block = new double[run.records() - 1];
      for (int k = 1; k <= block.length; k++) {
        block[k - 1] =
            of.products().of(run, k, level)
                - of.products().of(run, k - 1, level)
                - mean * difference(run, k, seen);
      }
      blocks.add(block);
    }
    return new Ratio(mean, windows, blocks);
  }

  /** That of the vacancies is minus the sum over species. */
  private double product(Run run, int record, int level, int a, int b) {
    double sum = 0;
    for (int s = 1; s <= layout.species(); s++) {
      for (int t = 1; t <= layout.species(); t++) {
        if ((a == 0 || s == a) && (b == 0 || t == b)) {
          sum += at(run, record, layout.product(level, s, t));
        }
      }
    }
    return (a == 0) == (b == 0) ? sum : -sum;
  }

  /**
   * The diffusion coefficient of tagged atoms of a species, from the displacement of each ({@code
   * code}: 1 or more; 0 for {@link #vacancy}); squared length units per s. Without followed atoms
   * there are no windows.
   */
  public Curve tracer(int code) {
    if (code == 0) {
      return vacancy();
    }
    List<double[]> points = new ArrayList<>();
    for (int lag = 1; layout.origins() > 0 && 2 * lag <= layout.window(); lag *= 2) {
      List<double[]> samples = new ArrayList<>();
      double seconds = 0;
      for (Run run : runs) {
        samples.add(samples(run, lag, code));
        seconds += run.seconds() / (run.records() - 1) / runs.size() * lag;
      }
      if (samples.get(0).length > 0) {
        BlockedMean mean = BlockedMean.of(samples);
        points.add(new double[] {seconds, mean.mean() / seconds, mean.error() / seconds});
      }
    }
    return Curve.of(points).times(1.0 / 6 / counts[code]);
  }

  /** Of all time origins, in the order in which they began. */
  private double[] samples(Run run, int lag, int code) {
    List<Double> values = new ArrayList<>();
    for (int record = 2 * lag; record < run.records(); record++) {
      for (int origin = 0; origin < layout.origins(); origin++) {
        if (record - at(run, record, layout.origin(origin)) == 2 * lag) {
          int column = layout.square(origin, code);
          values.add(at(run, record, column) - at(run, record - lag, column));
        }
      }
    }
    return values.stream().mapToDouble(v -> v).toArray();
  }
}
