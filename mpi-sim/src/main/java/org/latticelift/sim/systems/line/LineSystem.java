package org.latticelift.sim.systems.line;

import java.util.List;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.CostEstimate;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Extent.Role;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Lifting;
import org.latticelift.sim.system.Lifting.Environment;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.SystemFacts;
import org.latticelift.sim.system.SystemOptions;
import org.latticelift.sim.system.TimeScales;

/**
 * What systems of sites in a line have in common: sizes, conditions, equal steps of time, and how
 * long their partial evolutions are. Their equations have no units; an event is a step of a patch
 * ({@code S}: state).
 */
public abstract class LineSystem<S> implements LatticeSystem<S>, CostEstimate, Lifting {
  private final LineSetup setup;
  private final List<Condition> conditions;
  private final String sites;

  /**
   * A system at its conditions.
   *
   * @param setup what is fixed beside them
   * @param conditions at least one
   * @param sites what it has in a line, such as {@code particles}
   */
  protected LineSystem(LineSetup setup, List<Condition> conditions, String sites) {
    this.setup = setup;
    this.conditions = List.copyOf(conditions);
    this.sites = sites;
  }

  /**
   * Facts with these observables ({@code name}: of the system), with equal steps of time, which has
   * no unit.
   */
  protected final SystemFacts facts(String name, Macroscopics observables) {
    return new SystemFacts(
            name,
            conditions,
            observables,
            extent(Role.SMALL, setup.small()),
            extent(Role.LARGE, setup.large()),
            this)
        .withTime("1", setup.steps().step());
  }

  @Override
  public SystemOptions<S> options() {
    return SystemOptions.of(this);
  }

  private Extent extent(Role role, int size) {
    return new Extent(role, size + " " + sites, List.of(size), size, setup.patches(size));
  }

  @Override
  public final boolean patchesMoveTogether() {
    return setup.patchEvolution().environment() == Environment.WHOLE;
  }

  @Override
  public final Duration evolutionDuration(Condition condition, TimeScales scales) {
    return setup.evolution(condition);
  }

  @Override
  public final double eventTime(Condition condition) {
    return setup.steps().step();
  }

  @Override
  public final void checkLifting() {
    setup.check(conditions);
  }
}
