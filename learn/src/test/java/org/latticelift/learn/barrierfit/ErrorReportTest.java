package org.latticelift.learn.barrierfit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorReportTest {
  private static final ErrorMeasure SMALL = new ErrorMeasure(8, 0.01, 0.008, 0.02);
  private static final ErrorMeasure LARGE = new ErrorMeasure(16, 0.03, 0.02, 0.1);

  @Test
  void severalCategoriesHaveARowEach() {
    ErrorReport report = new ErrorReport(LARGE, List.of("dilute", "random"), List.of(SMALL, LARGE));
    assertThat(report.toText().lines())
        .hasSize(4)
        .anyMatch(line -> line.matches("dilute +8 +0\\.0100 +0\\.0080 +0\\.0200"))
        .anyMatch(line -> line.matches("all +16 +0\\.0300 +0\\.0200 +0\\.1000"));
  }

  @Test
  void aTableWithoutCategoriesHasOneRow() {
    ErrorReport report = new ErrorReport(SMALL, List.of("all"), List.of(SMALL));
    assertThat(report.toText().lines()).hasSize(2);
  }
}
