package org.latticelift.sim.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.sim.system.Condition;

class RunDurationTest {
  private static final Condition HOT = Condition.of("temperature_K", 2000);

  private static SimulateConfig read(String keys) {
    ConfigNode root = ConfigNode.parse("simulate: {" + keys + "}", "test.yaml");
    return Binder.bind(root.section("simulate"), SimulateConfig.class);
  }

  @Test
  void everyFormHasItsNumber() {
    RunDuration events = read("duration: {events: 7}").duration();
    RunDuration mean = read("duration: {mean_events: {2000: 8}}").duration();
    RunDuration time = read("duration: {time_s: 9}").duration();
    RunDuration relaxations = read("duration: {relaxations: {2000: 10}}").duration();
    assertThat(events.spec().isEvents()).isTrue();
    assertThat(mean.spec().isEvents()).isFalse();
    assertThat(events.events(HOT)).contains(7.0);
    assertThat(mean.events(HOT)).contains(8.0);
    assertThat(time.events(HOT)).isEmpty();
    assertThat(relaxations.events(HOT)).isEmpty();
    assertThat(time.value(HOT)).isEqualTo(9);
    assertThat(relaxations.value(HOT)).isEqualTo(10);
    for (RunDuration each : List.of(events, mean, time, relaxations)) {
      each.spec().requireAll(List.of(HOT));
      each.spec().requireUnit("s");
      assertThat(RunDuration.fromConfig(each.toConfig()).value(HOT)).isEqualTo(each.value(HOT));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "duration: auto",
        "duration: {relaxations: 0}",
        "duration: {relaxations: -8}",
        "duration: {relaxations: .inf}",
        "duration: {relaxations: .nan}",
        "duration: {relaxations: 8, events: 3}",
        "duration: {relaxation: 8}",
        "duration: {relaxations: 8}, sampling: events",
        "duration: {mean_events: 8}, sampling: events",
        "duration: {time_s: 8}, sampling: events"
      })
  void othersAreRefused(String keys) {
    assertFails(ExitCode.BAD_DATA, () -> read(keys), "test.yaml:1");
  }

  @Test
  void everyConditionNeedsANumber() {
    RunDuration cold = read("duration: {relaxations: {1000: 8}}").duration();
    assertFails(() -> cold.spec().requireAll(List.of(HOT)), "temperature_K = 2000");
  }
}
