package org.latticelift.sim.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latticelift.io.testing.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Duration.DurationSpec;

class DurationSpecTest {
  private final Condition hot = new Condition("T2000", "temperature_K", 2000);

  private static final TimeScales SCALES = new TimeScales(2e-10, 4e-7, 3e-7, 1e-8);

  private static DurationSpec read(String yaml) {
    return DurationSpec.fromConfig(ConfigNode.parse("d: " + yaml, "test.yaml").get("d"));
  }

  @Test
  void allFormsGiveSeconds() {
    assertThat(read("auto").time(hot, SCALES, 125))
        .isCloseTo(2.5e-8, org.assertj.core.data.Percentage.withPercentage(1e-9));
    assertThat(read("{auto: 2}").time(hot, SCALES, 125))
        .isCloseTo(5e-8, org.assertj.core.data.Percentage.withPercentage(1e-9));
    assertThat(read("{auto: 2}").isAuto()).isTrue();
    assertThat(read("{auto: 0.5}").estimatedEvents(hot, 125)).isEqualTo(62.5);
    assertThat(read("{time_s: 1}").estimatedEvents(hot, 125)).isEqualTo(125);
    assertThat(read("{events: 100}").time(hot, SCALES, 125)).isEqualTo(2e-8);
    assertThat(read("{mean_events: 100}").time(hot, SCALES, 125)).isEqualTo(2e-8);
    assertThat(read("{mean_events: 100}").isEvents()).isFalse();
    assertThat(read("{time_s: 3e-9}").time(hot, SCALES, 125)).isEqualTo(3e-9);
    assertThat(read("{events: {1000: 7, 2000: 5}}").value(hot)).isEqualTo(5);
  }

  /** At most what makes all pairs as expensive as the small runs, or that where nothing relaxed. */
  @Test
  void relaxationsAreThoseOfTheSmallRuns() {
    assertThat(read("{relaxations: 0.25}").time(hot, SCALES, 125)).isEqualTo(1e-7);
    assertThat(read("{relaxations: {2000: 0.5}}").time(hot, SCALES, 125)).isEqualTo(2e-7);
    assertThat(read("{relaxations: 0.7}").time(hot, SCALES, 125)).isEqualTo(0.7 * 4e-7);
    assertThat(read("{relaxations: 0.8}").time(hot, SCALES, 125)).isEqualTo(3e-7);
    assertThat(read("{relaxations: 5}").time(hot, SCALES, 125)).isEqualTo(3e-7);
    TimeScales unknown = new TimeScales(2e-10, Double.NaN, 3e-7, 1e-8);
    assertThat(read("{relaxations: 0.25}").time(hot, unknown, 125)).isEqualTo(3e-7);
    assertThat(read("{relaxations: 0.25}").time(hot, new TimeScales(1, 8, Double.NaN, 1), 125))
        .isEqualTo(2);
    assertThatThrownBy(() -> read("{relaxations: 1}").forbidRelaxations())
        .isInstanceOf(LatticeLiftException.class)
        .hasMessageContaining("test.yaml:1")
        .hasMessageNotContaining("or {relaxations");
    read("auto").forbidRelaxations();
  }

  @Test
  void aConditionWithoutEntryIsNamed() {
    assertFails(
        () -> read("{events: {1000: 7}}").value(hot), "temperature_K = 2000", "test.yaml:1");
  }

  @Test
  void aTimeHasTheUnitOfTheSystem() {
    read("{time_s: 1}").requireUnit("s");
    read("{time: 1}").requireUnit("1");
    read("{events: 1}").requireUnit("s");
    read("auto").requireUnit("1");
    assertFails(() -> read("{time: 1}").requireUnit("s"), "in seconds");
    assertFails(() -> read("{time_s: {2000: 1}}").requireUnit("1"), "has no unit");
  }

  @Test
  void anEntryOfNoConditionIsRefused() {
    read("{events: {2000: 7}}").requireAll(java.util.List.of(hot));
    assertFails(
        () -> read("{events: {2000: 7, 2000.5: 1}}").requireAll(java.util.List.of(hot)),
        "unknown key '2000.5'",
        "Did you mean '2000'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "soon",
        "{}",
        "{events: -1}",
        "{steps: 4}",
        "{events: 1, time_s: 2}",
        "[1]",
        "{time_s: 0}",
        "{events: {cold: 2}}",
        "{events: {}}",
        "{events: {1000: 2, 1e3: 3}}"
      })
  void anythingElseIsRefused(String yaml) {
    assertFails(() -> read(yaml));
  }
}
