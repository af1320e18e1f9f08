package org.latticelift.io.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvCellTest {
  @ParameterizedTest
  @ValueSource(doubles = {0.1, -3, 1e15, 1e300, Double.MIN_VALUE, 1 / 0.0})
  void numbersReadBackExactly(double value) {
    assertThat(CsvCell.number(CsvCell.of(value))).isEqualTo(value);
    assertThat(CsvCell.number(CsvCell.compact(value))).isEqualTo(value);
  }

  @Test
  void whatIsNotKnownIsEmpty() {
    assertThat(CsvCell.of(Double.NaN)).isEmpty();
    assertThat(CsvCell.compact(Double.NaN)).isEmpty();
    assertThat(CsvCell.number("")).isNaN();
  }

  @ParameterizedTest
  @CsvSource({"2000, 2000", "-1, -1", "0.5, 0.5", "1e15, 1.0E15", "Infinity, Infinity"})
  void wholeNumbersHaveNoDecimals(double value, String text) {
    assertThat(CsvCell.compact(value)).isEqualTo(text);
  }

  @Test
  void titlesNameTheUnitOfWhatHasOne() {
    assertThat(CsvCell.title("time", "s")).isEqualTo("time[s]");
    assertThat(CsvCell.title("time", "1")).isEqualTo("time");
  }
}
