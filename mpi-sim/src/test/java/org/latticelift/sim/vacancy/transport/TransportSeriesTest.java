package org.latticelift.sim.vacancy.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.kmc.VacancySimulator;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.transport.Displacements.Columns;

/** Against what is known exactly of random walks of a vacancy (EX-60). */
@Tag("law")
class TransportSeriesTest {
  private static final int RECORDS = 400;
  private static final double RATE = 1e9;
  private static final double ERRORS = 4;

  /** What a box of N sites may differ by is of the order of 1/N. */
  private static final double SIZE = 3.0 / 1024;

  @Test
  void equalRatesHaveTheCorrelationFactorOfTheCrystal() {
    correlated(Crystal.bcc(), 8, 0.7272);
    correlated(Crystal.fcc(), 6, 0.7815);
  }

  private static void correlated(Crystal crystal, int cells, double expected) {
    Lattice lattice = RandomAlloy.of(crystal, cells, cells, cells, 2, 1, 7);
    TransportSeries series = run(lattice, 4_000_000, RATE, RATE);
    for (int code = 1; code <= 2; code++) {
      near(expected, factor(series, crystal, code), SIZE);
    }
    near(1, factor(series, crystal, 0), 0);
  }

  /**
   * Nothing moves but by exchange, so a vacancy of a dilute crystal walks as the sum of all does.
   */
  @Test
  void vacanciesAloneWalkAsTheirSum() {
    Lattice lattice = RandomAlloy.of(Crystal.bcc(), 8, 8, 8, 2, 3, 5);
    TransportSeries series = run(lattice, 2_000_000, RATE, RATE / 5);
    Curve sum = series.collective(0, 0).times(1.0 / 3);
    Curve single = series.tracer(0);
    double error = Math.hypot(sum.bestError(), single.bestError());
    assertEquals(sum.best(), single.best(), ERRORS * error + 0.01 * sum.best());
  }

  /** Sum over j of w_i/w_j L_ij = A c_v c_i w_i, A = z hop²/(6 volume of a site kT). */
  @Test
  void ratesOfTwoSpeciesObeyTheSumRule() {
    Crystal crystal = Crystal.bcc();
    Lattice lattice = RandomAlloy.of(crystal, 8, 8, 8, 2, 1, 11);
    double[] rates = {RATE, RATE / 10};
    TransportSeries series = run(lattice, 6_000_000, rates);
    Curve[][] all = series.collective();
    double hop = crystal.spec().hopLength();
    for (int i = 1; i <= 2; i++) {
      double sum = 0;
      double variance = 0;
      for (int j = 1; j <= 2; j++) {
        double weight = rates[i - 1] / rates[j - 1];
        sum += weight * all[i][j].best();
        variance += Math.pow(weight * all[i][j].bestError(), 2);
      }
      double share = (double) series.counts()[i] / lattice.sites();
      double exact = crystal.hopCount() * hop * hop / 6 * rates[i - 1] * share;
      assertEquals(exact, sum, ERRORS * Math.sqrt(variance) + 0.01 * exact);
      assertTrue(Math.sqrt(variance) < 0.06 * exact, () -> "too noisy to notice anything");
    }
  }

  /** Twenty repetitions: values differ by what their errors say (EX-32). */
  @Test
  void errorsAreThoseOfRepetitions() {
    int repetitions = 20;
    int quantities = 5;
    double[][] values = new double[quantities][repetitions];
    double[][] errors = new double[quantities][repetitions];
    for (int r = 0; r < repetitions; r++) {
      Lattice lattice = RandomAlloy.of(Crystal.bcc(), 6, 6, 6, 2, 1, 7);
      TransportSeries series = run(lattice, 300_000, r, RATE, RATE / 3);
      Curve[][] all = series.collective();
      Curve[] curves = {series.tracer(0), series.tracer(1), series.tracer(2), all[1][1], all[2][2]};
      for (int q = 0; q < quantities; q++) {
        values[q][r] = curves[q].best();
        errors[q][r] = curves[q].bestError();
      }
    }
    double squares = 0;
    int inside = 0;
    for (int q = 0; q < quantities; q++) {
      double mean = Arrays.stream(values[q]).average().orElseThrow();
      for (int r = 0; r < repetitions; r++) {
        double z = (values[q][r] - mean) / errors[q][r] / Math.sqrt(1 - 1.0 / repetitions);
        squares += z * z / quantities / repetitions;
        inside += Math.abs(z) < 2.09 ? 1 : 0;
      }
    }
    double rms = Math.sqrt(squares);
    assertTrue(rms > 0.8 && rms < 1.25, () -> "r.m.s. z " + rms);
    int within = inside;
    assertTrue(within >= 89, () -> within + " of 100 within 95 % intervals");
  }

