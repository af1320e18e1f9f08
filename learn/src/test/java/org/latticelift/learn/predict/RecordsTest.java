package org.latticelift.learn.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.learn.predict.Records.Clocks;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.schedule.RealTime;
import org.latticelift.sim.schedule.Schedule;
import org.latticelift.sim.schedule.ScheduleSpec;
import org.latticelift.sim.schedule.Vacancies;

/** Where predictions are recorded, with the shipped model of an alloy. */
class RecordsTest {
  private static final SdeModel MODEL =
      ModelFile.read(Path.of("..", "configs", "trained", "alloy-compact.h5"));
  private static final Clocks SIMULATED = Clocks.of(Optional.empty(), MODEL.scaling().quantities());
  private static final Clocks REAL =
      Clocks.of(
          Optional.of(
              Binder.bind(
                  ConfigNode.parse("{formation_eV: 2.8, entropy_kB: 1.5, clock: real}", "test"),
                  Vacancies.class)),
          MODEL.scaling().quantities());

  private record Asked(ScheduleSpec schedule, Records records) {}

  private static Asked asked(String records, String schedule) {
    return Binder.bind(
        ConfigNode.parse("{schedule: " + schedule + ", records: " + records + "}", "test"),
        Asked.class);
  }

  private static RealTime.Records records(Clocks clocks, String records, String schedule) {
    Asked asked = asked(records, schedule);
    return asked
        .records()
        .of(asked.schedule().schedule("temperature_K", "s"), clocks, MODEL, false)
        .orElseThrow();
  }

  /** 1500 to 1000 K at 1 K/s. */
  @Test
  void aCoolingIsRecordedEveryTwoKelvin() {
    String cooling = "{quench: {from: 1500, to: 1000, rate: 1}}";
    RealTime.Records records = records(REAL, "auto", cooling);
    assertThat(records.value()).hasSize(251);
    for (int r = 0; r < records.value().length; r++) {
      assertThat(records.value()[r]).isCloseTo(1500 - 2 * r, within(1e-9));
      assertThat(records.real()[r]).isCloseTo(2 * r, within(1e-9));
    }
    assertThat(records.time()).isSorted().startsWith(0);
    // in simulated time, too, where seconds are shorter
    String fast = "{quench: {from: 1500, to: 1000, time_s: 1e-3}}";
    assertThat(records(SIMULATED, "auto", fast).value())
        .containsExactly(records.value(), within(1e-9));
  }

  /** A year at 1200 K: the first record long before the order has come, the last at the end. */
  @Test
  void aLongHoldIsRecordedByFactors() {
    RealTime.Records records = records(REAL, "auto", "{anneal: {at: 1200, time_s: 3.2e7}}");
    double[] real = records.real();
    double unit = MODEL.scaling().timeUnit(1200, false) * REAL.slowness(1200);
    assertThat(real[1]).isCloseTo(0.02 * unit, withPercentage(1e-6));
    assertThat(real[real.length - 1]).isEqualTo(3.2e7);
    double factor = real[2] / real[1];
    for (int r = 2; r < real.length; r++) {
      assertThat(real[r] / real[r - 1]).isCloseTo(factor, withPercentage(1e-6));
    }
    String three = "{anneal: {at: 1200, time_s: " + 3 * unit + "}}";
    double[] equal = records(REAL, "auto", three).real();
    assertThat(equal).hasSize(61);
    assertThat(equal[1]).isCloseTo(3 * unit / 60, withPercentage(1e-6));
  }

  /** Holds and changes have their records whatever their lengths are. */
  @Test
  void partsOfAScheduleHaveTheirOwn() {
    RealTime.Records records =
        records(
            REAL,
            "auto",
            "[{anneal: {at: 1100, time_s: 5}}, {quench: {to: 1000, time_s: 1e5}}, {ramp: {to: 1100,"
                + " time_s: 1}}]");
    assertThat(records.value()).hasSize(60 + 50 + 50 + 1);
    assertThat(records.real()[60]).isCloseTo(5, within(1e-6));
    assertThat(records.real()[110]).isCloseTo(100_005, within(1e-3));
    assertThat(records.value()[160]).isEqualTo(1100);
  }

  @Test
  void jumpsHaveTheValueAfterThem() {
    RealTime.Records records =
        records(
            SIMULATED,
            "auto",
            "[{anneal: {at: 2000, time_s: 1e-6}}, {anneal: {at: 1400, time_s: 1e-6}}]");
    assertThat(records.value()[59]).isEqualTo(2000);
    assertThat(records.value()[60]).isEqualTo(1400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{count: 11, spacing: condition}",
        "{count: 11, spacing: model_time}",
        "{count: 11, spacing: log_time}"
      })
  void theirSpacingCanBeChosen(String spacing) {
    String schedule = "{quench: {from: 2000, to: 1000, time_s: 1e-3}}";
    RealTime.Records records = records(SIMULATED, spacing, schedule);
    double[] time = records.time();
    assertThat(time).hasSize(11).startsWith(0).endsWith(1e-3);
    double[] coordinate =
        spacing.contains("log")
            ? Arrays.stream(time).skip(1).map(Math::log).toArray()
            : spacing.contains("model")
                ? Records.units(Schedule.slope(2000, 1000, 1e-3), time, MODEL, false)
                : records.value();
    double step = coordinate[1] - coordinate[0];
    assertThat(IntStream.range(1, coordinate.length))
        .allSatisfy(
            r ->
                assertThat(coordinate[r] - coordinate[r - 1])
                    .isCloseTo(step, withPercentage(spacing.contains("model") ? 2 : 1e-6)));
  }

  /** As before this key knew more than a number: their bits are those of earlier versions. */
  @Test
  void aNumberInSimulatedTimeIsOfEqualTimes() {
    Asked asked = asked("41", "{quench: {from: 2000, to: 1000, time_s: 1e-3}}");
    Schedule schedule = asked.schedule().schedule("temperature_K", "s");
    assertThat(asked.records().of(schedule, SIMULATED, MODEL, false)).isEmpty();
    assertThat(asked.records().equalTimes()).isEqualTo(41);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"auto", "41", "{count: 41, spacing: log_time}", "{spacing: condition}", "2"})
  void whatIsReadIsWritten(String text) {
    ConfigNode node = ConfigNode.parse("{records: " + text + "}", "test").get("records");
    assertThat(Records.fromConfig(node).toConfig()).isEqualTo(node);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1; 2 or more",
        "many; auto",
        "-3; auto",
        "2.5; auto",
        "{number: 4}; count, spacing",
        "{count: 4, spacing: even}; model_time",
        "{count: 0}; 2 or more"
      })
  void mistakesAreNamed(String text, String part) {
    assertThatThrownBy(() -> asked(text, "{anneal: {at: 1200, time_s: 1}}"))
        .hasMessageContaining("records")
        .hasMessageContaining(part);
  }
}
