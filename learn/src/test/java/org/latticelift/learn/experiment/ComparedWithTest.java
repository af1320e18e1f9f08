package org.latticelift.learn.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;

class ComparedWithTest {
  private static ExperimentConfig config(String variants) {
    ConfigNode node = ConfigNode.parse("{variants: " + variants + ", starts: {up: {}}}", "test");
    return Binder.bind(node, ExperimentConfig.class);
  }

  @Test
  void chainsEndAtAVariantThatNamesNone() {
    ExperimentConfig config =
        config("{a: {}, b: {compare_with: a, lattice.large: 8}, c: {compare_with: b}}");
    assertThat(config.comparedWith("a")).isEqualTo("a");
    assertThat(config.comparedWith("b")).isEqualTo("a");
    assertThat(config.comparedWith("c")).isEqualTo("a");
    assertThat(config.values("b", "quick").keys()).containsExactly("lattice.large");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{a: {}, b: {compare_with: d}}; no variant 'd'; one of [a]",
        "{a: {}, b: {compare_with: b}}; 'b' is compared with itself; one of [a]",
        "{a: {compare_with: c}, b: {compare_with: a}, c: {compare_with: b}}; circle: a, c, b, a;"
            + " ends",
        "{x: {compare_with: a}, a: {compare_with: b}, b: {compare_with: a}}; circle: x, a, b, a;"
            + " ends",
        "{truth: {}}; a name of direct runs; truth-SIZE",
        "{truth-8: {}}; a name of direct runs; truth-SIZE"
      })
  void mistakesSayWhatAndWhere(String variants, String what, String allowed) {
    assertFails(() -> config(variants), what, "variants", allowed);
  }
}
