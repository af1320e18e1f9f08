package org.latticelift.learn.predict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Test
  void anHourHasSixtyMinutesOfSixtySeconds() {
    assertThat(Hours.of(5400)).isEqualTo(1.5);
  }
}
