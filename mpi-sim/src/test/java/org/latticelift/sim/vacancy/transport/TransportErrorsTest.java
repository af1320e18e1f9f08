package org.latticelift.sim.vacancy.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.transport.Displacements.Columns;

/** Coefficients and their errors from walks made up for it, of which everything is known. */
class TransportErrorsTest {
  private static final int AXES = Displacements.AXES;
  private static final int RECORDS = 256;

  /** Two species whose sums walk with these covariances per record and axis. */
  private static final double[][] PACE = {{2.0, 0.6}, {0.6, 0.5}};

  private static RandomStream stream(int task) {
    return new Streams(4).stream(Purpose.CHECK, task);
  }

  /**
   * A run whose sums walk, without windows of jumps; before {@code from} they run {@code faster}.
   */
  private static TransportSeries.Run walk(
      Columns layout, RandomStream stream, int records, int from, double faster) {
    double[] time = new double[records + 1];
    double[] columns = new double[(records + 1) * layout.columns()];
    for (int record = 1; record <= records; record++) {
      int now = record * layout.columns();
      time[record] = record;
      double pace = record <= from ? faster : 1;
      for (int axis = 0; axis < AXES; axis++) {
        double first = stream.normal();
        double second = stream.normal();
        double a = Math.sqrt(PACE[0][0]) * first;
        double share = PACE[0][1] / PACE[0][0];
        double b = share * a + Math.sqrt(PACE[1][1] - share * PACE[0][1]) * second;
        add(columns, layout, now + layout.sum(1) + axis, pace * a);
        add(columns, layout, now + layout.sum(2) + axis, pace * b);
      }
    }
    return new TransportSeries.Run(time, columns, from);
  }

  private static void add(double[] columns, Columns layout, int at, double step) {
    columns[at] = columns[at - layout.columns()] + step;
  }

  private static TransportSeries of(Columns layout, List<TransportSeries.Run> runs) {
    return new TransportSeries(layout, new long[] {1, 60, 40}, runs);
  }

  /** Values of all windows are averages over every record as an origin. */
  @Test
  void everyRecordIsAnOrigin() {
    Columns layout = new Columns(2, 0, false);
    int from = 56;
    TransportSeries.Run run = walk(layout, stream(1), RECORDS, from, 9);
    Curve curve = of(layout, List.of(run)).collective(1, 2);
    assertEquals(4, curve.window().length);
    for (int k = 0; k < curve.window().length; k++) {
      int w = 1 << k;
      assertEquals(w, curve.window()[k], 1e-12);
      double expected = (mean(layout, run, 2 * w) - mean(layout, run, w)) / w / 6;
      assertEquals(expected, curve.value()[k], 1e-12 * Math.abs(expected));
    }
  }

  private static double mean(Columns layout, TransportSeries.Run run, int window) {
    double sum = 0;
    int origins = 0;
    for (int to = run.from() + window; to < run.time().length; to++) {
      for (int axis = 0; axis < AXES; axis++) {
        int a = layout.sum(1) + axis;
        int b = layout.sum(2) + axis;
        double[] c = run.columns();
        int now = to * layout.columns();
        int then = (to - window) * layout.columns();
        sum += (c[now + a] - c[then + a]) * (c[now + b] - c[then + b]);
      }
      origins++;
    }
    return sum / origins;
  }

