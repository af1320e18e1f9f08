package org.latticelift.sim.systems.line;

import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Duration.DurationSpec;
import org.latticelift.sim.system.Duration.StepLimit;
import org.latticelift.sim.system.Progression;

/**
 * Explicit steps of equal time. An event is a step of a patch, so a step of K patches is K events.
 *
 * @param step time of a step
 * @param keys of the configuration that have durations, for messages
 */
public record TimeSteps(double step, String keys) {
  private static final double ROUNDING = 1e-6;

  /**
   * Steps that a duration is.
   *
   * @param duration by events or by time; a time must be a whole number of steps
   * @param patches that step together
   * @return at least one
   * @throws LatticeLiftException (65) if the time is no such number
   */
  public long of(Duration duration, long patches) {
    if (duration.kind() == Duration.Kind.EVENTS) {
      return Math.max(1, Math.round(duration.value() / patches));
    }
    StepLimit.require(duration.value(), step, keys);
    double steps = duration.value() / step;
    long whole = Math.round(steps);
    if (whole < 1 || Math.abs(steps - whole) > ROUNDING * whole) {
      throw LatticeLiftException.badData(
          "a time of " + duration.value() + " between records or of an evolution",
          keys,
          "a multiple of the time of a step, lattice.step = " + step,
          "Choose duration / records as such a multiple");
    }
    return whole;
  }

  /**
   * What some steps are ({@code steps}: number of steps; {@code patches}: that stepped together);
   * events and time.
   */
  public Progression progression(long steps, long patches) {
    return new Progression(steps * patches, steps * step);
  }

  /**
   * A configured duration of one patch ({@code spec}: as configured; {@code autoSteps}: what {@code
   * auto} is), by events or by time.
   */
  public static Duration duration(DurationSpec spec, Condition condition, long autoSteps) {
    spec.forbidRelaxations();
    if (spec.isAuto()) {
      return Duration.events(Math.max(1, Math.round(spec.automatic(condition, autoSteps))));
    }
    return spec.isTime()
        ? Duration.time(spec.value(condition))
        : Duration.events(Math.round(spec.value(condition)));
  }
}
