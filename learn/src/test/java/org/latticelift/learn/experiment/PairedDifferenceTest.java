package org.latticelift.learn.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.experiment.ExperimentTable.PairedDifference;
import org.latticelift.learn.judgement.Interval;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

class PairedDifferenceTest {
  /** What both variants share cancels: repeats and starts differ by far more than variants. */
  @Test
  void whatBothShareCancels() {
    RandomStream noise = new Streams(5).stream(Purpose.CHECK);
    List<double[]> one = new ArrayList<>();
    List<double[]> other = new ArrayList<>();
    for (int repeat = 0; repeat < 6; repeat++) {
      one.add(new double[8]);
      other.add(new double[8]);
      for (int start = 0; start < 8; start++) {
        double shared = 3 * repeat + start * start;
        one.get(repeat)[start] = shared + 0.1 * noise.normal();
        other.get(repeat)[start] = shared + 0.5 + 0.1 * noise.normal();
      }
    }
    PairedDifference difference = new PairedDifference(one, other);
    Interval interval = difference.interval(1);
    assertThat(difference.mean()).isEqualTo(-0.5, within(0.1)); // five standard errors
    assertThat(interval.lower()).isBetween(-0.6, -0.5);
    assertThat(interval.upper()).isBetween(-0.5, -0.4);
    assertThat(difference.interval(1)).isEqualTo(interval);
  }

  /** Central 90 % of the mean of ten numbers is 2 times 1.645 of its standard error. */
  @Test
  void ninetyPercentLieInside() {
    List<double[]> one = new ArrayList<>();
    List<double[]> zero = new ArrayList<>();
    for (int repeat = 0; repeat < 10; repeat++) {
      one.add(new double[] {repeat});
      zero.add(new double[1]);
    }
    Interval interval = new PairedDifference(one, zero).interval(2);
    double error = Math.sqrt(8.25 / 10); // population variance of 0 to 9
    assertThat(interval.upper() - interval.lower()).isEqualTo(2 * 1.645 * error, within(0.2));
  }

  @Test
  void repeatsKeepTheirCells() {
    Measured first = Measured.ofStarts(2, Interval.NONE, new double[] {1, 3});
    Measured second = Measured.ofStarts(4, Interval.NONE, new double[] {4, 4});
    Measured both = Measured.of(List.of(first, second));
    assertThat(both.value()).isEqualTo(3);
    assertThat(both.interval()).isEqualTo(new Interval(1, 5)); // two standard errors of 1
    assertThat(both.cells()).containsExactly(new double[] {1, 3}, new double[] {4, 4});
  }
}
