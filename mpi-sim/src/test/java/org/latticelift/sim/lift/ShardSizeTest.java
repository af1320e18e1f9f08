package org.latticelift.sim.lift;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.AutoNumber;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.lift.LiftConfig.ShardSize;

class ShardSizeTest {
  private static int size(String text, int samples) {
    return ShardSize.of(AutoNumber.fromConfig(ConfigNode.parse(text, "test.yaml")), samples);
  }

  /** Few expensive pairs keep sixteen threads busy, many cheap ones are not many files. */
  @ParameterizedTest
  @CsvSource({
    "auto, 1, 1",
    "auto, 17, 2",
    "auto, 500, 32",
    "auto, 7984, 499",
    "auto, 100000, 500",
    "70, 5, 70"
  })
  void dividesThePairsOfACondition(String text, int samples, int expected) {
    assertThat(size(text, samples)).isEqualTo(expected);
  }

  /** Sixteen parts, whose last is as small as it must be. */
  @Test
  void sixteenPartsAtMost() {
    for (int samples = 1; samples < 5000; samples++) {
      int size = size("auto", samples);
      assertThat((samples + size - 1) / size).isLessThanOrEqualTo(16);
    }
  }
}
