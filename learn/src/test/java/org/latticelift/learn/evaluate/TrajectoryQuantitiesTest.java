package org.latticelift.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.evaluate.ComponentResult.Stationarity;
import org.latticelift.learn.evaluate.MeasuredRelaxation.RelaxationTime;
import org.latticelift.learn.series.CommonTimes;
import org.latticelift.learn.series.TimeSeries;

/** Times of comparison, relaxation times (AL-130) and stationarity (DI-49). */
final class TrajectoryQuantitiesTest {

  @Test
  void aPredictionIsComparedAtTheTimesThatAllRunsCover() {
    TimeSeries up = curve(11, 1, t -> t);
    TimeSeries down = curve(4, 2, t -> -t);
    double[] grid = CommonTimes.of(curve(20, 1, t -> 0), List.of(up, down));
    assertThat(grid).containsExactly(0, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void anExponentialHasItsOwnRelaxationTime() {
    double tau = 3.7e-7;
    TimeSeries decay = curve(2001, 2e-9, t -> -0.35 * (1 - Math.exp(-t / tau)));
    assertThat(RelaxationTime.of(decay, 0, -0.35)).isCloseTo(tau, within(1e-10));
    assertThat(RelaxationTime.of(decay, 0, -0.9)).isNaN();
    assertThat(RelaxationTime.measurable(0, -0.35, 0.03)).isTrue();
    assertThat(RelaxationTime.measurable(0, -0.06, 0.03)).isFalse();
  }

  @Test
  void aSteadyRunIsStationaryAndADriftingOneIsNot() {
    double[] steady = Ar1.series(4000, 0.8, 0, 21);
    double[] drifting = steady.clone();
    Arrays.setAll(drifting, i -> steady[i] + i / 1000.0);
    Stationarity yes = Stationarity.of(List.of(steady), 0.0);
    Stationarity no = Stationarity.of(List.of(drifting), 0.0);
    assertThat(yes.stationary()).isTrue();
    assertThat(no.stationary()).isFalse();
    assertThat(no.drift() - yes.drift()).isCloseTo(2.0, within(1e-9));
    assertThat(no.error()).isCloseTo(yes.error(), within(1e-9));
    // correlation time (1 + phi) / (1 - phi) / 2 = 4.5 steps, halves of 2000
    assertThat(yes.error()).isCloseTo(2 * Math.sqrt(9 / 4000.0), within(0.02));
    assertThat(Stationarity.of(List.of(drifting), 3.0).stationary()).isTrue();
  }

  private static TimeSeries curve(int n, double step, DoubleUnaryOperator f) {
    double[] time = new double[n];
    Arrays.setAll(time, i -> i * step);
    return new TimeSeries(time, Arrays.stream(time).map(f).toArray(), 1);
  }
}
