package org.latticelift.learn.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.evaluate.Bootstrap;
import org.latticelift.learn.sde.Resampling;

class LateOfModelsTest {
  private static final Resampling HALVES =
      new Resampling(new int[] {0, 1, 2}, Resampling.Unit.RUNS, 8);

  private static final Measured POOLED = Measured.whole(0.5, new Bootstrap.Interval(0.49, 0.51));

  private static double[][] rows(double... row) {
    return new double[][] {row};
  }

  /** Three models 0.2 apart whose trajectories fluctuate by 0.03: that is the deviation. */
  @Test
  void whatModelsLieApartIsNoFluctuation() {
    LateOfModels late =
        new LateOfModels(
            rows(0.3, 0.5, 0.7),
            rows(0.02, 0.03, 0.04),
            rows(0.001, 0.001, 0.001),
            rows(0.001, 0.001, 0.001),
            HALVES);
    Measured deviation = late.deviation(POOLED);
    assertThat(deviation.value()).isCloseTo(Math.sqrt((4 + 9 + 16) / 3e4), within(1e-12));
    Measured mean = late.mean(POOLED);
    assertThat(mean.value()).isEqualTo(0.5);
    double half =
        Uncertainty.of(new double[] {0.3, 0.5, 0.7}, new double[] {1e-3, 1e-3, 1e-3}, HALVES)
            .halfWidth();
    assertThat(half).isGreaterThan(0.5);
    assertThat(mean.interval().upper() - mean.value()).isCloseTo(half, within(1e-12));
    assertThat(mean.value() - mean.interval().lower()).isCloseTo(half, within(1e-12));
  }

  /** Two initial states on both sides of zero: their distance is part of the deviation. */
  @Test
  void initialStatesArePooled() {
    LateOfModels late =
        new LateOfModels(
            new double[][] {{0.4, 0.4}, {-0.4, -0.4}},
            new double[][] {{0.3, 0.3}, {0.3, 0.3}},
            new double[][] {{0.01, 0.01}, {0.01, 0.01}},
            new double[][] {{0.01, 0.01}, {0.01, 0.01}},
            new Resampling(new int[] {0, 1}, Resampling.Unit.RUNS, 8));
    assertThat(late.deviation(POOLED).value()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void withoutResamplesTheIntervalIsThatOfTheTrajectories() {
    LateOfModels late =
        new LateOfModels(rows(0.5), rows(0.03), rows(0.001), rows(0.001), Resampling.none(1));
    Measured mean = late.mean(POOLED);
    assertThat(mean.interval().lower()).isCloseTo(0.49, within(1e-12));
    assertThat(late.deviation(POOLED).value()).isCloseTo(0.03, within(1e-12));
  }

  /** A model whose trajectories have all diverged says nothing. */
  @Test
  void modelsThatDivergedAreLeftOut() {
    LateOfModels late =
        new LateOfModels(
            rows(0.5, Double.NaN, 0.6),
            rows(0.03, Double.NaN, 0.03),
            rows(0.001, Double.NaN, 0.001),
            rows(0.001, Double.NaN, 0.001),
            HALVES);
    assertThat(late.deviation(POOLED).value()).isCloseTo(0.03, within(1e-12));
    assertThat(late.mean(POOLED).interval().upper()).isFinite();
  }
}
