package org.latticelift.sim.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.latticelift.io.testing.Failures.assertFails;

import org.junit.jupiter.api.Test;
import org.latticelift.io.error.ExitCode;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.simulate.RecordInterval.EventPilot;
import org.latticelift.sim.simulate.RecordInterval.RelaxationPilot;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Progression;

/** Pilot runs against processes whose pace and relaxation are known. */
class PilotTest {
  private static final Extent ONE = new Relaxing(1).small();

  private static RandomStream stream() {
    return new Streams(3).stream(Purpose.PILOT);
  }

  /** Exponential waits whose mean grows with the events that were made. */
  private static class Slowing implements Dynamics<long[]> {
    private final java.util.function.LongToDoubleFunction wait;
    private long made;

    Slowing(java.util.function.LongToDoubleFunction wait) {
      this.wait = wait;
    }

    @Override
    public long[] initial(Extent extent, RandomStream stream) {
      return new long[1];
    }

    @Override
    public Progression advance(long[] state, Duration duration, RandomStream stream) {
      double time = 0;
      for (long i = 0; i < (long) duration.value(); i++) {
        time -= Math.log(1 - stream.uniform()) * wait.applyAsDouble(state[0]++);
      }
      made = state[0];
      return new Progression((long) duration.value(), time);
    }

    @Override
    public double[] observe(long[] state) {
      return new double[] {state[0]};
    }
  }

  @Test
  void aSteadyPaceIsFoundSoon() {
    Slowing steady = new Slowing(event -> 2);
    double time = EventPilot.run(1e7, steady, ONE, stream()).timeOf(1e7);
    assertThat(time).isCloseTo(2e7, withPercentage(1));
    assertThat(steady.made).isLessThan(1_100_000);
  }

  /** Traps that are found late: until half a million events have passed, each takes longer. */
  @Test
  void aPaceThatChangesIsFollowedUntilItNoLongerDoes() {
    double slowing = 500_000;
    Slowing dynamics = new Slowing(event -> 1 + 4 * Math.min(1, event / slowing));
    double wanted = 8e6;
    double exact = 5 * wanted - 2 * slowing;
    assertThat(EventPilot.run(wanted, dynamics, ONE, stream()).timeOf(wanted))
        .isCloseTo(exact, withPercentage(2));
    assertThat(dynamics.made).isGreaterThan(2_000_000);
  }

  @Test
  void atMostAllEventsAreMade() {
    Slowing forEver = new Slowing(event -> 1 + event);
    double time = EventPilot.run(30_000, forEver, ONE, stream()).timeOf(30_000);
    assertThat(forEver.made).isEqualTo(30_000);
    assertThat(time).isCloseTo(30_000.0 * 30_000 / 2, withPercentage(3));

    assertThat(EventPilot.run(3, forEver, ONE, stream()).timeOf(3)).isPositive().isFinite();
    assertThat(EventPilot.run(0.3, forEver, ONE, stream()).timeOf(0.3)).isPositive().isFinite();
  }

  private static double relaxation(Dynamics<double[]> dynamics, long seed) {
    Condition condition = new Relaxing(1).conditions().get(0);
    return RelaxationPilot.relaxationTime(dynamics, ONE, condition, seed);
  }

  private static Dynamics<double[]> relaxing(double time) {
    Relaxing system = new Relaxing(time);
    return system.dynamics(system.conditions().get(0), 0);
  }

  /** From 5 deviations away the mean decays as exp(-t/tau); the square does so twice as fast. */
  @Test
  void aWayToGoIsTimed() {
    double sum = 0;
    for (long seed = 0; seed < 8; seed++) {
      double found = relaxation(relaxing(4000), seed);
      assertThat(found).isCloseTo(4000, withPercentage(60));
      sum += found / 8;
    }
    // a run deviates by 1 where the mean has 5 / e left: 4 runs find the time to 0.27 tau
    assertThat(sum).isEqualTo(4000, within(3 * 0.27 * 4000 / Math.sqrt(8)));
  }

  /** A start within the fluctuations tells nothing; late records have the correlation time tau. */
  @Test
  void fluctuationsAreTimedWhereNothingRelaxes() {
    Dynamics<double[]> inner = relaxing(300);
    double sum = 0;
    for (long seed = 0; seed < 8; seed++) {
      double found = relaxation(new Resting(inner), seed);
      assertThat(found).isBetween(100.0, 900.0);
      sum += found / 8;
    }
    assertThat(sum).isCloseTo(300, withPercentage(35));
  }

  /** As another dynamics, but from an equilibrium state. */
  private record Resting(Dynamics<double[]> inner) implements Dynamics<double[]> {
    @Override
    public double[] initial(Extent extent, RandomStream stream) {
      return new double[] {stream.normal()};
    }

    @Override
    public Progression advance(double[] state, Duration duration, RandomStream stream) {
      return inner.advance(state, duration, stream);
    }

    @Override
    public double[] observe(double[] state) {
      return inner.observe(state);
    }
  }

  /** A number that only grows has no relaxation time. */
  @Test
  void whatNeverRelaxesIsAnError() {
    Dynamics<long[]> growing =
        new Slowing(event -> 1) {
          @Override
          public Progression advance(long[] state, Duration duration, RandomStream stream) {
            state[0] += (long) duration.value();
            return new Progression((long) duration.value(), duration.value());
          }
        };
    Condition condition = new Relaxing(1).conditions().get(0);
    assertFails(
        ExitCode.BAD_DATA,
        () -> RelaxationPilot.relaxationTime(growing, ONE, condition, 1),
        "not equilibrated after",
        "1e8");
  }
}
