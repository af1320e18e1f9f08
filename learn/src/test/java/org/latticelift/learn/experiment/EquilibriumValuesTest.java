package org.latticelift.learn.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.learn.evaluate.Discrepancy.EmpiricalDistribution;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

class EquilibriumValuesTest {
  private static RandomStream stream(int task) {
    return new Streams(6).stream(Purpose.CHECK, 91, task);
  }

  private static EquilibriumValues of(double[]... rows) {
    return new EquilibriumValues(List.<double[][]>of(rows));
  }

  private static EquilibriumValues normals(int trajectories, int length, double mean, int task) {
    RandomStream stream = stream(task);
    double[][] rows = new double[trajectories][length];
    for (double[] row : rows) {
      Arrays.setAll(row, i -> mean + stream.normal());
    }
    return of(rows);
  }

  /** Moments of a normal law: U = 0. Six errors. */
  @Test
  void momentsOfNormalValues() {
    EquilibriumValues values = normals(200, 500, 0, 1);
    double abs = Math.sqrt(2 / Math.PI);
    assertThat(values.absMean(1).value()).isEqualTo(abs, within(6 * 0.603 / Math.sqrt(1e5)));
    assertThat(values.susceptibility(64, 2, 1).value())
        .isEqualTo(32 * (1 - 2 / Math.PI), within(0.5));
    assertThat(values.binder(1).value()).isEqualTo(0, within(6 * 2 / Math.sqrt(1e5)));
    double error = 0.603 / Math.sqrt(1e5);
    double half = (values.absMean(1).interval().upper() - values.absMean(1).interval().lower()) / 2;
    assertThat(half).isBetween(1.6 * error, 2.4 * error);
  }

  @Test
  void momentsOfTwoValues() {
    double[] row = {0.5, -0.5, -0.5, 0.5, 0.5};
    EquilibriumValues values = of(row, row.clone(), row.clone());
    assertThat(values.absMean(1).value()).isEqualTo(0.5);
    assertThat(values.susceptibility(100, 2, 1).value()).isZero();
    assertThat(values.binder(1).value()).isEqualTo(2 / 3.0, within(1e-12));
    assertThat(values.reversals(1).value()).isEqualTo(5000); // two in four steps
  }

  /** A zero in between is neither sign, and no zero is a change by itself. */
  @Test
  void zerosDoNotReverse() {
    assertThat(of(new double[] {1, 0, 1, 0, 0, -1, 0}).reversals(1).value())
        .isEqualTo(1e4 / 6, within(1e-9));
    assertThat(of(new double[] {0, 0, 0}).reversals(1).value()).isZero();
  }

  /** Neighbours of correlation r have different signs with probability arccos(r) / pi. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.9})
  void reversalsOfAnAutoregression(double r) {
    RandomStream stream = stream(2);
    double[][] rows = new double[100][2000];
    for (double[] row : rows) {
      row[0] = stream.normal();
      for (int i = 1; i < row.length; i++) {
        row[i] = r * row[i - 1] + Math.sqrt(1 - r * r) * stream.normal();
      }
    }
    Measured measured = of(rows).reversals(1);
    double expected = 1e4 * Math.acos(r) / Math.PI;
    double half = (measured.interval().upper() - measured.interval().lower()) / 2;
    assertThat(half).isBetween(1e-4 * expected, 0.05 * expected);
    assertThat(measured.value()).isEqualTo(expected, within(2.5 * half));
  }

  /** Values of a trajectory hang together: trajectories count, not values. */
  @Test
  void trajectoriesAreResampledAsWholes() {
    RandomStream stream = stream(3);
    double[][] rows = new double[400][50];
    for (double[] row : rows) {
      Arrays.fill(row, 3 + stream.normal());
    }
    Measured mean = of(rows).absMean(1);
    double half = (mean.interval().upper() - mean.interval().lower()) / 2;
    assertThat(half).isBetween(0.8 * 1.96 / 20, 1.2 * 1.96 / 20);
  }

  @Test
  void onlyTheSecondHalfCounts() {
    double[] time = {0, 1, 2, 3, 4};
    double[] run = {100, 7, 100, 7, 1, 9, -1, 9, 1, 9};
    Curves curves = new Curves(time, 2, new double[][] {run});
    EquilibriumValues late = EquilibriumValues.of(List.of(curves), 0);
    assertThat(late.pooled()).containsExactly(1, -1, 1);
    assertThat(EquilibriumValues.of(List.of(curves), 1).absMean(1).value()).isEqualTo(9);
  }

