package org.latticelift.sim.vacancy.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.latticelift.sim.statistics.BlockedMean;
import org.latticelift.sim.vacancy.transport.Curve.Point;
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
   * All of {@link #collective}, [a][b], reported at one window, the shortest from which on none of
   * them changes by more than its own error: so that sums over kinds are zero, as nothing moves but
   * by exchange of a vacancy with an atom. Each has a plateau of its own, or none.
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
    int chosen = 0;
    while (chosen < windows - 1 && !allLevel(all, chosen)) {
      chosen++;
    }
    chosen = chosen < windows - 1 ? chosen : all[0][0].longest();
    for (int a = 0; a < kinds; a++) {
      for (int b = 0; b < kinds; b++) {
        boolean plateau =
            chosen >= 0
                && chosen < windows - 1
                && level(all, a, b, chosen)
                && all[a][b].sure(chosen);
        all[a][b] = all[a][b].at(chosen, plateau);
      }
    }
    return all;
  }

  private static boolean allLevel(Curve[][] all, int k) {
    boolean level = true;
    for (int a = 1; a < all.length; a++) {
      for (int b = 1; b <= a; b++) {
        level &= level(all, a, b, k);
      }
    }
    return level;
  }

  /** One of many may change by more: with this bound all together do about as seldom as one. */
  private static boolean level(Curve[][] all, int a, int b, int k) {
    int species = all.length - 1;
    double scale = Math.sqrt(Math.abs(all[a][a].value()[k] * all[b][b].value()[k]));
    return all[a][b].level(k, scale, 2 * Math.log(species * (species + 1) / 2.0));
  }

  /**
   * How fast the products of the summed displacements of two kinds grow, over six: L_ij V k_B T
   * ({@code a}, {@code b}: codes, 0 the vacancies); squared length units per s. Short windows are
   * of jumps, of which there are many. Windows of jumps that only some runs get through would leave
   * out those that are held up, so those of a record and longer are of records, from every record
   * as an origin.
   */
  public Curve collective(int a, int b) {
    return collective(recorded(), a, b);
  }

  private Curve collective(TransportSeries recorded, int a, int b) {
    return joined(windows(a, b), recorded.sums(a, b)).times(1.0 / 6);
  }

  private List<Point> sums(int a, int b) {
    return points(windows(a, b, true), recordLengths(Displacements.LEVELS));
  }

  private Curve joined(Windows jumps, List<Point> recorded) {
    double shortest = recorded.isEmpty() ? Double.POSITIVE_INFINITY : recorded.get(0).window();
    List<Point> points =
        new ArrayList<>(
            points(jumps, jumpLengths(jumps)).stream()
                .filter(point -> point.window() < 0.999 * shortest)
                .toList());
    points.addAll(recorded);
    return Curve.of(points);
  }

  /** These runs with windows of 1, 2, 4 ... records, from every record on, in place of jumps. */
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
          if (record - run.from() >= window) {
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
            counts[0],
            false);
    return joined(windows, counts[0] == 1 ? recorded().sums(0, 0) : List.of()).times(1.0 / 6);
  }

  /**
   * Where the number of windows of a level stands, and their products.
   *
   * @param walkers vacancies that each have windows of their own, else 1
   * @param ofRecords whether windows of level k are 2^k records long and overlap
   */
  private record Windows(
      IntUnaryOperator seen, Products products, double walkers, boolean ofRecords) {}

  @FunctionalInterface
  private interface Products {
    double of(Run run, int record, int level);
  }

  private Windows windows(int a, int b) {
    return windows(a, b, false);
  }

  private Windows windows(int a, int b, boolean ofRecords) {
    return new Windows(
        layout::level, (run, record, level) -> product(run, record, level, a, b), 1, ofRecords);
  }

  /**
   * Twice the product of one half of a window with the other is what it has beyond those of its
   * halves; per record, with the number of windows. Where windows follow each other there are two
   * halves for each, where they overlap about one.
   */
  private Optional<Point> point(int level, Windows windows) {
    Ratio shortest = ratio(0, windows);
    double seconds = seconds() * windows.walkers() / shortest.windows() * (1L << level);
    Ratio halves = ratio(level, windows);
    Ratio whole = ratio(level + 1, windows);
    if (!(halves.windows() > 0 && whole.windows() > 0)) {
      return Optional.empty();
    }
    double value = (whole.value() - halves.value()) / seconds;
    List<double[]> blocks = new ArrayList<>();
    double share = whole.windows() / halves.windows();
    double perRecord = whole.windows() / whole.blocks().stream().mapToInt(x -> x.length).sum();
    for (int run = 0; run < runs.size(); run++) {
      double[] block = whole.blocks().get(run).clone();
      for (int k = 0; k < block.length; k++) {
        block[k] = (block[k] - halves.blocks().get(run)[k] * share) / perRecord / seconds;
      }
      blocks.add(block);
    }
    int overlap = windows.ofRecords() ? 4 << level : 1;
    return Optional.of(new Point(seconds, value, error(blocks, overlap), means(blocks)));
  }

  /**
   * By blocks of records, and where there are enough runs at least what their means tell: what is
   * slower than a run, such as deep traps, no block within it shows. Blocks are at least twice as
   * long as the windows that overlap in them.
   *
   * @param shortest block, records
   */
  private static double error(List<double[]> runs, int shortest) {
    int block = Math.min(shortest, runs.get(0).length);
    double error = Math.max(BlockedMean.of(runs).error(), BlockedMean.error(runs, block));
    if (runs.size() < BlockedMean.FEWEST_BLOCKS) {
      return error;
    }
    List<double[]> means =
        runs.stream()
            .map(run -> new double[] {Arrays.stream(run).average().orElseThrow()})
            .toList();
    return Math.max(error, BlockedMean.of(means).error());
  }

  /** Means over blocks that are as long as what the longest windows overlap in. */
  private double[] means(List<double[]> runs) {
    int records = runs.get(0).length;
    int block = Math.min(records, 2 << recordLengths(Displacements.LEVELS));
    return runs.stream()
        .flatMapToDouble(
            run ->
                IntStream.range(0, records / block)
                    .mapToDouble(
                        b ->
                            Arrays.stream(run, b * block, (b + 1) * block).average().orElseThrow()))
        .toArray();
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
            1,
            true);
    int lengths = recordLengths(layout.lengths());
    return Curve.of(points(windows, lengths)).times(1.0 / 6 / counts[code]);
  }

  /** How fast products grow, of windows of so many lengths. */
  private List<Point> points(Windows windows, int lengths) {
    List<Point> points = new ArrayList<>();
    for (int length = 0; length + 1 < lengths; length++) {
      point(length, windows).ifPresent(points::add);
    }
    return points;
  }

  /** Lengths of windows of jumps of which runs have enough. */
  private int jumpLengths(Windows windows) {
    int lengths = 0;
    while (lengths < Displacements.LEVELS && have(windows, lengths) >= ENOUGH) {
      lengths++;
    }
    return lengths;
  }

  /** Lengths of windows of records that fit into each run, and often enough into all. */
  private int recordLengths(int most) {
    int fewest = runs.stream().mapToInt(run -> run.last() - run.from()).min().orElse(0);
    int lengths = 0;
    while (lengths < most
        && fewest >> lengths >= 1
        && windows(lengths) >= BlockedMean.FEWEST_BLOCKS) {
      lengths++;
    }
    return lengths;
  }

  /** Windows of records, one behind the other, in all runs. */
  private long windows(int length) {
    return runs.stream().mapToLong(run -> run.last() - run.from() >> length).sum();
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
