package org.latticelift.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.judgement.Coverage;
import org.latticelift.learn.judgement.IntervalCheck;
import org.latticelift.learn.judgement.Verdict;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** Exponentials to -0.6 of relaxation time 1, direct runs with noise about them. */
class PathComparisonTest {
  private static final double LATE = -0.6;
  private static final double NOISE = 0.03;
  private static final int MODELS = 8;
  private static final long TRAJECTORIES = 50;
  private static final double[] TIMES = SyntheticRuns.times(241, 24);
  private static final Resampling HALVES =
      new Resampling(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, Resampling.Unit.RUNS, 8);

  private static List<TimeSeries> direct(int count, long task) {
    double[] late = SyntheticRuns.late(2000);
    late[3] = LATE;
    return SyntheticRuns.runs(count, late, 1, NOISE, TIMES, task).stream()
        .map(run -> new TimeSeries(TIMES, run.column(3), 1))
        .toList();
  }

  /** Models that relax in the given times to the given late mean. */
  private static Prediction prediction(double[] tau, double late) {
    List<TimeSeries> means = new ArrayList<>();
    List<TimeSeries> deviations = new ArrayList<>();
    double[] mean = new double[TIMES.length];
    double[] half = new double[TIMES.length];
    double[] flat = new double[TIMES.length];
    Arrays.fill(flat, NOISE);
    double own = NOISE / Math.sqrt(TRAJECTORIES);
    for (double each : tau) {
      double[] curve = Arrays.stream(TIMES).map(t -> late * (1 - Math.exp(-t / each))).toArray();
      means.add(new TimeSeries(TIMES, curve, 1));
      deviations.add(new TimeSeries(TIMES, flat, 1));
      Arrays.setAll(mean, i -> mean[i] + curve[i] / tau.length);
    }
    double[] noise = new double[tau.length];
    Arrays.fill(noise, own);
    for (int i = 0; i < half.length; i++) {
      int at = i;
      double[] values = means.stream().mapToDouble(m -> m.value(at, 0)).toArray();
      half[i] = Uncertainty.of(values, noise, HALVES).halfWidth();
    }
    double[][] lates = new double[tau.length][];
    double[][] ones = new double[tau.length][];
    double[][] errors = new double[tau.length][];
    for (int k = 0; k < tau.length; k++) {
      lates[k] = new double[] {late};
      ones[k] = new double[] {NOISE};
      errors[k] = new double[] {own / 3};
    }
    return new Prediction(
        "T2000",
        2000,
        new TimeSeries(TIMES, mean, 1),
        new TimeSeries(TIMES, flat, 1),
        new TimeSeries(TIMES, half, 1),
        new Prediction.ModelCurves(means, deviations, TRAJECTORIES),
        new Prediction.LateValues(lates, ones, errors, errors),
        HALVES,
        List.of(),
        false);
  }

  private static double[] times(double tau, double spread, long task) {
    RandomStream stream = new Streams(9).stream(Purpose.CHECK, task);
    double[] all = new double[MODELS];
    Arrays.setAll(all, k -> tau * (1 + spread * stream.normal()));
    return all;
  }

  private static PathComparison compare(Prediction prediction, int runs, long task) {
    return PathComparison.of(prediction, direct(runs, task), 0, LATE, NOISE, Double.NaN);
  }

  @Test
  void timesAreThoseOfAnExponential() {
    PathComparison path = compare(prediction(times(1, 0.02, 1), LATE), 32, 1);
    assertThat(path.half().predicted()).isEqualTo(Math.log(2), within(0.03));
    assertThat(path.half().direct()).isEqualTo(Math.log(2), within(0.04));
    assertThat(path.threeQuarters().direct()).isEqualTo(Math.log(4), within(0.1));
    assertThat(path.ninety().direct()).isEqualTo(Math.log(10), within(0.25));
    // noise of the mean of 32 runs and of 400 trajectories
    assertThat(path.floor())
        .isEqualTo(NOISE * Math.sqrt(1 / 32.0 + 1 / 400.0), within(0.2 * path.floor()));
    assertThat(path.distance()).isLessThan(path.allowed());
    assertThat(path.half().verdict()).isEqualTo(Verdict.OK);
  }

  /** Levels are those between the known start and the end, not those of the first records. */
  @Test
  void changesAreCountedFromTheKnownStart() {
    Prediction prediction = prediction(times(1, 0.02, 1), LATE);
    double first = 0.03; // by chance
    List<TimeSeries> runs =
        direct(4, 1).stream()
            .map(
                run -> {
                  double[] values = run.column(0).clone();
                  values[0] = first;
                  return new TimeSeries(TIMES, values, 1);
                })
            .toList();
    PathComparison known = PathComparison.of(prediction, runs, 0, LATE, NOISE, 0);
    assertThat(known.start()).isZero();
    assertThat(known.half().level()).isEqualTo(LATE / 2);
    assertThat(known.ninety().level()).isEqualTo(0.9 * LATE);
    assertThat(known.half().predicted()).isEqualTo(Math.log(2), within(0.03));
    PathComparison unknown = PathComparison.of(prediction, runs, 0, LATE, NOISE, Double.NaN);
    assertThat(unknown.start()).isEqualTo(first, within(1e-12));
    assertThat(PathComparison.of(prediction, 0, 0).start()).isZero();
    assertThat(PathComparison.of(prediction, runs, 0, LATE, NOISE, 0.7 * LATE).verdict())
        .isEqualTo(Verdict.NONE);
  }

