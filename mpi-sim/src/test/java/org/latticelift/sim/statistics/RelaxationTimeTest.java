package org.latticelift.sim.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** Against the linear relaxation of a known rate. */
class RelaxationTimeTest {
  private static final double TIME = 20;

  private static List<double[]> runs(int count, int length, double start, double noise) {
    double kept = Math.exp(-1 / TIME);
    RandomStream stream = new Streams(3).stream(Purpose.CHECK);
    return IntStream.range(0, count)
        .mapToObj(
            run -> {
              double[] values = new double[length];
              values[0] = start;
              for (int i = 1; i < length; i++) {
                values[i] =
                    kept * values[i - 1] + noise * Math.sqrt(1 - kept * kept) * stream.normal();
              }
              return values;
            })
        .toList();
  }

  @Test
  void aDistanceIsCoveredInTheRelaxationTime() {
    RelaxationTime exact = RelaxationTime.of(runs(1, 601, 5, 0));
    assertThat(exact.steps()).isCloseTo(TIME, within(0.01));
    assertThat(exact.resolved()).isTrue();
    // 64 runs know the mean at the crossing within 0.12 of 20 / e, so the time within 0.7
    assertThat(RelaxationTime.of(runs(64, 601, 20, 1)).steps()).isCloseTo(TIME, within(2.0));
  }

  @Test
  void withoutADistanceItIsTheCorrelation() {
    RelaxationTime time = RelaxationTime.of(runs(64, 2001, 0, 1));
    // 64 000 late values are 1600 independent ones: the error of the correlation is some 3 %
    assertThat(time.steps()).isCloseTo(TIME, within(0.1 * TIME));
    assertThat(time.resolved()).isTrue();
  }

  @Test
  void shortRunsGiveALowerBoundAndSaySo() {
    RelaxationTime time = RelaxationTime.of(runs(4, 31, 20, 0));
    assertThat(time.resolved()).isFalse();
    assertThat(time.steps()).isBetween(1.0, TIME);
    assertThat(RelaxationTime.of(List.of(new double[] {1})).steps()).isNaN();
  }
}
