package org.latticelift.io.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.io.output.Figure.Axis;
import org.latticelift.io.output.Figure.Plotter.Scale;

final class ScaleTest {

  @Test
  void linearTicksAreRoundNumbersInTheRange() {
    Scale scale = new Scale(List.of(new double[] {1000, Double.NaN, 3000}), false, 0, 0, 100);
    assertThat(scale.ticks(5).stream().map(Scale.Tick::label))
        .containsExactly("1000", "1500", "2000", "2500", "3000");
    assertThat(scale.pixel(2000)).isEqualTo(50);
  }

  @Test
  void smallStepsGetEnoughDecimals() {
    Scale scale = new Scale(List.of(new double[] {-0.02, 0.02}), false, 0, 100, 0);
    assertThat(scale.ticks(4).stream().map(Scale.Tick::label))
        .containsExactly("\u22120.02", "\u22120.01", "0.00", "0.01", "0.02");
  }

  @Test
  void decadesAreEquallyLong() {
    Scale scale = new Scale(List.of(new double[] {1e-6, 0, -1, 1e-2}), true, 0, 0, 400);
    assertThat(scale.pixel(1e-4)).isCloseTo(200, within(1e-9));
    assertThat(scale.ticks(5).stream().map(Scale.Tick::label).filter(l -> !l.isEmpty()))
        .containsExactly("1e\u22126", "1e\u22125", "1e\u22124", "0.001", "0.01");
  }

  /** Names of 21 decades would cover each other. */
  @Test
  void ofManyDecadesSomeAreNamed() {
    Scale scale = new Scale(List.of(new double[] {1e-12, 1e9}), true, 0, 0, 400);
    assertThat(scale.ticks(7)).hasSize(22);
    assertThat(scale.ticks(7).stream().map(Scale.Tick::label).filter(l -> !l.isEmpty()))
        .containsExactly(
            "1e\u221212", "1e\u22129", "1e\u22126", "0.001", "1", "1000", "1e6", "1e9");
  }

  @Test
  void narrowLogarithmicAxesHaveLabelsEnough() {
    Scale scale = new Scale(List.of(new double[] {0.041, 0.072}), true, 0, 0, 100);
    assertThat(scale.ticks(4).stream().map(Scale.Tick::label))
        .containsExactly("0.05", "0.06", "0.07");
    assertThat(scale.pixel(0.072)).isCloseTo(100, within(1e-9));
  }

  @Test
  void oneValueOrNoneStillHasARange() {
    Scale one = new Scale(List.of(new double[] {5, 5}), false, 0.05, 0, 100);
    assertThat(one.pixel(5)).isCloseTo(50, within(1e-9));
    Scale none = new Scale(List.of(new double[] {Double.NaN}), false, 0.05, 0, 100);
    assertThat(none.ticks(5)).isNotEmpty();
  }

  @Test
  void timesGetAUnitWithReadableNumbers() {
    assertThat(TimeScale.of(3e-7).unit()).isEqualTo("ns");
    assertThat(TimeScale.of(1e-5).unit()).isEqualTo("\u00b5s");
    assertThat(TimeScale.of(1.5).unit()).isEqualTo("ms");
    assertThat(TimeScale.of(1e-15).unit()).isEqualTo("ps");
    assertThat(TimeScale.of(1e-5).scaled(new double[] {5e-6})[0]).isCloseTo(5, within(1e-12));
    assertThat(Axis.ofParameter("temperature_K").label()).isEqualTo("temperature (K)");
  }
}