  /** The late mean is right, the way is made in three quarters of the time. */
  @Test
  void aPathThatIsTooFastIsOverThoughItsEndIsRight() {
    PathComparison path = compare(prediction(times(0.75, 0.02, 2), LATE), 32, 2);
    assertThat(path.half().ratio()).isEqualTo(0.75, within(0.05));
    assertThat(path.ninety().ratio()).isEqualTo(0.75, within(0.08));
    assertThat(path.distance()).isGreaterThan(4 * path.floor());
    assertThat(path.verdict()).isEqualTo(Verdict.OVER);
  }

  /** An equation that relaxes as its small runs reproduces them, one that is slower does not. */
  @Test
  void theWayOfTheSmallRunsIsReproducedOrNot() {
    List<TimeSeries> small = direct(32, 5);
    Reproduction own = Reproduction.of(3, prediction(times(1, 0.02, 5), LATE), small).get(0);
    assertThat(own.verdict()).isEqualTo(Verdict.OK);
    assertThat(own.noise()).isEqualTo(3);
    Reproduction slow = Reproduction.of(3, prediction(times(1.4, 0.02, 6), LATE), small).get(0);
    assertThat(slow.verdict()).isEqualTo(Verdict.OVER);
    // Root mean square of the difference of both exponentials until twice ln 10.
    assertThat(slow.distance()).isEqualTo(0.0506, within(0.004));
  }

  /** The levels are those of the direct runs: 90 % of them is never reached from -0.5. */
  @Test
  void aLevelThatIsNeverReachedIsOver() {
    PathComparison path = compare(prediction(times(1, 0.02, 3), -0.5), 32, 3);
    assertThat(path.ninety().predicted()).isInfinite();
    assertThat(path.ninety().verdict()).isEqualTo(Verdict.OVER);
    assertThat(path.half().ratio()).isGreaterThan(1.1);
  }

  /** From another start there is another way: only late means can be compared. */
  @Test
  void aPredictionFromAnotherStartIsNotCompared() {
    PathComparison path =
        PathComparison.of(
            prediction(times(1, 0.02, 7), LATE),
            direct(16, 7).stream().map(PathComparisonTest::withoutItsBeginning).toList(),
            0,
            LATE,
            NOISE,
            Double.NaN);
    assertThat(path.verdict()).isEqualTo(Verdict.NONE);
    assertThat(path.half().predicted()).isNaN();
  }

  /** Times of equal parts of an exponential, the last where less than 2 % are left. */
  @Test
  void intervalsAreCheckedWhereFifthsOfTheWayAreMade() {
    Prediction prediction = prediction(times(1, 0.02, 4), LATE);
    List<IntervalCheck> checks =
        IntervalChecks.along(prediction, direct(32, 4), List.of("a"), new int[] {0});
    double[] times = checks.stream().mapToDouble(check -> check.time().orElseThrow()).toArray();
    double[] shares = {0.2, 0.4, 0.6, 0.8};
    for (int p = 0; p < shares.length; p++) {
      assertThat(times[p]).isEqualTo(-Math.log(1 - shares[p]), within(0.2));
    }
    assertThat(times).hasSize(5);
    assertThat(times[4]).isBetween(3.0, 6.0);
    double noise = NOISE / Math.sqrt(32);
    assertThat(checks.get(2).direct().error()).isEqualTo(noise, within(0.4 * noise));
  }

  /** Of 40 repetitions at five times each, of models that are right and of those that are not. */
  @Test
  void ofRightModelsNineteenOfTwentyIntervalsHoldAlongThePath() {
    assertThat(covered(1).probability()).isGreaterThan(0.01);
    assertThat(covered(1).rootMeanSquare()).isBetween(0.8, 1.25);
    assertThat(covered(0.9).probability()).isLessThan(1e-6);
  }

  private static Coverage covered(double tau) {
    List<List<IntervalCheck>> repeats = new ArrayList<>();
    for (int task = 100; task < 140; task++) {
      // all models of a repetition share the error of their mean with the interval's 1 + 1/J
      Prediction prediction = prediction(times(tau, 0.03, task), LATE);
      repeats.add(IntervalChecks.along(prediction, direct(16, task), List.of("a"), new int[] {0}));
    }
    return new Coverage(repeats);
  }

  /** Shifted to the time 0. */
  private static TimeSeries withoutItsBeginning(TimeSeries run) {
    int left = 20; // two relaxation times
    double[] values = Arrays.copyOfRange(run.column(0), left, TIMES.length);
    return new TimeSeries(Arrays.copyOf(TIMES, values.length), values, 1);
  }

  @Test
  void withoutDirectRunsOrIntervalsThereIsNoVerdict() {
    Prediction prediction = prediction(times(1, 0.02, 4), LATE);
    PathComparison alone = PathComparison.of(prediction, 0, Double.NaN);
    assertThat(alone.ninety().predicted()).isEqualTo(Math.log(10), within(0.1));
    assertThat(alone.ninety().direct()).isNaN();
    assertThat(alone.verdict()).isEqualTo(Verdict.NONE);
    assertThat(compare(prediction(new double[] {0.5}, LATE), 8, 5).verdict())
        .isEqualTo(Verdict.NONE);
    assertThat(compare(prediction, 1, 6).verdict()).isEqualTo(Verdict.NONE);
  }

  /**
   * Of 200 predictions by models that scatter by 6 % few are over, but some: first crossings of a
   * level near the end are noisy.
   */
  @Test
  void chanceIsSeldomOver() {
    int over = 0;
    for (int repeat = 0; repeat < 200; repeat++) {
      PathComparison path =
          compare(prediction(times(1, 0.06, 100 + repeat), LATE), 8, 100 + repeat);
      over += path.verdict() == Verdict.OVER ? 1 : 0;
    }
    assertThat(over).isBetween(1, 30);
  }
}
