package org.latticelift.learn.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.experiment.Measured.FitResult;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** Where curves of several sizes cross. */
class BinderScanTest {
  private static final double CRITICAL = 900;

  /**
   * Chains of two values of one size with a known cumulant: with probability p the order is 1,
   * otherwise 0, so the cumulant is 1 - 1/(3 p), and all sizes have the same p at 900.
   */
  private static double[][] chains(int size, double condition, RandomStream stream) {
    double p = 0.8 - 0.002 * size * (condition - CRITICAL) / 40;
    return IntStream.range(0, 16)
        .mapToObj(
            chain ->
                IntStream.range(0, 4000).mapToDouble(i -> stream.uniform() < p ? 1 : 0).toArray())
        .toArray(double[][]::new);
  }

  private static BinderScan scan(int... sizes) {
    RandomStream stream = new Streams(3).stream(Purpose.CHECK);
    BinderScan scan = new BinderScan(1);
    for (int size : sizes) {
      for (double condition : new double[] {820, 860, 900, 940, 980}) {
        scan.add(size, condition, chains(size, condition, stream));
      }
    }
    return scan;
  }

  @Test
  void neighboursCrossAndTheSmallestWithTheLargest() {
    List<FitResult> found = scan(8, 12, 16).crossings();
    assertThat(found)
        .extracting(FitResult::series)
        .containsExactly(
            "size-8-12", "size-8-12", "size-12-16", "size-12-16", "size-8-16", "size-8-16");
    FitResult far = found.get(4);
    assertThat(far.name()).isEqualTo("crossing");
    assertThat(far.measured().interval().lower()).isLessThan(CRITICAL);
    assertThat(far.measured().interval().upper()).isGreaterThan(CRITICAL);
    assertThat(width(far)).isLessThan(width(found.get(0))).isLessThan(width(found.get(2)));
    // 1 - 1/(3 p) at p = 0.8
    assertThat(found.get(5).measured().interval().lower()).isLessThan(1 - 1 / 2.4);
    assertThat(found.get(5).measured().interval().upper()).isGreaterThan(1 - 1 / 2.4);
  }

  private static double width(FitResult found) {
    return found.measured().interval().upper() - found.measured().interval().lower();
  }

  @Test
  void twoSizesCrossOnce() {
    assertThat(scan(8, 16).crossings()).hasSize(2);
  }
}
