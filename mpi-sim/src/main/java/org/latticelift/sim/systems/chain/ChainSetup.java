package org.latticelift.sim.systems.chain;

import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.DurationSpec;
import org.latticelift.sim.system.Role;
import org.latticelift.sim.system.StepLimit;
import org.latticelift.sim.system.Windows;

/**
 * Everything that is fixed for a chain beside the force. Immutable.
 *
 * @param lattice sizes and constants
 * @param upsample where large states come from
 * @param relax LocalRelax
 * @param evolve partial evolution
 */
record ChainSetup(
    LatticeConfig lattice, UpsampleConfig upsample, RelaxConfig relax, EvolveConfig evolve) {
  private static final double ROUNDING = 1e-6;

  /** An explicit step grows without bound beyond this product of step and rate. */
  private static final double MOST_PER_STEP = 1;

  long patches(int particles) {
    return particles / lattice.small();
  }

  Start start(Role role) {
    return role.choose(lattice.smallStart(), lattice.largeStart());
  }

  boolean simulatesStates() {
    return upsample.states() == LargeStates.SIMULATED;
  }

  /** States of runs of the large chain are taken after fewer steps than this. */
  long simulatedSteps() {
    return Math.max(1, Math.round(upsample.time() / lattice.step()));
  }

  ChainStep step(double force) {
    return new ChainStep(
        lattice.friction(), lattice.spring(), force, lattice.noise(), lattice.step());
  }

  /** Steps that a duration is; a time must be a whole number of them. */
  long steps(Duration duration, long patches) {
    if (duration.kind() == Duration.Kind.EVENTS) {
      return Math.max(1, Math.round(duration.value() / patches));
    }
    StepLimit.require(
        duration.value(),
        lattice.step(),
        "simulate.duration, direct.duration, relax.duration, evolve.duration");
    double steps = duration.value() / lattice.step();
    long whole = Math.round(steps);
    if (whole < 1 || Math.abs(steps - whole) > ROUNDING * whole) {
      throw LatticeLiftException.badData(
          "a time of " + duration.value() + " between records or of an evolution",
          "simulate.duration, direct.duration, relax.duration, evolve.duration",
          "a multiple of the time of a step, lattice.step = " + lattice.step(),
          "Choose duration / records as such a multiple");
    }
    return whole;
  }

  Duration evolution(Condition condition) {
    return duration(evolve.duration(), condition, 1);
  }

  Duration relaxation(Condition condition) {
    double steps = Math.ceil(1 / (lattice.friction() * lattice.step()));
    return duration(relax.duration(), condition, (long) steps);
  }

  private static Duration duration(DurationSpec spec, Condition condition, long autoSteps) {
    if (spec.isAuto()) {
      return Duration.events(autoSteps);
    }
    return spec.isTime()
        ? Duration.time(spec.value(condition))
        : Duration.events(Math.round(spec.value(condition)));
  }

  /** Steps of a patch, an evolution being one unless it says otherwise. */
  double eventsPerSample(Condition condition) {
    double evolved = evolve.duration().estimatedEvents(condition, 1);
    long patches = patches(lattice.large());
    if (simulatesStates() && patches > 1) {
      return evolved + patches * simulatedSteps() / 2.0;
    }
    boolean relaxed = relax.windows() == Windows.OVERLAPPING && patches > 1;
    return evolved + (relaxed ? 2.0 * patches * steps(relaxation(condition), 1) : 0);
  }

  void check(List<Condition> conditions) {
    if (lattice.large() % lattice.small() != 0) {
      throw LatticeLiftException.badData(
          lattice.large() + " particles from " + lattice.small(),
          "lattice.large",
          "a multiple of lattice.small",
          "Change one of them");
    }
    double fastest = (lattice.friction() + 4 * lattice.spring()) / 2;
    if (lattice.step() * fastest > MOST_PER_STEP) {
      throw LatticeLiftException.badData(
          "a step of " + lattice.step(),
          "lattice.step",
          "at most " + MOST_PER_STEP / fastest + ", where the explicit step is stable",
          "Lower it, or friction and spring");
    }
    if (simulatesStates()) {
      StepLimit.require(upsample.time(), lattice.step(), "upsample.time");
    }
    evolve.duration().requireAll(conditions);
    evolve.duration().requireUnit("1");
    relax.duration().requireAll(conditions);
    relax.duration().requireUnit("1");
    conditions.forEach(condition -> steps(evolution(condition), 1));
    conditions.forEach(condition -> steps(relaxation(condition), 1));
  }
}