  /**
   * 60 repetitions of four runs each: z of three coefficients, and of squares of followed atoms.
   */
  @Test
  void errorsAreThoseOfRepetitions() {
    int repetitions = 60;
    Columns layout = new Columns(2, 5, false);
    double squares = 0;
    double atoms = 0;
    for (int r = 0; r < repetitions; r++) {
      List<TransportSeries.Run> runs = new ArrayList<>();
      for (int k = 0; k < 4; k++) {
        TransportSeries.Run run = walk(layout, stream(100 + 4 * r + k), RECORDS, 0, 1);
        follow(layout, run, stream(9000 + 4 * r + k));
        runs.add(run);
      }
      TransportSeries series = of(layout, runs);
      Curve[][] all = series.collective();
      for (int[] pair : new int[][] {{1, 1}, {1, 2}, {2, 2}}) {
        Curve curve = all[pair[0]][pair[1]];
        double exact = PACE[pair[0] - 1][pair[1] - 1] / 2;
        squares += Math.pow((curve.best() - exact) / curve.bestError(), 2) / 3 / repetitions;
      }
      Curve tracer = series.tracer(1);
      atoms += Math.pow((tracer.best() - 0.5) / tracer.bestError(), 2) / repetitions;
    }
    double rms = Math.sqrt(squares);
    double rmsOfAtoms = Math.sqrt(atoms);
    assertTrue(rms > 0.75 && rms < 1.35, () -> "r.m.s. z of L " + rms);
    assertTrue(rmsOfAtoms > 0.75 && rmsOfAtoms < 1.35, () -> "r.m.s. z of D " + rmsOfAtoms);
  }

  /** A few atoms that walk by themselves, with windows from every record on. */
  private static void follow(Columns layout, TransportSeries.Run run, RandomStream stream) {
    int atoms = 6;
    int records = run.time().length;
    double[][] at = new double[records][atoms * AXES];
    for (int record = 1; record < records; record++) {
      for (int i = 0; i < at[record].length; i++) {
        at[record][i] = at[record - 1][i] + stream.normal();
      }
    }
    for (int length = 0; length < layout.lengths(); length++) {
      double sum = 0;
      for (int record = 0; record < records; record++) {
        int window = 1 << length;
        if (record >= window) {
          double[] before = at[record - window];
          double[] now = at[record];
          // counts say that there are 60 atoms
          sum += 10 * IntStream.range(0, now.length).mapToDouble(i -> square(now, before, i)).sum();
        }
        int column = record * layout.columns();
        run.columns()[column + layout.followed(length)] = Math.max(0, record - window + 1);
        run.columns()[column + layout.square(length, 1)] = sum;
      }
    }
  }

  private static double square(double[] now, double[] before, int i) {
    return (now[i] - before[i]) * (now[i] - before[i]);
  }

