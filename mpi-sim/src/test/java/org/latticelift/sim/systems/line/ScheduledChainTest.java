package org.latticelift.sim.systems.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.schedule.ScheduleSpec;
import org.latticelift.sim.schedule.ScheduledSystem;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SystemProvider;

/** A force that jumps and then grows, against the closed equation of the mean (LC-02). */
class ScheduledChainTest {
  private static final int PARTICLES = 8;
  private static final double STEP = 0.01;
  private static final int RUNS = 400;
  private static final int RECORDS = 7;
  private static final double LENGTH = 2.8;

  /** 8, after 1.0 it is 40, from 1.9 on it falls. */
  private static double force(double time) {
    return time < 1 ? 8 : time < 1.9 ? 40 : 40 - (time - 1.9) / 0.9 * 39;
  }

  private static LatticeSystem<?> system() {
    ConfigNode root =
        ConfigNode.parse(
            "{system: linear-chain, conditions: {force: [8]}, lattice: {small: 8, large: 16}}",
            "test");
    return SystemProvider.find(root.get("system")).create(root);
  }

  private static <S> double[] means(LatticeSystem<S> system) {
    ConfigNode node =
        ConfigNode.parse(
            "[{anneal: {at: 8, time: 1}}, {anneal: {at: 40, time: 0.9}},"
                + " {ramp: {to: 1, time: 0.9}}]",
            "test");
    return observed(
        new ScheduledSystem<>(
            system, ScheduleSpec.fromConfig(node).schedule("force", "1"), RECORDS, 0.05));
  }

  private static <S> double[] observed(LatticeSystem<S> system) {
    Dynamics<S> dynamics = system.dynamics(system.conditions().get(0), 0);
    double[] means = new double[RECORDS + 1];
    for (int run = 0; run < RUNS; run++) {
      RandomStream stream = new Streams(4).stream(Purpose.DIRECT, run);
      S state = dynamics.initial(system.small(), stream);
      double time = 0;
      for (int r = 0; r <= RECORDS; r++) {
        means[r] += dynamics.observe(state)[0] / RUNS;
        if (r < RECORDS) {
          time += dynamics.advance(state, Duration.time(LENGTH / RECORDS), stream).time();
        }
      }
      assertThat(time).isCloseTo(LENGTH, within(1e-9));
    }
    return means;
  }

  /** Spring terms cancel, so dX = (F/n - X) dt + sigma / sqrt(n) dW, also in steps. */
  @Test
  void theMeanFollowsTheForce() {
    double[] means = means(system());
    double x = means[0];
    int steps = (int) Math.round(LENGTH / STEP);
    for (int k = 0; k < steps; k++) {
      x += STEP * (force((k + 0.5) * STEP) / PARTICLES - x);
      if ((k + 1) % (steps / RECORDS) == 0) {
        // sigma is 1; a single chain deviates by at most sqrt(1 / (2 n))
        double error = 4 * Math.sqrt(0.5 / PARTICLES / RUNS);
        assertThat(means[(k + 1) / (steps / RECORDS)]).isCloseTo(x, within(error));
      }
    }
  }
}