  @Test
  void nothingIsNotANumber() {
    EquilibriumValues none = new EquilibriumValues(List.<double[][]>of(new double[0][]));
    assertThat(none.absMean(1).value()).isNaN();
    assertThat(none.binder(1).value()).isNaN();
    assertThat(none.reversals(1).value()).isNaN();
    LateDistance distance = new LateDistance(none, normals(4, 4, 0, 4));
    assertThat(distance.measured(EmpiricalDistribution::kolmogorovSmirnov, 1).value()).isNaN();
  }

  private static Measured ks(EquilibriumValues one, EquilibriumValues other) {
    return new LateDistance(one, other).measured(EmpiricalDistribution::kolmogorovSmirnov, 1);
  }

  /** Shifted normal laws, and the floor of equal ones. */
  @Test
  void distancesKnowTheirErrors() {
    EquilibriumValues truth = normals(40, 200, 0, 5);
    Measured far = ks(normals(60, 200, 0.5, 6), truth);
    assertThat(far.value()).isEqualTo(0.1974, within(0.03));
    assertThat(far.interval().lower()).isLessThan(0.1974);
    assertThat(far.interval().upper()).isBetween(0.1974, 0.26);
    Measured way =
        new LateDistance(normals(60, 200, 0.5, 6), truth)
            .measured(EmpiricalDistribution::wasserstein, 1);
    assertThat(way.value()).isEqualTo(0.5, within(0.06));
    assertThat(way.interval().lower()).isLessThan(0.5);
    assertThat(way.interval().upper()).isBetween(0.5, 0.6);
    Measured floor =
        LateDistance.ofHalves(truth).measured(EmpiricalDistribution::kolmogorovSmirnov, 1);
    assertThat(floor.value()).isBetween(0.002, 0.05);
  }

  /** Trajectories that never change are as many as there are trajectories. */
  @Test
  void distancesOfFewTrajectoriesAreUncertain() {
    RandomStream stream = stream(7);
    IntToDoubleFunction draw = i -> stream.normal();
    double[][] few = new double[20][300];
    for (int run = 0; run < few.length; run++) {
      Arrays.fill(few[run], draw.applyAsDouble(run));
    }
    Measured distance = ks(of(few), normals(40, 200, 0, 8));
    double half = (distance.interval().upper() - distance.interval().lower()) / 2;
    assertThat(half).isBetween(0.05, 0.25);
    double[] one = new double[300];
    Arrays.fill(one, 2);
    assertThat(ks(of(one), of(one)).value()).isZero();
  }

  /** x' = a x + noise forgets as a^k: 1/2 + sum is (1 + a) / (2 (1 - a)). Four errors. */
  @Test
  void memoryOfAnAutoregression() {
    double a = 0.9;
    RandomStream stream = stream(9);
    double[][] rows = new double[40][2000];
    for (double[] row : rows) {
      double x = 0;
      for (int i = 0; i < row.length; i++) {
        x = a * x + Math.sqrt(1 - a * a) * stream.normal();
        row[i] = 10 + x; // positive, so its absolute value is itself
      }
    }
    Measured time = of(rows).correlationTime(0.5);
    double half = (time.interval().upper() - time.interval().lower()) / 2;
    double exact = 0.5 * (1 + a) / (2 * (1 - a));
    assertThat(time.value()).isEqualTo(exact, within(2 * half));
    // In theory 1.96 sqrt(2 (2 W + 1) / N) of it with a window W of six times the memory: 0.11.
    assertThat(half).isBetween(0.06 * exact, 0.18 * exact);
    double[] signs = new double[rows[0].length];
    Arrays.setAll(signs, i -> i % 2 == 0 ? 1 : -1);
    double[][] turned = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    for (double[] row : turned) {
      Arrays.setAll(row, i -> row[i] * signs[i]);
    }
    assertThat(of(turned).correlationTime(0.5).value()).isEqualTo(time.value());
  }

  @Test
  void memoryLongerThanTheTrajectoriesIsUnknown() {
    double[] one = new double[50];
    double[] other = new double[50];
    Arrays.fill(one, 1);
    Arrays.fill(other, 2);
    assertThat(of(one, other).correlationTime(1).value()).isNaN();
    assertThat(of(one).correlationTime(1).interval().lower()).isNaN();
  }
}
