package org.latticelift.sim.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;

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

  /** The plain furnace: in the last hundreds of kelvins nothing moves any more. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{quench: {from: 1500, to: 600, time_s: 3600}}",
        "[{anneal: {at: 1500, time_s: 3600}}, {quench: {to: 400, time_s: 7}}, {anneal: {at: 350,"
            + " time_s: 1}}]",
        "[{quench: {from: 1500, to: 500, time_s: 10}}, {ramp: {to: 1400, time_s: 20}}]",
        "[{anneal: {at: 300, time_s: 1}}, {anneal: {at: 1500, time_s: 3600}}, {anneal: {at: 300,"
            + " time_s: 1}}]"
      })
  void partsWithoutSimulatedTimeAreJoined(String yaml) {
    RealTime time = time("{formation_eV: 3.0}");
    Schedule real = schedule(yaml);
    Schedule simulated = time.simulated(real);
    double before = 0;
    for (Segment segment : simulated.segments()) {
      assertThat(segment.start()).isEqualTo(before);
      assertThat(segment.end()).isGreaterThan(before);
      before = segment.end();
    }
    double expected = sum(real, real.length(), kelvin -> 1 / time.ratio(kelvin));
    assertThat(simulated.length()).isCloseTo(expected, withPercentage(0.05));
    assertThat(simulated.start()).isEqualTo(real.start());
    assertThat(simulated.lowest()).isEqualTo(real.lowest());
    assertThat(simulated.value(simulated.length())).isEqualTo(real.value(real.length()));
    double[] end = time.times(simulated, new double[] {simulated.length()});
    assertThat(end[0]).isEqualTo(real.length());
  }

  /** An anneal keeps its temperature, whatever is joined to its end. */
  @Test
  void whatIsJoinedLeavesThePartBefore() {
    RealTime time = time("{formation_eV: 3.0}");
    Schedule simulated =
        time.simulated(
            schedule("[{anneal: {at: 1500, time_s: 3600}}, {quench: {to: 300, time_s: 1e-9}}]"));
    double length = simulated.length();
    assertThat(simulated.value(0.999999 * length)).isEqualTo(1500);
    assertThat(simulated.value(length)).isEqualTo(300);
    assertThat(length).isCloseTo(3600 / time.ratio(1500), withPercentage(1e-9));
  }

  @Test
  void realEndsAreThoseThatWereWritten() {
    RealTime time = time("{formation_eV: 3.0, entropy_kB: 1.5}");
    Schedule simulated =
        time.simulated(
            schedule("[{anneal: {at: 2000, time_s: 1}}, {quench: {to: 1000, time_s: 3600}}]"));
    double one = simulated.segments().get(0).end();
    double[] at = time.times(simulated, new double[] {0, one, simulated.length()});
    assertThat(at).containsExactly(0, 1, 3601);
  }

  /** There and back, as far as the simulated time resolves the real one. */
  @Test
  void simulatedTimesOfRealOnesAreTheirInverse() {
    RealTime time = time("{formation_eV: 3.0}");
    Schedule written =
        schedule("[{anneal: {at: 1200, time_s: 60}}, {quench: {to: 1000, time_s: 9}}]");
    Schedule simulated = time.simulated(written);
    for (double real : new double[] {0, 1e-3, 30, 60, 64.5, 68.9, 69}) {
      double at = time.simulatedTime(simulated, real);
      assertThat(time.times(simulated, new double[] {at})[0]).isCloseTo(real, within(1e-6));
    }
    assertThat(time.simulatedTime(simulated, 69)).isEqualTo(simulated.length());
  }

  private static final String SINKS =
      "{formation_eV: 2.8, entropy_kB: 1.5, clock: real, mode: sinks, sinks: {strength_per_m2: %s,"
          + " D0_m2_per_s: 1e-5, Q_eV: 1.6}}";

  /** Simulated time of a schedule in real time by an integration of the law on its own. */
  private static double byTheLaw(Schedule real, double strength) {
    double k = 8.617333e-5;
    double t = 0;
    double c = Math.exp(1.5 - 2.8 / (k * real.start()));
    double sum = 0;
    while (t < real.length()) {
      double kelvin = real.value(t);
      double rate = strength * 1e-5 * Math.exp(-1.6 / (k * kelvin));
      double step = Math.min(Math.min(real.length() / 20_000, 0.02 / rate), real.length() - t);
      // the middle of the step, where the temperature is that of the middle
      double middle = real.value(t + step / 2);
      double equilibrium = Math.exp(1.5 - 2.8 / (k * middle));
      double own = strength * 1e-5 * Math.exp(-1.6 / (k * middle));
      double half = c - step / 2 * rate * (c - Math.exp(1.5 - 2.8 / (k * kelvin)));
      sum += half * step / SIMULATED;
      c -= step * own * (half - equilibrium);
      t += step;
    }
    return sum;
  }

  /** A quench, a hold after a jump, and heating; few sinks and many. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1e10; {quench: {from: 1500, to: 600, rate: 10}}",
        "1e12; {quench: {from: 1500, to: 600, rate: 10}}",
        "1e13; [{anneal: {at: 1500, time_s: 1}}, {anneal: {at: 1000, time_s: 500}}]",
        "1e11; {ramp: {from: 900, to: 1400, rate: 5}}"
      })
  void vacanciesReachTheirSinksByTheRateLaw(double strength, String text) {
    Schedule real = schedule(text);
    double expected = byTheLaw(real, strength);
    double found = time(SINKS.formatted(strength)).simulated(real).length();
    assertThat(found).isCloseTo(expected, withPercentage(0.1));
    double follows = time("{formation_eV: 2.8, entropy_kB: 1.5}").simulated(real).length();
    assertThat(Math.abs(found / follows - 1)).as("of equilibrium").isGreaterThan(0.002);
  }

  @Test
  void manySinksAreEquilibriumAndNoneIsQuenched() {
    Schedule real = schedule("{quench: {from: 1500, to: 600, rate: 10}}");
    RealTime follows = time("{formation_eV: 2.8, entropy_kB: 1.5, clock: real}");
    RealTime stays =
        time("{formation_eV: 2.8, entropy_kB: 1.5, clock: real, mode: quenched, freeze_K: 1500}");
    assertThat(time(SINKS.formatted("1e22")).simulated(real).length())
        .isCloseTo(follows.simulated(real).length(), withPercentage(0.02));
    assertThat(time(SINKS.formatted("0")).simulated(real)).isEqualTo(stays.simulated(real));
    Schedule hold = schedule("{anneal: {at: 1100, time_s: 3600}}");
    assertThat(time(SINKS.formatted("1e13")).simulated(hold)).isEqualTo(follows.simulated(hold));
    // heated without sinks there are as many as in equilibrium, and they stay
    Schedule up =
        schedule("[{ramp: {from: 900, to: 1400, rate: 5}}, {quench: {to: 900, rate: 5}}]");
    double none = time(SINKS.formatted("0")).simulated(up).length();
    double mirrored = follows.simulated(up).length();
    double cold = 100 * Math.exp(1.5 - 2.8 / (8.617333e-5 * 1400)) / SIMULATED;
    assertThat(none).isCloseTo(mirrored / 2 + cold, withPercentage(0.2));
  }

  /** A table that is straight, and species that are alike, are the same as two numbers. */
  @Test
  void freeEnergiesMayBeTabledAndBySpecies() {
    RealTime plain = time("{formation_eV: 2.8, entropy_kB: 1.5}");
    double k = 8.617333e-5;
    String table = "[[500, %s], [2000, %s]]".formatted(2.8 - 1.5 * k * 500, 2.8 - 1.5 * k * 2000);
    RealTime tabled = time("{table: " + table + "}");
    String one = "{share: 0.5, formation_eV: 2.8, entropy_kB: 1.5}";
    RealTime alike = time("{species: {Mo: " + one + ", Ta: " + one + "}}");
    String other = "{share: 0.5, formation_eV: 3.2, entropy_kB: 1.5}";
    RealTime unlike = time("{species: {Mo: " + one + ", Ta: " + other + "}}");
    for (double kelvin : new double[] {600, 1100, 1990}) {
      assertThat(tabled.ratio(kelvin)).isCloseTo(plain.ratio(kelvin), withPercentage(1e-6));
      assertThat(alike.ratio(kelvin)).isEqualTo(plain.ratio(kelvin));
      double expected = 2 / (1 + Math.exp(-0.4 / (k * kelvin)));
      assertThat(unlike.ratio(kelvin) / plain.ratio(kelvin))
          .isCloseTo(expected, withPercentage(1e-6));
    }
    assertThatThrownBy(() -> tabled.check(400, 1000)).hasMessageContaining("vacancies at 400");
    assertThat(tabled.sentence()).contains("G = 2.74 eV at 500 K", "0.100 eV more or less");
    assertThat(plain.sentence()).contains("a factor of 3.19 at 1000 K");
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
        "{formation_eV: 3, table: [[500, 2], [900, 3]]}; table",
        "{table: [[500, 2]]}; two rows",
        "{table: [[500, 2], [400, 3]]}; growing",
        "{table: [[500, 2], [600]]}; growing",
        "{species: {Mo: {share: 0.5, formation_eV: 2}}}; together 1",
        "{species: {Mo: {share: 1}}}; formation_eV",
        "{formation_eV: 3, species: {Mo: {share: 1, formation_eV: 3}}}; species",
        "{formation_eV: 3, mode: sinks, clock: real}; Add sinks",
        "{formation_eV: 3, sinks: {strength_per_m2: 1, D0_m2_per_s: 1, Q_eV: 1}}; mode to sinks",
        "{formation_eV: 3, mode: sinks, sinks: {strength_per_m2: 1, D0_m2_per_s: 1, Q_eV: 1}}; clock: real",
        "{formation_eV: 3, freeze_K: 900}; freeze_K",
        "{formation_eV: 3, clock: wall}; clock",
        "{formaton_eV: 3}; formation_eV"
      })
  void badVacanciesAreRefused(String yaml, String part) {
    assertFails(ExitCode.BAD_DATA, () -> vacancies(yaml), part);
  }

  @ParameterizedTest
  @CsvSource({"0.2, 0", "9, 0", "3, 40"})
  void vacanciesAreDilute(double formation, double entropy) {
    RealTime time = time("{formation_eV: " + formation + ", entropy_kB: " + entropy + "}");
    assertFails(() -> time.check(100, 2000), "concentration of vacancies");
  }
}
