package org.latticelift.sim.systems.predatorprey;

import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.GrowthFactors;
import org.latticelift.sim.system.Role;
import org.latticelift.sim.systems.line.LineEvolution;
import org.latticelift.sim.systems.line.LineSetup;
import org.latticelift.sim.systems.line.TimeSteps;

/**
 * Everything that is fixed beside the level of the noise. Immutable.
 *
 * @param lattice sizes, equations, initial states
 * @param evolve partial evolution
 */
record Setup(LatticeConfig lattice, EvolveConfig evolve) implements LineSetup {
  private static final double MOST_PER_STEP = 0.5;

  /** Patches that tile a system; a small one need not be whole patches, and is one then (DI-14). */
  @Override
  public long patches(int cells) {
    return cells % lattice.patch() == 0 ? cells / lattice.patch() : 1;
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

  Start start(Role role) {
    return role.choose(lattice.smallStart(), lattice.largeStart());
  }

  /** A step of a system of so many cells. */
  EulerStep step(int cells, double noise) {
    double perLength = lattice.laplacian() == Laplacian.LENGTH ? (double) cells * cells : 1;
    double amplitude = noise * Math.sqrt(lattice.step());
    Reaction reaction =
        new Reaction(
            lattice.a(),
            lattice.b(),
            lattice.preyDiffusion() * perLength,
            lattice.predatorDiffusion() * perLength);
    boolean byLength = lattice.noiseBy() == NoiseAmplitude.LENGTH;
    return new EulerStep(
        reaction, lattice.step(), byLength ? amplitude * Math.sqrt(cells) : amplitude);
  }

  /** Steps of the whole line or of a part of it. */
  TimeSteps steps() {
    return new TimeSteps(lattice.step(), "simulate.duration, direct.duration, evolve.duration");
  }

  /** How patches evolve. */
  LineEvolution patchEvolution() {
    return new LineEvolution(lattice.patch(), evolve.environment(), evolve.bufferCells(), steps());
  }

  /** Of a partial evolution; an event is a step of a patch. */
  @Override
  public Duration evolution(Condition condition) {
    return TimeSteps.duration(evolve.duration(), condition, EvolveConfig.AUTO_STEPS);
  }

  /** Finds what is wrong between keys. */
  @Override
  public void check(List<Condition> conditions) {
    GrowthFactors.of(lattice.small(), lattice.large());
    if (lattice.large() % lattice.patch() != 0 || lattice.large() == lattice.patch()) {
      throw LatticeLiftException.badData(
          "patches of " + lattice.patch() + " cells in " + lattice.large(),
          "lattice.patch",
          "a divisor of lattice.large, smaller than it",
          "Change one of them");
    }
    requireStable(lattice.large());
    evolve.duration().requireAll(conditions);
    evolve.duration().requireUnit("1");
    conditions.forEach(condition -> steps().of(evolution(condition), 1));
  }

  /** An explicit step of diffusion grows without bound above dt D / dx^2 = 1/2 (PP-11). */
  private void requireStable(int cells) {
    double perLength = lattice.laplacian() == Laplacian.LENGTH ? (double) cells * cells : 1;
    double fastest = Math.max(lattice.preyDiffusion(), lattice.predatorDiffusion()) * perLength;
    if (lattice.step() * fastest > MOST_PER_STEP) {
      throw LatticeLiftException.badData(
          "a step of " + lattice.step() + " for " + cells + " cells",
          "lattice.step",
          "at most " + MOST_PER_STEP / fastest + ", where the explicit step is stable",
          "Lower it, or the diffusion");
    }
  }
}
