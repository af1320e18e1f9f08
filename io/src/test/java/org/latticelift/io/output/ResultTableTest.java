package org.latticelift.io.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tables of text, as a reader sees them. */
class ResultTableTest {
  private static final ResultTable TABLE =
      new ResultTable("name", "value", "never", "sometimes")
          .row("a", "1.25", "-", "-")
          .row("bcd", "-10.00", "-", "2");

  @Test
  void wordsStandLeftAndNumbersRight() {
    assertThat(TABLE.lines())
        .containsExactly(
            "name   value  never  sometimes",
            "------------------------------",
            "a       1.25      -          -",
            "bcd   -10.00      -          2");
  }

  @Test
  void columnsInWhichNothingIsKnownAreLeftOut() {
    ResultTable known = TABLE.known();
    assertThat(known.headers()).containsExactly("name", "value", "sometimes");
    assertThat(known.rows().get(0)).containsExactly("a", "1.25", "-");
    assertThat(known.known().headers()).isEqualTo(known.headers());
  }
}
