package org.latticelift.learn.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a comparison says, and that what says nothing is not taken for a success. */
class VerdictTest {
  @ParameterizedTest
  @CsvSource({
    "3.4, 1.39, 0.4, NaN, WIDE",
    "3.4, 1.39, 0.5, NaN, OK",
    "3.4, 1.39, NaN, NaN, OK",
    "3.4, 1.39, 0.4, 0.1, OK",
    "5.4, 1.39, 0.2, NaN, OVER",
    "3.4, NaN, 0.2, NaN, NONE"
  })
  void anIntervalOfEverythingSaysNothing(
      double value, double half, double deviation, double tolerance, Verdict expected) {
    Estimate predicted = new Estimate(value, half / 2.4, half);
    Estimate direct = new Estimate(3, 0.01, 0.02);
    Comparison compared = Comparison.of(predicted, direct, tolerance);
    assertThat(compared.within(predicted, 3 * deviation).verdict()).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void filesHaveTheNumberOfEach(Verdict verdict) {
    assertThat(Verdict.ofCode(verdict.code())).isEqualTo(verdict);
    assertThat(verdict.worse(Verdict.NONE)).isEqualTo(verdict);
    assertThat(verdict.worse(Verdict.OVER)).isEqualTo(Verdict.OVER);
  }

  @Test
  void whatSaysNothingIsWorseThanWhatAgrees() {
    assertThat(Verdict.OK.worse(Verdict.WIDE)).isEqualTo(Verdict.WIDE);
    assertThat(Verdict.of(Double.POSITIVE_INFINITY, 1)).isEqualTo(Verdict.OVER);
  }
}
