package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.sde.Baseline;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.train.PairSet.Split;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** The polynomial of the drift against drifts that are known. */
class BaselineFitTest {
  private static final double[] TEMPERATURES = {1000, 1400, 2000, 3000};
  private static final double[] UNITS = {2, 3, 4, 5};
  private static final SdeScaling SCALING =
      new SdeScaling(new double[] {0.5, -1}, new double[] {2, 0.25}, TEMPERATURES, UNITS);

  /** In scaled variables and time: of second order, its coefficients of second degree in 1/T. */
  private static double[] drift(double[] y, double kelvin) {
    double u = 1000 / kelvin;
    return new double[] {
      (1 - u) + (0.3 - 2 * u + u * u) * y[0] + 0.4 * y[0] * y[1],
      0.5 * u - y[1] + (u - 0.2) * y[0] * y[0] - 0.1 * u * u * y[1] * y[1]
    };
  }

  /** Pairs of one to four runs with noise of a variance per time. */
  private static PairSet pairs(int perCondition, double variance, long seed) {
    int n = perCondition * TEMPERATURES.length;
    double[] z0 = new double[2 * n];
    double[] z1 = new double[2 * n];
    double[] dt = new double[n];
    double[] runs = new double[n];
    int[] condition = new int[n];
    RandomStream stream = new Streams(seed).stream(Purpose.CHECK, 1);
    for (int k = 0; k < n; k++) {
      int c = k % TEMPERATURES.length;
      condition[k] = c;
      double time = 0.02 * (1 + stream.uniform());
      dt[k] = time * UNITS[c];
      runs[k] = 1 << stream.below(3);
      double[] y = {stream.normal(), stream.normal()};
      double[] mu = drift(y, TEMPERATURES[c]);
      for (int i = 0; i < 2; i++) {
        double noise = Math.sqrt(variance * time / runs[k]) * stream.normal();
        z0[2 * k + i] = SCALING.toPhysical(i, y[i]);
        z1[2 * k + i] = SCALING.toPhysical(i, y[i] + mu[i] * time + noise);
      }
    }
    long[] group = IntStream.range(0, n).mapToLong(k -> k / 4 % 2).toArray();
    double[] none = {};
    return new PairSet(2, z0, z1, none, none, dt, condition, TEMPERATURES, group, none, runs);
  }

  private static BaselineFit chosen(PairSet pairs) {
    int[] even = IntStream.range(0, pairs.count()).filter(k -> k / 4 % 2 == 0).toArray();
    int[] odd = IntStream.range(0, pairs.count()).filter(k -> k / 4 % 2 == 1).toArray();
    List<Split> splits = List.of(new Split(even, odd), new Split(odd, even));
    return BaselineFit.choose(Baseline.of(2, TEMPERATURES), SCALING, pairs, splits);
  }

  private static double rms(BaselineFit fit, PairSet fitted, PairSet at) {
    double[] made = fit.drift(fit.fit(fitted), at);
    double sum = 0;
    for (int k = 0; k < at.count(); k++) {
      double[] y = {SCALING.toScaled(0, at.z0()[2 * k]), SCALING.toScaled(1, at.z0()[2 * k + 1])};
      double[] mu = drift(y, TEMPERATURES[at.condition()[k]]);
      for (int i = 0; i < 2; i++) {
        sum += Math.pow(made[2 * k + i] - mu[i], 2);
      }
    }
    return Math.sqrt(sum / made.length);
  }

  @Test
  void aPolynomialDriftIsFoundExactlyWithoutNoise() {
    PairSet pairs = pairs(500, 0, 1);
    BaselineFit fit = chosen(pairs);
    assertThat(fit.ridge()).isEqualTo(1e-4);
    assertThat(rms(fit, pairs, pairs(100, 0, 2))).isLessThan(3e-4);
  }

  /**
   * With noise of variance s^2 per time, N pairs over times t leave a drift of p coefficients off
   * by s sqrt(p / (N t)) on average; a ridge may do better, and unequal runs count as they should.
   */
  @Test
  void noiseLeavesWhatLeastSquaresLeave() {
    PairSet pairs = pairs(5000, 0.5, 3);
    BaselineFit fit = chosen(pairs);
    double time = 0;
    for (int k = 0; k < pairs.count(); k++) {
      time += pairs.dt()[k] / UNITS[pairs.condition()[k]] * pairs.runs(k);
    }
    int terms = fit.baseline().terms(2).size() * (fit.baseline().powers() + 1);
    double expected = Math.sqrt(0.5 * terms / time);
    double found = rms(fit, pairs, pairs(500, 0, 4));
    assertThat(found).isBetween(0.5 * expected, 1.4 * expected);
  }

  @Test
  void muchNoiseWantsAStrongRidge() {
    assertThat(chosen(pairs(30, 50, 5)).ridge()).isGreaterThan(1e-3);
  }