  /** What moves before the end of the transient counts for nothing. */
  @Test
  void theTransientIsLeftOut() {
    Columns layout = new Columns(2, 0, false);
    List<TransportSeries.Run> still = new ArrayList<>();
    List<TransportSeries.Run> moved = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      still.add(walk(layout, stream(k), RECORDS, 64, 0));
      moved.add(walk(layout, stream(k), RECORDS, 64, 50));
    }
    Curve expected = of(layout, still).collective(2, 2);
    Curve found = of(layout, moved).collective(2, 2);
    for (int k = 0; k < expected.value().length; k++) {
      assertEquals(expected.value()[k], found.value()[k], 1e-9);
      assertEquals(expected.error()[k], found.error()[k], 1e-9);
    }
    assertEquals(192, of(layout, List.of(still.get(0))).seconds());
  }

  /** Records with few and with many windows of jumps, all of which have the same product. */
  @Test
  void recordsWithManyWindowsAreNoNoise() {
    Columns layout = new Columns(1, 0, false);
    RandomStream stream = stream(5);
    double[] time = new double[RECORDS + 1];
    double[] columns = new double[time.length * layout.columns()];
    for (int record = 1; record <= RECORDS; record++) {
      int now = record * layout.columns();
      time[record] = record;
      System.arraycopy(columns, now - layout.columns(), columns, now, layout.columns());
      double seen = 64 * (1 + stream.below(9));
      for (int level = 0; level < 4; level++) {
        columns[now + layout.level(level)] += seen / (1 << level);
        columns[now + layout.product(level, 1, 1)] += seen * 3;
      }
    }
    TransportSeries.Run run = new TransportSeries.Run(time, columns, 0);
    Curve curve = new TransportSeries(layout, new long[] {1, 99}, List.of(run)).collective(1, 1);
    for (int k = 0; k < 3; k++) {
      assertTrue(curve.value()[k] > 0);
      assertTrue(curve.error()[k] < 1e-9 * curve.value()[k]);
    }
  }

  private static Curve curve(double[]... windows) {
    return Curve.of(
        Arrays.stream(windows)
            .map(each -> new Curve.Point(each[0], each[1], each[2], new double[0]))
            .toList());
  }

  /** Half the variance of the mean of all longer windows is part of the error. */
  @Test
  void theErrorHoldsThatOfLongerWindows() {
    Curve all = curve(of(1, 5, 0.1), of(2, 5, 0.2), of(4, 5, 0.2), of(8, 5, 0.2), of(16, 5, 0.2));
    assertEquals(0, all.chosen());
    assertEquals(Math.sqrt(0.01 + 0.01 / 2), all.bestError(), 1e-12);
    assertTrue(all.plateau());
    Curve two = curve(of(1, 5, 0.1), of(2, 5, 0.4));
    assertEquals(Math.sqrt(0.01 + 0.16 / 2), two.bestError(), 1e-12);
    assertFalse(two.plateau());
    assertEquals(0.3, curve(of(1, 5, 0.3)).bestError());
  }

  private static double[] of(double window, double value, double error) {
    return new double[] {window, value, error};
  }

  /** Values that grow little by little, none far from the one before. */
  @Test
  void aSlowGrowthIsNoPlateau() {
    double[] value = {0.43, 0.45, 0.475, 0.5, 0.53, 0.57, 0.62, 0.71};
    double[] error = {0.02, 0.02, 0.02, 0.025, 0.03, 0.04, 0.06, 0.11};
    double[][] growing =
        IntStream.range(0, 8)
            .mapToObj(k -> of(1 << k, value[k], error[k]))
            .toArray(double[][]::new);
    assertTrue(curve(growing).chosen() > 1);
    double[][] flat =
        IntStream.range(0, 8).mapToObj(k -> of(1 << k, 0.5, error[k])).toArray(double[][]::new);
    assertEquals(0, curve(flat).chosen());
  }

  /** All L_ij are reported at one window, which is as long as the slowest of them needs. */
  @Test
  void eachElementIsJudgedByItsOwnError() {
    Columns layout = new Columns(2, 0, false);
    List<TransportSeries.Run> runs = new ArrayList<>();
    for (int k = 0; k < 40; k++) {
      TransportSeries.Run run = walk(layout, stream(300 + k), RECORDS, 0, 1);
      mean(run, layout);
      runs.add(run);
    }
    TransportSeries series = of(layout, runs);
    Curve[][] all = series.collective();
    assertTrue(all[2][2].chosen() >= 3, () -> "window of 8 records or more, as 22 needs");
    assertTrue(series.collective(1, 1).chosen() < 3);
    for (Curve[] row : all) {
      assertEquals(all[0][0].chosen(), row[1].chosen());
      double sum = Arrays.stream(row).mapToDouble(Curve::best).sum();
      assertEquals(0, sum, 1e-9 * Math.abs(all[0][0].best()));
    }
  }

  /** The second species also goes to and fro for some ten records, which is undone later. */
  private static void mean(TransportSeries.Run run, Columns layout) {
    double[] aside = new double[AXES];
    RandomStream stream = stream((int) (1000 + 1e6 * Math.abs(run.columns()[layout.columns()])));
    for (int record = 1; record < run.time().length; record++) {
      for (int axis = 0; axis < AXES; axis++) {
        aside[axis] = 0.9 * aside[axis] + 0.7 * stream.normal();
        run.columns()[record * layout.columns() + layout.sum(2) + axis] += aside[axis];
      }
    }
  }
}
