package org.latticelift.sim.systems.spins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.schedule.Schedule;
import org.latticelift.sim.schedule.ScheduleSpec;
import org.latticelift.sim.schedule.ScheduledSystem;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemProvider;

/** Runs whose temperature changes against the master equation (EX-51). */
class ScheduledCurieWeissTest {
  private static final int SIDE = 4;
  private static final int SPINS = SIDE * SIDE;
  private static final int RUNS = 4000;
  private static final int RECORDS = 3;

  private static final LatticeSystem<?> SYSTEM = system();

  private static LatticeSystem<?> system() {
    ConfigNode root =
        ConfigNode.parse(
            "{system: curie-weiss, conditions: {temperature: [1]}, lattice: {small: 4, large: 8,"
                + " small_start: 1, large_start: 1, field: 0.1}}",
            "test");
    return SystemProvider.find(root.get("system")).create(root);
  }

  private static Schedule schedule(String yaml) {
    return ScheduleSpec.fromConfig(ConfigNode.parse(yaml, "test")).schedule("temperature", "1");
  }

  private static <S> double[][] moments(LatticeSystem<S> system, Schedule schedule) {
    return observed(new ScheduledSystem<>(system, schedule, RECORDS, 0.02));
  }

  private static <S> double[][] observed(LatticeSystem<S> scheduled) {
    Dynamics<S> dynamics = scheduled.dynamics(scheduled.conditions().get(0), 0);
    RandomStream stream = new Streams(2).stream(Purpose.DIRECT);
    double[][] moments = new double[RECORDS][2];
    for (int run = 0; run < RUNS; run++) {
      S state = dynamics.initial(scheduled.small(), stream);
      for (int r = 0; r < RECORDS; r++) {
        dynamics.advance(state, Duration.time(0), stream);
        double m = dynamics.observe(state)[0];
        moments[r][0] += m / RUNS;
        moments[r][1] += m * m / RUNS;
      }
    }
    return moments;
  }

  /** The law at the records, in steps of constant temperature. */
  private static double[][] exact(Schedule schedule, int steps) {
    double[] law = new double[SPINS + 1];
    law[SPINS] = 1;
    double step = schedule.length() / RECORDS / steps;
    double[][] moments = new double[RECORDS][2];
    for (int r = 0; r < RECORDS; r++) {
      for (int k = 0; k < steps; k++) {
        double temperature = schedule.value((r * steps + k + 0.5) * step);
        ExactCurieWeiss exact = new ExactCurieWeiss(SPINS, temperature, 0.1);
        double[] next = new double[SPINS + 1];
        for (int from = 0; from <= SPINS; from++) {
          double[] to = exact.after(from, step);
          for (int i = 0; i <= SPINS; i++) {
            next[i] += law[from] * to[i];
          }
        }
        law = next;
      }
      for (int i = 0; i <= SPINS; i++) {
        double m = (2.0 * i - SPINS) / SPINS;
        moments[r][0] += law[i] * m;
        moments[r][1] += law[i] * m * m;
      }
    }
    return moments;
  }

  /** A step within an interval, a slow and a fast ramp, and a cycle. */
  @Tag("law")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{anneal: {at: 3, time: 1}}, {anneal: {at: 0.6, time: 2}}]",
        "{ramp: {from: 3, to: 0.5, time: 3}}",
        "[{anneal: {at: 3, time: 1.1}}, {quench: {to: 0.5, time: 0.1}},"
            + " {anneal: {at: 0.5, time: 1.2}}]",
        "{cycle: {low: 0.5, high: 3, time: 1.2, count: 2}}"
      })
  void twoMomentsFollowTheMasterEquation(String yaml) {
    Schedule schedule = schedule(yaml);
    double[][] found = moments(SYSTEM, schedule);
    double[][] exact = exact(schedule, 60);
    for (int r = 0; r < RECORDS; r++) {
      // |m| and m^2 are at most 1
      double error = 4 * Math.sqrt((exact[r][1] - exact[r][0] * exact[r][0]) / RUNS);
      assertThat(found[r][0]).as("m, record " + r).isCloseTo(exact[r][0], within(error));
      assertThat(found[r][1])
          .as("m^2, record " + r)
          .isCloseTo(exact[r][1], within(4 * 0.5 / Math.sqrt(RUNS)));
    }
  }
}
