package org.latticelift.sim.lift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.ConfigNode;

class ShardSizeTest {
  private static ShardSize size(String text) {
    return ShardSize.fromConfig(ConfigNode.parse(text, "test.yaml"));
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
    assertThat(size(text).of(samples)).isEqualTo(expected);
    assertThat(size(size(text).toConfig().text())).isEqualTo(size(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "1.5", "many", "[2]"})
  void refusesWhatIsNoNumberOfPairs(String text) {
    assertThatThrownBy(() -> size(text)).hasMessageContaining("auto or a number of pairs >= 1");
  }

  /** Sixteen parts, whose last is as small as it must be. */
  @Test
  void sixteenPartsAtMost() {
    for (int samples = 1; samples < 5000; samples++) {
      int size = size("auto").of(samples);
      assertThat((samples + size - 1) / size).isLessThanOrEqualTo(16);
    }
  }
}
