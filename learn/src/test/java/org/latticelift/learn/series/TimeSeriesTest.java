package org.latticelift.learn.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class TimeSeriesTest {
  private final TimeSeries uneven =
      new TimeSeries(new double[] {0, 1, 4}, new double[] {0, 5, 2, 5, 8, 5}, 2);

  @Test
  void interpolatesAndStopsAtTheEnds() {
    assertThat(uneven.at(2.5, 0)).isEqualTo(5);
    assertThat(uneven.at(1, 0)).isEqualTo(2);
    assertThat(uneven.at(-1, 0)).isEqualTo(0);
    assertThat(uneven.at(9, 0)).isEqualTo(8);
    assertThat(uneven.at(0.3, 1)).isEqualTo(5);
  }

  @Test
  void averagesAreWeightedByTime() {
    // x = 2 t everywhere: the average over a window is the value at its middle (DI-53)
    assertThat(uneven.binned(0, 4, 1, 0)[0]).isCloseTo(4, within(1e-12));
    assertThat(uneven.binned(0.5, 3.5, 3, 0))
        .containsExactly(new double[] {2, 4, 6}, within(1e-12));
    assertThat(uneven.binned(1, 4, 2, 1)).containsExactly(new double[] {5, 5}, within(1e-12));
  }

  @Test
  void binsAverageToTheWhole() {
    double[] time = new double[40];
    double[] value = new double[40];
    Arrays.setAll(time, i -> i + 0.3 * Math.sin(i));
    Arrays.setAll(value, i -> Math.cos(0.7 * i));
    TimeSeries series = new TimeSeries(time, value, 1);
    double whole = series.binned(3.3, 30.1, 1, 0)[0];
    double parts = Arrays.stream(series.binned(3.3, 30.1, 17, 0)).average().orElseThrow();
    assertThat(parts).isCloseTo(whole, within(1e-12));
  }

  @Test
  void refusesTimesThatDoNotIncrease() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TimeSeries(new double[] {0, 0}, new double[2], 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TimeSeries(new double[] {0, 1}, new double[3], 2));
  }
}
