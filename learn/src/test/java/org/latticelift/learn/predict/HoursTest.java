package org.latticelift.learn.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.output.TimeScale;

class HoursTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "59, 59.0 s",
    "150, 2.50 min",
    "7200, 2.00 h",
    "12600, 3.50 h",
    "172800, 2.00 days",
    "63115200, 2.00 years",
    "4.7336e10, 1.50e+03 years"
  })
  void timesHaveTheLargestUnitOfWhichTheyAreTwo(double seconds, String text) {
    assertThat(Hours.text(seconds)).isEqualTo(text);
  }

  /** A simulated second is 100 of the crystal here. */
  @ParameterizedTest
  @CsvSource({"300, h, 0.0277777777777778", "1.5, min, 1.66666666666667", "1e-6, \u00b5s, 1e8"})
  void simulatedTimesAreDrawnInTheUnitOfTheCrystal(double longest, String unit, double drawn) {
    TimeScale scale = Hours.scale(longest, 100);
    assertThat(scale.unit()).isEqualTo(unit);
    assertThat(scale.scaled(new double[] {1})[0]).isCloseTo(drawn, withPercentage(1e-9));
  }

  @Test
  void anHourHasSixtyMinutesOfSixtySeconds() {
    assertThat(Hours.of(5400)).isEqualTo(1.5);
  }
}
