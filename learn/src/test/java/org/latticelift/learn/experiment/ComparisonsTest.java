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
    Measured alone = Comparisons.late(List.of(one), 0, deviation, 1);
    Measured four = Comparisons.late(List.of(one, one, one, one), 0, deviation, 1);
    assertThat(four.value()).isEqualTo(alone.value(), within(1e-12));
    assertThat(four.interval().lower()).isEqualTo(alone.interval().lower(), within(1e-12));
    assertThat(four.interval().upper()).isEqualTo(alone.interval().upper(), within(1e-12));
    assertThat(alone.interval().upper()).isGreaterThan(alone.interval().lower() + 0.01);
  }

  /** Noise that has opposite effects on two starts leaves their mean alone. */
  @Test
  void trajectoriesOfOneNoiseAreResampledTogether() {
    Measured mean = Comparisons.late(List.of(noisy(1), noisy(-1)), 0, false, 1);
    assertThat(mean.interval().lower()).isEqualTo(0, within(1e-12));
    assertThat(mean.interval().upper()).isEqualTo(0, within(1e-12));
  }

  @Test
  void startsMayDifferInTheirTrajectories() {
    Curves fewer = curves(new double[] {0, 0, 7, 0, 9, 0});
    Curves more = curves(new double[] {0, 0, 1, 0, 1, 0}, new double[] {0, 0, 3, 0, 3, 0});
    assertThat(Comparisons.late(List.of(fewer, more), 0, false, 1).value()).isEqualTo(4);
  }

  private static Curves noisy(int sign) {
    RandomStream stream = new Streams(5).stream(Purpose.CHECK, 8);
    double[][] values = new double[12][6];
    for (double[] run : values) {
      Arrays.setAll(run, i -> sign * stream.normal());
    }
    return curves(values);
  }

  @Test
  void lateValuesAreThoseOfTheObservable() {
    Curves curves = curves(new double[] {0, 5, 7, 1, 9, 3}, new double[] {0, 5, 5, 1, 7, 7});
    assertThat(Comparisons.late(List.of(curves), 0, false, 1).value()).isEqualTo(7);
    assertThat(Comparisons.late(List.of(curves), 1, false, 1).value()).isEqualTo(3);
    assertThat(Comparisons.late(List.of(curves), 1, true, 1).value())
        .isEqualTo(Math.sqrt(6), within(1e-12));
  }

  /**
   * The mean goes as 1 - exp(-t / tau), with noise that cancels; a start at rest does not count.
   */
  @Test
  void relaxationTimesAreThoseOfStartsThatMove() {
    Curves first = decay(3, 1e-3);
    Curves second = decay(5, 1e-3);
    Curves resting = decay(1e9, 1e-3);
    List<Curves> truth = List.of(first, resting, second);
    boolean[] moving = Comparisons.moving(truth, 1);
    assertThat(moving).containsExactly(true, false, true);
    Measured time = Comparisons.relaxation(truth, 1, moving, 1);
    assertThat(time.value()).isEqualTo(4, within(0.02));
    assertThat(time.interval().lower()).isLessThan(time.value());
    assertThat(time.interval().upper()).isGreaterThan(time.value());
    assertThat(Comparisons.moving(List.of(decay(3, 3)), 1)).containsExactly(false);
    boolean[] none = {false, false, false};
    assertThat(Comparisons.relaxation(truth, 1, none, 1).value()).isNaN();
  }

  private static Curves decay(double tau, double noise) {
    double[] time = new double[400];
    Arrays.setAll(time, i -> i * 0.1);
    double[][] runs = new double[4][2 * time.length];
    for (int run = 0; run < runs.length; run++) {
      for (int i = 0; i < time.length; i++) {
        double sign = (run + i) % 2 == 0 ? noise : -noise;
        runs[run][2 * i + 1] = 1 - Math.exp(-time[i] / tau) + sign * (1 + run / 2);
      }
    }
    return new Curves(time, 2, runs);
  }
}