  @Test
  void whatMovesOneWayMovesTheOther() {
    Lattice lattice = RandomAlloy.of(Crystal.fcc(), 5, 5, 5, 3, 2, 13);
    Curve[][] all = run(lattice, 200_000, RATE, RATE / 2, RATE / 4).collective();
    for (Curve[] row : all) {
      double sum = Arrays.stream(row).mapToDouble(Curve::best).sum();
      assertEquals(0, sum, 1e-9 * all[0][0].best());
    }
  }

  /** Squares that grow as 7 + 3 per window of jumps: what jumps back at once is in the 7 alone. */
  @Test
  void aCorrelatedStartDropsOut() {
    Columns layout = new Columns(1, 0, false);
    int records = 65;
    double[] time = new double[records];
    double[] columns = new double[records * layout.columns()];
    double step = Math.pow(2, Displacements.LEVELS / 2); // so that squares grow as fast
    RandomStream stream = new Streams(5).stream(Purpose.DIRECT, 2);
    for (int record = 0; record < records; record++) {
      int first = record * layout.columns();
      for (int axis = 0; axis < Displacements.AXES && record > 0; axis++) {
        int at = first + layout.sum(1) + axis;
        columns[at] = columns[at - layout.columns()] + step * stream.normal();
      }
      time[record] = record;
      for (int level = 0; level < Displacements.LEVELS; level++) {
        double seen = record * Math.pow(2, Displacements.LEVELS - level);
        columns[first + layout.level(level)] = seen;
        columns[first + layout.product(level, 1, 1)] = seen * (7 + 3 * Math.pow(2, level));
      }
    }
    TransportSeries series =
        new TransportSeries(
            layout, new long[] {1, 99}, List.of(new TransportSeries.Run(time, columns, 0)));
    Curve curve = series.collective(1, 1);
    double expected = 3 * Math.pow(2, Displacements.LEVELS) / 6;
    assertEquals(expected, curve.value()[0], 1e-9 * expected);
    assertEquals(expected, curve.best(), 1e-9 * expected);
  }

  /** Runs, each of its own pace: blocks of records within them see no difference. */
  @Test
  void runsThatDisagreeRaiseTheError() {
    Columns layout = new Columns(1, 0, false);
    int records = 257;
    int number = 64;
    RandomStream stream = new Streams(5).stream(Purpose.DIRECT, 1);
    List<TransportSeries.Run> runs = new ArrayList<>();
    double paces = 0;
    double squares = 0;
    for (int run = 0; run < number; run++) {
      double pace = 3 + stream.normal();
      paces += pace;
      squares += pace * pace;
      double[] time = new double[records];
      double[] columns = new double[records * layout.columns()];
      for (int record = 1; record < records; record++) {
        int first = record * layout.columns();
        time[record] = record;
        System.arraycopy(columns, first - layout.columns(), columns, first, layout.columns());
        for (int level = 0; level < Displacements.LEVELS; level++) {
          double windows = Math.pow(2, Displacements.LEVELS - level);
          columns[first + layout.level(level)] += windows;
          columns[first + layout.product(level, 1, 1)] +=
              windows * Math.pow(2, level) * (pace + 3 * stream.normal());
        }
      }
      runs.add(new TransportSeries.Run(time, columns, 0));
    }
    Curve curve = new TransportSeries(layout, new long[] {1, 99}, runs).collective(1, 1);
    double expected = Math.sqrt((squares - paces * paces / number) / (number - 1) / number);
    double scale = curve.value()[0] / (paces / number);
    assertTrue(curve.error()[0] > 0.9 * expected * scale);
  }

