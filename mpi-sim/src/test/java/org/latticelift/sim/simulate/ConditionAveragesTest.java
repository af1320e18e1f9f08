package org.latticelift.sim.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.RunRecords.Trajectory;
import org.latticelift.sim.statistics.Criterion;

class ConditionAveragesTest {
  private static final int RUNS = 8;
  private static final int RECORDS = 400;
  private static final int TRIALS = 300;

  /** Noise of correlation time 5 and variance 1 about a path that depends on the share of time. */
  private static List<Trajectory> runs(long seed, DoubleUnaryOperator path) {
    double memory = Math.exp(-0.2);
    List<Trajectory> runs = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      RandomStream stream = new Streams(seed).stream(Purpose.CHECK, run);
      Trajectory records = new Trajectory(1);
      double noise = stream.normal();
      for (int i = 0; i < RECORDS; i++) {
        double mean = path.applyAsDouble((double) i / RECORDS);
        records.add(2.0 * i, 10L * i, new double[] {mean + noise});
        noise = memory * noise + Math.sqrt(1 - memory * memory) * stream.normal();
      }
      runs.add(records);
    }
    return runs;
  }

  private static double shareRelaxed(DoubleUnaryOperator path) {
    int relaxed = 0;
    for (long seed = 0; seed < TRIALS; seed++) {
      relaxed += ConditionAverages.of(runs(seed, path), RECORDS, 1).relaxed() ? 1 : 0;
    }
    return (double) relaxed / TRIALS;
  }

  @Test
  void stationaryRunsAreRelaxed() {
    double share = shareRelaxed(t -> 0);
    System.out.printf("stationary runs called relaxed: %.3f%n", share);
    assertThat(share).isGreaterThan(0.9);
  }

  @Test
  void runsThatRelaxEarlyAreRelaxed() {
    assertThat(shareRelaxed(t -> 10 * Math.exp(-30 * t))).isGreaterThan(0.9);
  }

  @Test
  void runsThatDriftAreNot() {
    double share = shareRelaxed(t -> 2 * t);
    System.out.printf("drifting runs called relaxed: %.3f%n", share);
    assertThat(share).isLessThan(0.05);
  }

  @Test
  void runsThatAreTrappedWhereTheyBeganAreNot() {
    List<Trajectory> trapped = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      int start = 3 * run;
      trapped.add(runs(run, t -> start).get(run));
    }
    ConditionAverages averages = ConditionAverages.of(trapped, RECORDS, 1);
    assertThat(averages.observables().get(0).mean().resolved()).isTrue();
    assertThat(averages.relaxed()).isFalse();
    assertThat(averages.observables().get(0).failed()).containsExactly(Criterion.MIXING);
  }

  @Test
  void theTransientIsLeftOutOfAverages() {
    ConditionAverages averages =
        ConditionAverages.of(runs(1, t -> 10 * Math.exp(-30 * t)), RECORDS, 1);
    // 10 exp(-30 t) is below a standard deviation after 31 records
    assertThat(averages.dropped()).isBetween(31, 200);
    assertThat(averages.lateRecords()).isEqualTo(8L * (RECORDS - averages.dropped()));
    assertThat(averages.observables().get(0).mean().mean())
        .isCloseTo(0, within(4 * averages.largestError()));
    assertThat(averages.timePerEvent()).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void everyFailureNamesItsCriterion() {
    assertThat(ConditionAverages.of(runs(1, t -> 0), RECORDS, 1).observables().get(0).failed())
        .isEmpty();
    List<Trajectory> late = runs(1, t -> t < 0.6 ? 20 : 0);
    assertThat(ConditionAverages.of(late, RECORDS, 1).observables().get(0).failed())
        .contains(Criterion.TRANSIENT);
    List<Trajectory> few = runs(1, t -> 0).subList(0, 2);
    assertThat(ConditionAverages.of(few, 20, 1).observables().get(0).failed())
        .contains(Criterion.BLOCKS);
    assertThat(Criterion.parse("mixing drift")).containsExactly(Criterion.DRIFT, Criterion.MIXING);
    assertThat(Criterion.parse("")).isEmpty();
  }

  @Test
  void oneRecordIsNotRelaxed() {
    ConditionAverages averages = ConditionAverages.of(runs(1, t -> 0), 1, 1);
    assertThat(averages.relaxed()).isFalse();
    assertThat(averages.observables().get(0).failed()).contains(Criterion.DRIFT);
    assertThat(averages.timePerEvent()).isNaN();
  }
}
