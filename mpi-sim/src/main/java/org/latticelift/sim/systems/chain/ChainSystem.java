package org.latticelift.sim.systems.chain;

import java.util.List;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.CostEstimate;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LiftableDynamics;
import org.latticelift.sim.system.LiftableSystem;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.Role;
import org.latticelift.sim.system.StateCodec;

/** The chain with boundary driving; its one observable is the mean displacement (LC-02). */
final class ChainSystem implements LiftableSystem<Chain>, CostEstimate {
  private static final double SECONDS_PER_PARTICLE = 2e-8;

  private final ChainSetup setup;
  private final List<Condition> conditions;

  ChainSystem(ChainSetup setup, List<Condition> conditions) {
    this.setup = setup;
    this.conditions = List.copyOf(conditions);
  }

  @Override
  public String name() {
    return ChainProvider.NAME;
  }

  @Override
  public List<Condition> conditions() {
    return conditions;
  }

  @Override
  public Macroscopics macroscopics() {
    return Macroscopics.free(List.of("displacement"), List.of("1"));
  }

  @Override
  public Extent small() {
    return extent(Role.SMALL, setup.lattice().small());
  }

  @Override
  public Extent large() {
    return extent(Role.LARGE, setup.lattice().large());
  }

  private Extent extent(Role role, int particles) {
    return new Extent(
        role, particles + " particles", List.of(particles), particles, setup.patches(particles));
  }

  @Override
  public StateCodec<Chain> codec() {
    return new ChainCodec();
  }

  @Override
  public LiftableDynamics<Chain> dynamics(
      Condition condition, double meanEventTime, StopSignal stop) {
    return new ChainDynamics(setup, condition, stop);
  }

  @Override
  public boolean patchesMoveTogether() {
    return setup.evolve().environment() == Environment.WHOLE;
  }

  @Override
  public Duration evolutionDuration(Condition condition, double meanEventTime) {
    return setup.evolution(condition);
  }

  @Override
  public double timeStep() {
    return setup.lattice().step();
  }

  @Override
  public CostEstimate costs() {
    return this;
  }

  @Override
  public double eventCost() {
    return SECONDS_PER_PARTICLE * setup.lattice().small();
  }

  /** An event is a step of a patch. */
  @Override
  public double eventTime(Condition condition) {
    return setup.lattice().step();
  }

  @Override
  public double eventsPerSample() {
    return conditions.stream().mapToDouble(setup::eventsPerSample).average().orElseThrow();
  }

  @Override
  public void checkLifting() {
    setup.check(conditions);
  }

  /** The equations have no units. */
  @Override
  public String timeUnit() {
    return "1";
  }

  @Override
  public double[] start() {
    return new double[] {setup.start(Role.LARGE).mean()};
  }

  @Override
  public List<String> caveats() {
    return setup.simulatesStates()
        ? List.of(
            "Pairs begin in states that were simulated with the large system itself"
                + " (upsample.states: simulated), not in enlarged small ones.")
        : List.of();
  }
}
