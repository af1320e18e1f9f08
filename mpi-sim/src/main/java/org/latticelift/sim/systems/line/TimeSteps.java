package org.latticelift.sim.systems.line;

import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Duration.DurationSpec;
import org.latticelift.sim.system.Duration.StepLimit;
import org.latticelift.sim.system.Dynamics.Progression;
import org.latticelift.sim.system.Lifting.Environment;

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

  /**
   * How the patches of a line evolve (ME-13, ME-16, DI-03).
   *
   * @param patch sites of a patch
   * @param environment surroundings of an evolving patch
   * @param buffer sites on each side that move with it, where the environment is a buffer
   * @param steps of its evolution
   */
  public record LineEvolution(int patch, Environment environment, int buffer, TimeSteps steps) {
    /** The sites of a patch ({@code number}: 0 to K - 1). */
    ChainSegment segment(long number) {
      return ChainSegment.patch(patch, number);
    }

    ChainSegment moving(ChainSegment part, int sites) {
      return switch (environment) {
        case WHOLE -> ChainSegment.whole(sites);
        case BUFFER -> part.widened(buffer, sites);
        case GHOST, PERIODIC -> part;
      };
    }
  }
}
