package org.latticelift.learn.barrierfit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.barrierfit.ErrorReport.ErrorMeasure;
import org.latticelift.learn.judgement.Estimate;

class ErrorReportTest {
  private static final ErrorMeasure SMALL =
      new ErrorMeasure(8, new Estimate(0.01, Double.NaN, Double.NaN), 0.008, 0.02);
  private static final ErrorMeasure LARGE =
      new ErrorMeasure(16, new Estimate(0.03, 0.002, 0.004), 0.02, 0.1);

  @Test
  void severalCategoriesHaveARowEach() {
    ErrorReport report = new ErrorReport(LARGE, List.of("dilute", "random"), List.of(SMALL, LARGE));
    assertThat(report.toText().lines())
        .hasSize(4)
        .anyMatch(line -> line.matches("dilute +8 +0\\.0100 +- +0\\.0080 +0\\.0200"))
        .anyMatch(line -> line.matches("all +16 +0\\.0300 +0\\.0040 +0\\.0200 +0\\.1000"));
  }

  /** Two environments of eight hops, whose errors are 0.1 and 0.3 eV throughout. */
  @Test
  void theIntervalIsThatOfEnvironments() {
    ErrorMeasure.Sum sum = new ErrorMeasure.Sum();
    for (int hop = 0; hop < 16; hop++) {
      sum.add(hop / 8, hop < 8 ? 0.1 : -0.3);
    }
    ErrorMeasure error = sum.measure();
    assertThat(error.rmse()).isEqualTo(Math.sqrt(0.05), within(1e-12));
    assertThat(error.halfWidth()).isEqualTo(1.96 * 0.04 / (2 * Math.sqrt(0.05)), within(1e-12));
    ErrorMeasure.Sum one = new ErrorMeasure.Sum();
    one.add(0, 0.1);
    one.add(0, 0.2);
    assertThat(one.measure().halfWidth()).isNaN();
  }

  /** Of samples with known error the interval holds it as often as it says. */
  @Test
  void theIntervalHoldsNineteenTimesOutOfTwenty() {
    Random random = new Random(1);
    int held = 0;
    for (int sample = 0; sample < 1000; sample++) {
      ErrorMeasure.Sum sum = new ErrorMeasure.Sum();
      for (int environment = 0; environment < 100; environment++) {
        double common = random.nextGaussian();
        for (int hop = 0; hop < 1 + environment % 8; hop++) {
          sum.add(environment, 0.8 * common + 0.6 * random.nextGaussian());
        }
      }
      ErrorMeasure error = sum.measure();
      held += Math.abs(error.rmse() - 1) < error.halfWidth() ? 1 : 0;
    }
    assertThat(held).isBetween(900, 975);
  }

  @Test
  void aTableWithoutCategoriesHasOneRow() {
    ErrorReport report = new ErrorReport(SMALL, List.of("all"), List.of(SMALL));
    assertThat(report.toText().lines()).hasSize(2);
  }
}