  /** Coefficients of second degree in 1/T need no third, and say more than a first. */
  @Test
  void theDegreeIsChosenByConditionsThatAreLeftOut() {
    assertThat(chosen(pairs(5000, 0, 6)).baseline().powers()).isGreaterThanOrEqualTo(2);
    assertThat(Baseline.of(2, new double[] {1000}).powers()).isZero();
    assertThat(Baseline.of(2, new double[] {1000, 2000}).powers()).isEqualTo(1);
  }

  /** Of a drift that is the same everywhere, seen through noise. */
  @Test
  void eightConditionsHaveTheHighestDegreeWithoutAChoice() {
    assertThat(degree(7)).isLessThan(3);
    assertThat(degree(8)).isEqualTo(3);
  }

  private static int degree(int conditions) {
    double[] kelvin = IntStream.range(0, conditions).mapToDouble(c -> 1000 + 250 * c).toArray();
    double[] unit = IntStream.range(0, conditions).mapToDouble(c -> 1).toArray();
    int n = 100 * conditions;
    double[] before = new double[n];
    double[] after = new double[n];
    RandomStream stream = new Streams(8).stream(Purpose.CHECK, 1);
    for (int k = 0; k < n; k++) {
      before[k] = stream.normal();
      after[k] = before[k] - 0.1 * before[k] + 0.5 * stream.normal();
    }
    double[] dt = IntStream.range(0, n).mapToDouble(k -> 0.1).toArray();
    int[] condition = IntStream.range(0, n).map(k -> k % conditions).toArray();
    long[] group = IntStream.range(0, n).mapToLong(k -> k / conditions % 2).toArray();
    PairSet pairs = new PairSet(1, before, after, dt, condition, kelvin, group);
    int[] even = IntStream.range(0, n).filter(k -> group[k] == 0).toArray();
    int[] odd = IntStream.range(0, n).filter(k -> group[k] == 1).toArray();
    SdeScaling scaling = new SdeScaling(new double[] {0}, new double[] {1}, kelvin, unit);
    List<Split> splits = List.of(new Split(even, odd), new Split(odd, even));
    return BaselineFit.choose(Baseline.of(1, kelvin), scaling, pairs, splits).baseline().powers();
  }

  @Test
  void whatIsLeftOfTheIncrementsIsNoise() {
    PairSet pairs = pairs(500, 0, 7);
    BaselineFit fit = chosen(pairs);
    PairSet left = pairs.without(fit.increments(fit.fit(pairs), pairs));
    for (int k = 0; k < pairs.count(); k++) {
      assertThat(left.increment(k, 0)).isCloseTo(0, within(1e-4));
      assertThat(left.increment(k, 1)).isCloseTo(0, within(1e-4));
    }
  }

  /**
   * A drift of no order: of third order, fitted to pairs of which half are on their way from y = 3,
   * it must still vanish where the true one does, and be off by a share elsewhere.
   */
  @Test
  void whatThePolynomialCannotFollowDoesNotShiftTheEquilibrium() {
    int n = 4000;
    double[] z0 = new double[n];
    double[] z1 = new double[n];
    double[] dt = new double[n];
    RandomStream stream = new Streams(8).stream(Purpose.CHECK, 1);
    for (int k = 0; k < n; k++) {
      z0[k] = k % 2 == 0 ? 0.3 * stream.normal() : 3 * stream.uniform();
      dt[k] = 0.01;
      z1[k] = z0[k] - Math.expm1(z0[k]) * dt[k];
    }
    double[] none = {};
    double[] one = {1};
    SdeScaling identity = new SdeScaling(new double[1], one, one, one);
    PairSet pairs =
        new PairSet(1, z0, z1, none, none, dt, new int[n], one, new long[n], none, none);
    int[] all = IntStream.range(0, n).toArray();
    BaselineFit fit =
        BaselineFit.choose(Baseline.of(1, one), identity, pairs, List.of(new Split(all, all)));
    double[] drift = fit.drift(fit.fit(pairs), pairs);
    for (int k = 0; k < n; k++) {
      double off = Math.abs(drift[k] + Math.expm1(z0[k]));
      assertThat(off).isLessThan(Math.abs(z0[k]) < 0.05 ? 0.03 : 0.1 + 0.5 * Math.abs(drift[k]));
    }
  }

  @Test
  void termsOfThirdOrderAreThoseThatThereIsRoomFor() {
    assertThat(Baseline.of(1, TEMPERATURES).terms(1)).hasSize(4);
    assertThat(Baseline.of(3, TEMPERATURES).terms(3)).hasSize(20);
    assertThat(Baseline.of(6, TEMPERATURES).cubic()).isEqualTo(5);
    assertThat(Baseline.of(6, TEMPERATURES).terms(6)).hasSize(63);
    assertThat(Baseline.of(9, TEMPERATURES).terms(9)).hasSize(65);
  }
}
