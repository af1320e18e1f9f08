package org.latticelift.sim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/** Real times against the formula, added up in many small steps (EX-52). */
class RealTimeTest {
  private static final double SIMULATED = 1.0 / 1024;
  private static final double KT = 8.617333e-5;

  private static Vacancies vacancies(String yaml) {
    return Binder.bind(ConfigNode.parse(yaml, "test.yaml"), Vacancies.class);
  }

  private static RealTime time(String yaml) {
    return new RealTime(vacancies(yaml), SIMULATED);
  }

  private static Schedule schedule(String yaml) {
    return ScheduleSpec.fromConfig(ConfigNode.parse(yaml, "test")).schedule("temperature_K", "s");
  }

  private static double sum(Schedule schedule, double to, DoubleUnaryOperator of) {
    int steps = 400_000;
    double sum = 0;
    for (int k = 0; k < steps; k++) {
      sum += of.applyAsDouble(schedule.value((k + 0.5) * to / steps)) * to / steps;
    }
    return sum;
  }

  private static double slower(double kelvin) {
    return SIMULATED / Math.exp(1.5 - 3.0 / (KT * kelvin));
  }

  @Test
  void aConstantTemperatureIsSlowerByTheRatio() {
    RealTime time = time("{formation_eV: 3.0, entropy_kB: 1.5}");
    assertThat(time.ratio(1200)).isCloseTo(slower(1200), withPercentage(1e-9));
    // 3 eV at 1200 K: 29 kT, so some 1e9 slower
    assertThat(time.ratio(1200)).isBetween(8e8, 9e8);
    double[] real =
        time.times(schedule("{anneal: {at: 1200, time_s: 2}}"), new double[] {0, 0.5, 2});
    assertThat(real[0]).isZero();
    assertThat(real[1]).isCloseTo(0.5 * slower(1200), withPercentage(1e-9));
    assertThat(real[2]).isCloseTo(2 * slower(1200), withPercentage(1e-9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{quench: {from: 2000, to: 1000, time_s: 4}}",
        "{ramp: {from: 1000.3, to: 1001.9, time_s: 4}}",
        "[{anneal: {at: 1700, time_s: 1}}, {anneal: {at: 1100, time_s: 1}}, {ramp: {to: 1500,"
            + " time_s: 2}}]",
        "{cycle: {low: 1200, high: 1300, time_s: 1, count: 4}}"
      })
  void aScheduleIsTheIntegral(String yaml) {
    RealTime time = time("{formation_eV: 3.0, entropy_kB: 1.5}");
    Schedule schedule = schedule(yaml);
    double[] at = {0.7, 1, 2.5, 4};
    double[] real = time.times(schedule, at);
    for (int i = 0; i < at.length; i++) {
      double expected = sum(schedule, at[i], RealTimeTest::slower);
      assertThat(real[i]).as("at " + at[i]).isCloseTo(expected, withPercentage(0.01));
    }
  }

  /** There and back: an hour by the clock on the wall is an hour by the simulation's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{quench: {from: 2000, to: 1000, time_s: 3600}}",
        "[{anneal: {at: 1700, time_s: 100}}, {ramp: {to: 1500, time_s: 2000}}, {anneal: {at: 1300,"
            + " time_s: 1500}}]"
      })
  void aScheduleInRealTimeHasItsRealTimes(String yaml) {
    RealTime time = time("{formation_eV: 2.8}");
    Schedule real = schedule(yaml);
    Schedule simulated = time.simulated(real);
    double expected = sum(real, real.length(), kelvin -> 1 / time.ratio(kelvin));
    assertThat(simulated.length()).isCloseTo(expected, withPercentage(0.01));
    double[] ends = simulated.segments().stream().mapToDouble(Segment::end).toArray();
    double[] times = time.times(simulated, ends);
    assertThat(times[times.length - 1]).isCloseTo(real.length(), withPercentage(0.01));
    for (int i = 0; i < ends.length; i++) {
      double kelvin = simulated.segments().get(i).to();
      assertThat(real.value(0.9999 * times[i])).as("part " + i).isCloseTo(kelvin, within(0.2));
    }
  }

  @Test
  void quenchedVacanciesStayWhereTheyFreeze() {
    RealTime frozen = time("{formation_eV: 3, mode: quenched, freeze_K: 1400}");
    RealTime free = time("{formation_eV: 3}");
    assertThat(frozen.ratio(1600)).isEqualTo(free.ratio(1600));
    assertThat(frozen.ratio(900)).isEqualTo(free.ratio(1400)).isLessThan(free.ratio(900) / 1e4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; formation_eV",
        "{formation_eV: -1}; formation_eV",
        "{formation_eV: .nan}; finite",
        "{formation_eV: 3, entropy_kB: 900}; entropy_kB",
        "{formation_eV: 3, mode: frozen}; mode",
        "{formation_eV: 3, mode: quenched}; freeze_K",
        "{formation_eV: 3, freeze_K: 900}; freeze_K",
        "{formation_eV: 3, clock: wall}; clock",
        "{formaton_eV: 3}; formation_eV"
      })
  void badVacanciesAreRefused(String yaml, String part) {
    assertThatThrownBy(() -> vacancies(yaml))
        .isInstanceOfSatisfying(
            LatticeLiftException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA))
        .hasMessageContaining(part);
  }

  @ParameterizedTest
  @CsvSource({"0.2, 0", "9, 0", "3, 40"})
  void vacanciesAreDilute(double formation, double entropy) {
    RealTime time = time("{formation_eV: " + formation + ", entropy_kB: " + entropy + "}");
    assertThatThrownBy(() -> time.check(100, 2000))
        .isInstanceOf(LatticeLiftException.class)
        .hasMessageContaining("concentration of vacancies");
  }
}
