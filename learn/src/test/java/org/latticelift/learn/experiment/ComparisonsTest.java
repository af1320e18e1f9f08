package org.latticelift.learn.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

class ComparisonsTest {
  private static Curves curves(double[]... values) {
    return new Curves(new double[] {0, 1, 2}, 2, values);
  }

  /** The largest value of the mean curve, not the mean of largest values. */
  @Test
  void peaksAreThoseOfMeans() {
    Curves rising = curves(new double[] {0, 1, 0, 5, 0, 2}, new double[] {0, 1, 0, 1, 0, 6});
    Curves flat = curves(new double[] {9, 2, 9, 2, 9, 2}, new double[] {9, 2, 9, 2, 9, 2});
    Measured peak = Comparisons.peak(List.of(rising, flat), 1);
    assertThat(peak.cells()).containsExactly(new double[] {4, 2});
    assertThat(peak.value()).isEqualTo(3);
  }

  /** ME-89 of every initial state: 1/14 and 0. */
  @Test
  void errorsAreKeptByInitialState() {
    Curves truth = curves(new double[] {1, 0, 2, 0, 3, 0}, new double[] {1, 0, 2, 0, 3, 0});
    Curves off = curves(new double[] {1, 0, 2, 0, 4, 0}, new double[] {1, 0, 2, 0, 4, 0});
    Measured error = new Comparisons(List.of(off, truth), List.of(truth, truth), 1).error();
    assertThat(error.cells().get(0)).containsExactly(new double[] {1 / 14.0, 0}, within(1e-12));
    assertThat(error.value()).isEqualTo(1 / 28.0, within(1e-12));
  }

  /** Starts that share their noise say no more about it than one of them. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void startsThatShareNoiseDoNotNarrowLateValues(boolean deviation) {
    Curves one = noisy(1);
    Measured alone = Comparisons.late(List.of(one), deviation, 1);
    Measured four = Comparisons.late(List.of(one, one, one, one), deviation, 1);
    assertThat(four.value()).isEqualTo(alone.value(), within(1e-12));
    assertThat(four.interval().lower()).isEqualTo(alone.interval().lower(), within(1e-12));
    assertThat(four.interval().upper()).isEqualTo(alone.interval().upper(), within(1e-12));
    assertThat(alone.interval().upper()).isGreaterThan(alone.interval().lower() + 0.01);
  }

  /** Noise that has opposite effects on two starts leaves their mean alone. */
  @Test
  void trajectoriesOfOneNoiseAreResampledTogether() {
    Measured mean = Comparisons.late(List.of(noisy(1), noisy(-1)), false, 1);
    assertThat(mean.interval().lower()).isEqualTo(0, within(1e-12));
    assertThat(mean.interval().upper()).isEqualTo(0, within(1e-12));
  }

  @Test
  void startsMayDifferInTheirTrajectories() {
    Curves fewer = curves(new double[] {0, 0, 7, 0, 9, 0});
    Curves more = curves(new double[] {0, 0, 1, 0, 1, 0}, new double[] {0, 0, 3, 0, 3, 0});
    assertThat(Comparisons.late(List.of(fewer, more), false, 1).value()).isEqualTo(4);
  }

  private static Curves noisy(int sign) {
    RandomStream stream = new Streams(5).stream(Purpose.CHECK, 8);
    double[][] values = new double[12][6];
    for (double[] run : values) {
      Arrays.setAll(run, i -> sign * stream.normal());
    }
    return curves(values);
  }
}
