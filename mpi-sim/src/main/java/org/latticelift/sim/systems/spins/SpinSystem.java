package org.latticelift.sim.systems.spins;

import java.util.Arrays;
import java.util.List;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.CostEstimate;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Extent.Role;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Lifting;
import org.latticelift.sim.system.Lifting.Environment;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.SystemFacts;
import org.latticelift.sim.system.SystemOptions;
import org.latticelift.sim.system.TimeScales;

/**
 * What models of spins on a square lattice have in common: sizes, conditions, and how long their
 * partial evolutions are ({@code S}: state).
 */
public abstract class SpinSystem<S> implements LatticeSystem<S>, CostEstimate, Lifting {
  /** Per site. */
  private static final long PROBE_FLIPS = 5;

  private final SpinSetup setup;
  private final List<Condition> conditions;

  /**
   * A model at its conditions ({@code setup}: what is fixed beside them; {@code conditions}: at
   * least one).
   */
  protected SpinSystem(SpinSetup setup, List<Condition> conditions) {
    this.setup = setup;
    this.conditions = List.copyOf(conditions);
  }

  /**
   * Facts with these observables. The unit of time is the inverse of the largest possible rate of a
   * site, which has no unit (ME-84).
   *
   * @param name of the model
   * @param observables the magnetisation first; without a field all spins may turn, and it changes
   *     its sign
   * @param timeStep 0 where events happen at any time
   */
  protected final SystemFacts facts(String name, Macroscopics observables, double timeStep) {
    int[] mirror = new int[setup.lattice().field() == 0 ? observables.size() : 0];
    Arrays.fill(mirror, 1);
    Arrays.fill(mirror, 0, Math.min(1, mirror.length), -1);
    return new SystemFacts(
            name,
            conditions,
            observables,
            extent(Role.SMALL, setup.enlargement().small()),
            extent(Role.LARGE, setup.enlargement().large()),
            this)
        .withTime("1", timeStep)
        .withSymmetry(List.of(), mirror);
  }

  @Override
  public SystemOptions<S> options() {
    return SystemOptions.of(this);
  }

  private Extent extent(Role role, int side) {
    return new Extent(
        role,
        side + " x " + side + " spins",
        List.of(side, side),
        (long) side * side,
        setup.enlargement().patches(side));
  }

  @Override
  public final Duration evolutionDuration(Condition condition, TimeScales scales) {
    return setup.evolution(condition, scales);
  }

  @Override
  public final boolean patchesMoveTogether() {
    return setup.evolve().environment() == Environment.WHOLE;
  }

  /** Of some flips of every site of a small system, after as many that let its start relax. */
  @Override
  public final double eventTime(Condition condition) {
    Extent extent = small();
    RandomStream stream = new Streams(0).stream(Purpose.PILOT, condition.key());
    Dynamics<S> dynamics = dynamics(condition, 0);
    S state = dynamics.initial(extent, stream);
    Duration flips = Duration.events(PROBE_FLIPS * extent.sites());
    dynamics.advance(state, flips, stream);
    Progression timed = dynamics.advance(state, flips, stream);
    return timed.time() * extent.patches() / timed.events();
  }

  @Override
  public final double eventsPerSample() {
    return conditions.stream().mapToDouble(setup::eventsPerSample).average().orElseThrow();
  }

  @Override
  public final void checkLifting() {
    setup.check(conditions);
  }

  /** Initial magnetisation of the large system, as configured. */
  protected final StartMagnetisation largeStart() {
    return setup.start(Role.LARGE);
  }
}
