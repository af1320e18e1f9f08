package org.latticelift.sim.systems.chain;

import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.Role;
import org.latticelift.sim.system.StepLimit;
import org.latticelift.sim.system.Windows;
import org.latticelift.sim.systems.line.LineEvolution;
import org.latticelift.sim.systems.line.LineSetup;
import org.latticelift.sim.systems.line.TimeSteps;

/**
 * Everything that is fixed for a chain beside the force. Immutable.
 *
 * @param lattice sizes and constants
 * @param upsample where large states come from
 * @param relax LocalRelax
 * @param evolve partial evolution
 */
record ChainSetup(
    LatticeConfig lattice, UpsampleConfig upsample, RelaxConfig relax, EvolveConfig evolve)
    implements LineSetup {
  /** An explicit step grows without bound beyond this product of step and rate. */
  private static final double MOST_PER_STEP = 1;

  @Override
  public long patches(int particles) {
    return particles / lattice.small();
  }

  @Override
  public int small() {
    return lattice.small();
  }

  @Override
  public int large() {
    return lattice.large();
  }

  @Override
  public double timeStep() {
    return lattice.step();
  }

  @Override
  public Environment environment() {
    return evolve.environment();
  }

  /** Whether large states are made of small ones. */
  boolean enlarges() {
    return upsample.states() == LargeStates.ENLARGED && lattice.large() > lattice.small();
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

  /** Steps of the whole chain or of a part of it. */
  TimeSteps steps() {
    return new TimeSteps(
        lattice.step(), "simulate.duration, direct.duration, relax.duration, evolve.duration");
  }

  /** How patches evolve. */
  LineEvolution patchEvolution() {
    return new LineEvolution(lattice.small(), evolve.environment(), evolve.bufferSites(), steps());
  }

  @Override
  public Duration evolution(Condition condition) {
    return TimeSteps.duration(evolve.duration(), condition, 1);
  }

  Duration relaxation(Condition condition) {
    double steps = Math.ceil(1 / (lattice.friction() * lattice.step()));
    return TimeSteps.duration(relax.duration(), condition, (long) steps);
  }

  /** Steps of a patch, an evolution being one unless it says otherwise. */
  double eventsPerSample(Condition condition) {
    double evolved = evolve.duration().estimatedEvents(condition, 1);
    long patches = patches(lattice.large());
    if (simulatesStates() && patches > 1) {
      return evolved + patches * simulatedSteps() / 2.0;
    }
    boolean relaxed = relax.windows() == Windows.OVERLAPPING && patches > 1;
    double pass = 2.0 * patches * steps().of(relaxation(condition), 1);
    return evolved + (relaxed ? relax.passes() * pass : 0);
  }

  @Override
  public void check(List<Condition> conditions) {
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
    conditions.forEach(condition -> steps().of(evolution(condition), 1));
    conditions.forEach(condition -> steps().of(relaxation(condition), 1));
  }
}
