package org.latticelift.sim.vacancy.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
  /** A change with the window that does not matter, relative. */
  private static final double SMALL = 0.002;

  /** A change that noise makes, in squares of its error. */
  private static final double ALONE = 2;

  /** Of several values, whose changes with the window are looked at together. */
  private static final double MANY = 1.5;

  /** Relative error of a value that says little. */
  private static final double NOISY = 0.03;

  /** Relative error of a change with the window that would show. */
  private static final double SURE = 0.05;

  /** Windows of jumps that a run must have: what its last, unfinished one hides is then small. */
  private static final int ENOUGH = 4;

  /** Part of the simulated time that runs with enough windows must be. */
  private static final double MOST = 0.95;

  /**
   * Records of a run.
   *
   * @param time of each record, s
   * @param columns of {@link Displacements#record}, record after record
   * @param from the first record that counts
   */
  public record Run(double[] time, double[] columns, int from) {
    int last() {
      return time.length - 1;
    }

    double seconds() {
      return time[last()] - time[from];
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

    /**
     * Its standard error; NaN without windows. That longer windows agree is known no better than
     * they are, so half their variance is part of it: with it twenty repetitions differ by what
     * their errors say.
     */
    public double bestError() {
      if (chosen < 0) {
        return Double.NaN;
      }
      return chosen == error.length - 1
          ? error[chosen]
          : Math.hypot(error[chosen], longer(chosen) / Math.sqrt(2));
    }

    /** Error of the mean of all windows longer than one. */
    private double longer(int k) {
      double weights = 0;
      for (int window = k + 1; window < value.length; window++) {
        weights += 1 / (error[window] * error[window]);
      }
      return 1 / Math.sqrt(weights);
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
      List<double[]> points = all.stream().filter(p -> !Double.isNaN(p[2])).toList();
      Curve curve =
          new Curve(
              points.stream().mapToDouble(p -> p[0]).toArray(),
              points.stream().mapToDouble(p -> p[1]).toArray(),
              points.stream().mapToDouble(p -> p[2]).toArray(),
              -1,
              false);
      for (int k = 0; k < points.size() - 1; k++) {
        if (curve.change(k, Math.abs(curve.value[k])) <= ALONE) {
          return curve.at(k, curve.sure(k));
        }
      }
      return curve.at(curve.longest(), false);
    }

    private Curve at(int window, boolean flat) {
      return new Curve(this.window, value, error, window, flat);
    }

    /**
     * The square of what a value differs by from the mean of those of longer windows, in units of
     * the error of the difference and of {@value #SMALL} of a scale.
     */
    private double change(int k, double scale) {
      double sum = 0;
      double weights = 0;
      double least = Double.MIN_NORMAL + 1e-6 * scale * scale; // of what has never moved
      for (int longer = k + 1; longer < value.length; longer++) {
        double weight = 1 / Math.max(least, error[longer] * error[longer]);
        sum += value[longer] * weight;
        weights += weight;
      }
      double apart = sum / weights - value[k];
      double small = SMALL * scale;
      return apart * apart / Math.max(least, error[k] * error[k] + 1 / weights + small * small);
    }

    /** Whether it would be seen if a value still changed. */
    private boolean sure(int k) {
      return Math.hypot(error[k], longer(k)) <= SURE * Math.abs(value[k]);
    }

    /** The longest window whose error is small; the surest one where none is; -1 without any. */
    private int longest() {
      int found = -1;
      for (int k = 0; k < value.length; k++) {
        boolean small = error[k] <= NOISY * Math.abs(value[k]);
        if (found < 0
            || small
            || error[k] / Math.abs(value[k]) < error[found] / Math.abs(value[found])) {
          found = k;
        }
      }
      return found;
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
        runs.stream()
            .map(run -> new Run(run.time(), layout.scaled(run.columns(), unit), run.from()))
            .toList());
  }

  /** What vacancies met and did, where {@code transport.statistics} asked for it. */
  public Optional<JumpStatistics.Found> statistics() {
    if (!layout.statistics()) {
      return Optional.empty();
    }
    JumpStatistics.Bins bins = new JumpStatistics.Bins(layout.species());
    int first = layout.followed(layout.lengths());
    double[] gained = new double[bins.shares()];
    double[] shares = new double[JumpStatistics.SHARES.size()];
    for (Run run : runs) {
      for (int k = 0; k < gained.length; k++) {
        gained[k] += at(run, run.last(), first + k) - at(run, run.from(), first + k);
      }
      for (int k = 0; k < shares.length; k++) {
        shares[k] += at(run, run.last(), first + bins.shares() + k) / runs.size();
      }
    }
    return Optional.of(JumpStatistics.found(layout.species(), gained, shares));
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
        sum +=
            s == code || code == 0 ? at(run, run.last(), column) - at(run, run.from(), column) : 0;
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
    TransportSeries recorded = recorded();
    Curve[][] all = new Curve[kinds][kinds];
    for (int a = 0; a < kinds; a++) {
      for (int b = 0; b < kinds; b++) {
        all[a][b] = collective(recorded, a, b);
      }
    }
    int windows = all[0][0].window().length;
    int chosen = all[0][0].longest();
    boolean flat = false;
    for (int k = 0; k < windows - 1 && !flat; k++) {
      flat = change(all, k) <= MANY;
      chosen = flat ? k : chosen;
    }
    boolean plateau = flat && all[0][0].sure(chosen);
    for (Curve[] row : all) {
      for (int b = 0; b < kinds; b++) {
        row[b] = row[b].at(chosen, plateau);
      }
    }
    return all;
  }

  /** Mean over all pairs of species. */
  private static double change(Curve[][] all, int k) {
    double sum = 0;
    int pairs = 0;
    for (int a = 1; a < all.length; a++) {
      for (int b = 1; b <= a; b++) {
        double scale = Math.sqrt(Math.abs(all[a][a].value()[k] * all[b][b].value()[k]));
        sum += all[a][b].change(k, scale);
        pairs++;
      }
    }
    return sum / pairs;
  }

  /**
   * How fast the products of the summed displacements of two kinds grow, over six: L_ij V k_B T
   * ({@code a}, {@code b}: codes, 0 the vacancies); squared length units per s. Short windows are
   * of jumps, of which there are many. Windows of jumps that only some runs get through would leave
   * out those that are held up, so long ones are of records.
   */
  public Curve collective(int a, int b) {
    return collective(recorded(), a, b);
  }

  private Curve collective(TransportSeries recorded, int a, int b) {
    return joined(windows(a, b), recorded.sums(a, b)).times(1.0 / 6);
  }

  private List<double[]> sums(int a, int b) {
    return points(windows(a, b), Displacements.LEVELS, 1);
  }

  private Curve joined(Windows jumps, List<double[]> recorded) {
    List<double[]> points = points(jumps, Displacements.LEVELS, ENOUGH);
    double longest = points.isEmpty() ? 0 : points.get(points.size() - 1)[0];
    recorded.stream().filter(point -> point[0] > 1.001 * longest).forEach(points::add);
    return Curve.of(points);
  }

  /** These runs with windows of 1, 2, 4 ... records in place of windows of jumps. */
  private TransportSeries recorded() {
    Columns summed = new Columns(layout.species(), 0, false);
    List<Run> all = new ArrayList<>();
    for (Run run : runs) {
      double[] columns = new double[summed.columns() * run.time().length];
      for (int record = run.from() + 1; record <= run.last(); record++) {
        int to = record * summed.columns();
        System.arraycopy(columns, to - summed.columns(), columns, to, summed.columns());
        for (int level = 0; level < Displacements.LEVELS; level++) {
          int window = 1 << level;
          if ((record - run.from()) % window == 0) {
            columns[to + summed.level(level)]++;
            addProducts(run, record, window, columns, to + summed.product(level, 1, 1));
          }
        }
      }
      all.add(new Run(run.time(), columns, run.from()));
    }
    return new TransportSeries(summed, counts, all);
  }

  private void addProducts(Run run, int record, int window, double[] columns, int first) {
    int to = first;
    for (int b = 1; b <= layout.species(); b++) {
      for (int a = 1; a <= b; a++) {
        for (int axis = 0; axis < Displacements.AXES; axis++) {
          int x = layout.sum(a) + axis;
          int y = layout.sum(b) + axis;
          columns[to] +=
              (at(run, record, x) - at(run, record - window, x))
                  * (at(run, record, y) - at(run, record - window, y));
        }
        to++;
      }
    }
  }

  /**
   * The diffusion coefficient of single vacancies, from the windows of each; squared length units
   * per s.
   */
  public Curve vacancy() {
    Windows windows =
        new Windows(
            layout::single,
            (run, record, level) -> at(run, record, layout.single(level) + 1),
            counts[0]);
    return joined(windows, counts[0] == 1 ? recorded().sums(0, 0) : List.of()).times(1.0 / 6);
  }

  /** Where the number of windows of a level stands, and their products. */
  private record Windows(IntUnaryOperator seen, Products products, double walkers) {}

  @FunctionalInterface
  private interface Products {
    double of(Run run, int record, int level);
  }

  private Windows windows(int a, int b) {
    return new Windows(layout::level, (run, record, level) -> product(run, record, level, a, b), 1);
  }

  /**
   * Twice the product of one half of a window with the other is what it has beyond those of its
   * halves; per record, with the number of windows.
   */
  private Optional<double[]> point(int level, Windows windows) {
    Ratio shortest = ratio(0, windows);
    double seconds = seconds() * windows.walkers() / shortest.windows() * (1L << level);
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
    return Optional.of(new double[] {seconds, value, error(blocks)});
  }

  /**
   * By blocks of records, and where there are enough runs at least what their means tell: what is
   * slower than a run, such as deep traps, no block within it shows.
   */
  private static double error(List<double[]> runs) {
    double error = BlockedMean.of(runs).error();
    if (runs.size() < BlockedMean.FEWEST_BLOCKS) {
      return error;
    }
    List<double[]> means =
        runs.stream()
            .map(run -> new double[] {Arrays.stream(run).average().orElseThrow()})
            .toList();
    return Math.max(error, BlockedMean.of(means).error());
  }

  /** A mean product, and its parts: what each record adds to the sum less its share of the mean. */
  private record Ratio(double value, double windows, List<double[]> blocks) {}

  private Ratio ratio(int level, Windows of) {
    int seen = of.seen().applyAsInt(level);
    double sum = 0;
    double windows = 0;
    for (Run run : runs) {
      windows += at(run, run.last(), seen) - at(run, run.from(), seen);
      sum += of.products().of(run, run.last(), level) - of.products().of(run, run.from(), level);
    }
    double mean = sum / windows;
    List<double[]> blocks = new ArrayList<>();
    for (Run run : runs) {
      double[] block = new double[run.last() - run.from()];
      for (int k = run.from() + 1; k <= run.last(); k++) {
        block[k - run.from() - 1] =
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
    Windows windows =
        new Windows(
            layout::followed,
            (run, record, length) -> at(run, record, layout.square(length, code)),
            1);
    return Curve.of(points(windows, layout.lengths(), 1)).times(1.0 / 6 / counts[code]);
  }

  /** How fast products grow, of windows of so many lengths, of which runs must have enough. */
  private List<double[]> points(Windows windows, int lengths, int enough) {
    List<double[]> points = new ArrayList<>();
    for (int length = 0; length + 1 < lengths; length++) {
      if (have(windows, length + 1) >= enough) {
        point(length, windows).ifPresent(points::add);
      }
    }
    return points;
  }

  /** Windows that each walker has at least in runs that are most of the time. */
  private double have(Windows windows, int length) {
    int seen = windows.seen().applyAsInt(length);
    List<double[]> sorted =
        runs.stream()
            .map(
                run ->
                    new double[] {
                      (at(run, run.last(), seen) - at(run, run.from(), seen)) / windows.walkers(),
                      run.seconds()
                    })
            .sorted(Comparator.comparingDouble(each -> -each[0]))
            .toList();
    double time = 0;
    for (double[] each : sorted) {
      time += each[1];
      if (time >= MOST * seconds()) {
        return each[0];
      }
    }
    return 0;
  }
}