  /**
   * Vacancies that flicker make many short jumps, where others make few that lead on: windows of
   * more jumps than those few are of flickering ones alone, and tell nothing of all.
   */
  @Test
  void runsOfFewJumpsCountInLongWindows() {
    Columns layout = new Columns(1, 0, false);
    int records = 257;
    RandomStream stream = new Streams(5).stream(Purpose.DIRECT, 3);
    List<TransportSeries.Run> runs = new ArrayList<>();
    double expected = 0;
    for (int run = 0; run < 64; run++) {
      int windows = run % 2 == 0 ? 64 : 1; // of jumps per record
      double length = run % 2 == 0 ? 0.1 : 1;
      expected += windows * length * length / 64.0 / 6;
      double[] time = new double[records];
      double[] columns = new double[records * layout.columns()];
      double[] walk = new double[Displacements.AXES];
      double[][] begin = new double[Displacements.LEVELS][Displacements.AXES];
      for (int record = 1; record < records; record++) {
        int first = record * layout.columns();
        time[record] = record;
        System.arraycopy(columns, first - layout.columns(), columns, first, layout.columns());
        for (int window = 0; window < windows; window++) {
          int number = (record - 1) * windows + window + 1;
          for (int axis = 0; axis < walk.length; axis++) {
            walk[axis] += length * stream.normal() / Math.sqrt(walk.length);
          }
          for (int level = 0; level < begin.length && number % (1 << level) == 0; level++) {
            columns[first + layout.level(level)]++;
            for (int axis = 0; axis < walk.length; axis++) {
              columns[first + layout.product(level, 1, 1)] +=
                  Math.pow(walk[axis] - begin[level][axis], 2);
            }
            begin[level] = walk.clone();
          }
        }
        for (int axis = 0; axis < walk.length; axis++) {
          columns[first + layout.sum(1) + axis] = walk[axis];
        }
      }
      runs.add(new TransportSeries.Run(time, columns, 0));
    }
    Curve curve = new TransportSeries(layout, new long[] {1, 99}, runs).collective(1, 1);
    for (int k = 0; k < curve.window().length; k++) {
      assertEquals(expected, curve.value()[k], ERRORS * curve.error()[k]);
    }
    double longest = curve.window()[curve.window().length - 1];
    assertTrue(longest > 100, () -> "no windows of many records: " + longest);
  }

  @Test
  void aCurveThatDriftsHasNoPlateau() {
    double[][] falling = {{1, 1.0, 0.01}, {2, 0.9, 0.01}, {4, 0.8, 0.01}, {8, 0.7, 0.01}};
    Curve none = curve(falling);
    assertEquals(3, none.chosen());
    assertTrue(!none.plateau());
    double[][] levels = {{1, 1.0, 0.01}, {2, 0.9, 0.01}, {4, 0.89, 0.01}, {8, 0.9, 0.02}};
    Curve level = curve(levels);
    assertEquals(1, level.chosen());
    assertTrue(level.plateau());
    double[][] noise = {{1, 1.0, 0.1}, {2, 0.9, 0.2}, {4, 0.7, 0.3}};
    assertTrue(!curve(noise).plateau());
    double[][] still = {{1, 0, 0}, {2, 0, 0}, {4, 0, 0}};
    assertEquals(0, curve(still).best());
    assertTrue(Double.isNaN(Curve.of(List.of()).best()));
  }

  private static Curve curve(double[][] windows) {
    return Curve.of(
        Arrays.stream(windows)
            .map(each -> new Curve.Point(each[0], each[1], each[2], new double[0]))
            .toList());
  }

  private static double[] factor(TransportSeries series, Crystal crystal, int code) {
    double hop = crystal.spec().hopLength();
    Curve curve = series.tracer(code).times(6 / (hop * hop * series.jumpRate(code)));
    assertTrue(curve.plateau());
    return new double[] {curve.best(), curve.bestError()};
  }

  private static void near(double expected, double[] found, double beside) {
    assertTrue(found[1] < 0.01, () -> "too noisy to notice anything: " + found[1]);
    assertEquals(expected, found[0], ERRORS * found[1] + beside);
  }

  private static TransportSeries run(Lattice lattice, long jumps, double... rates) {
    return run(lattice, jumps, 1, rates);
  }

  private static TransportSeries run(Lattice lattice, long jumps, int task, double... rates) {
    VacancySimulator simulator =
        new VacancySimulator(lattice, new ConstantRates(lattice.crystal(), rates), 1000, null);
    long[] counts = Arrays.copyOf(lattice.counts(), rates.length + 1);
    Columns layout = new Columns(rates.length, 5, false);
    Displacements moved = new Displacements(layout, lattice, (int) counts[0]);
    simulator.observe(moved);
    simulator.activateAll();
    RandomStream stream = new Streams(3).stream(Purpose.DIRECT, task);
    simulator.runEvents(1000, Clock.MEAN, stream);
    double step = simulator.time() / 1000 * jumps / RECORDS;
    simulator.time(0);
    double[] time = new double[RECORDS + 1];
    double[] columns = new double[layout.columns() * time.length];
    for (int record = 0; record <= RECORDS; record++) {
      simulator.runUntil(record * step, stream);
      time[record] = simulator.time();
      System.arraycopy(
          moved.record(lattice), 0, columns, record * layout.columns(), layout.columns());
    }
    return new TransportSeries(layout, counts, List.of(new TransportSeries.Run(time, columns, 0)));
  }
}
