package org.latticelift.io.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "-1.5e-3, -0.0015",
    "+.5, 0.5",
    "2., 2",
    "1E3, 1000",
    "-0, 0",
    "0007, 7",
    "NaN, NaN",
    "-Infinity, -Infinity"
  })
  void numbers(String text, double value) {
    assertThat(Double.doubleToRawLongBits(Decimal.parse(text)))
        .isEqualTo(Double.doubleToRawLongBits(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0x1p-3", "0.1f", "1d", "nan", "Inf", "", ".", "1e", " 1", "1 ", "1,5", "١"})
  void others(String text) {
    assertThatThrownBy(() -> Decimal.parse(text)).isInstanceOf(NumberFormatException.class);
  }
}
