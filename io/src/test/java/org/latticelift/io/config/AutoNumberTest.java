package org.latticelift.io.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Range;

/** Numbers that may be left to the program. */
class AutoNumberTest {
  record Work(
      @Default("auto") @Range(min = 1, max = 1000) @Doc("pieces; auto: from costs")
          AutoNumber parts) {}

  private static Work work(String yaml) {
    return Binder.bind(ConfigNode.parse(yaml, "work.yaml"), Work.class);
  }

  @ParameterizedTest
  @CsvSource({
    "{}, auto, 7",
    "{parts: auto}, auto, 7",
    "{parts: 12}, 12, 12",
    "{parts: 1e2}, 100, 100"
  })
  void autoLeavesTheNumberToItsReader(String yaml, String text, int number) {
    Work work = work(yaml);
    assertThat(work.parts().isAuto()).isEqualTo(text.equals("auto"));
    assertThat(work.parts().orElse(7)).isEqualTo(number);
    assertThat(Binder.resolve(work).get("parts").text()).isEqualTo(text);
    assertThat(Binder.bind(Binder.resolve(work), Work.class)).isEqualTo(work);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "1001"})
  void aNumberOutOfRangeIsRefusedWithWhatElseThereIs(String text) {
    assertFails(
        () -> work("{parts: " + text + "}"),
        "work.yaml:1 parts",
        "'" + text + "' is out of range",
        "auto, or at least 1 and at most 1000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "many", "[2]", "{a: 1}", "'12'", "99999999999", "-99999999999"})
  void whatIsNoWholeNumberIsRefused(String text) {
    assertFails(() -> work("{parts: " + text + "}"), "work.yaml:1 parts", "whole number");
  }

  @Test
  void theHelpSaysThatItMayBeLeftOut() {
    assertThat(Binder.keys(Work.class, Map.of()).get(0).kind())
        .isEqualTo("auto|integer at least 1 and at most 1000");
  }
}
