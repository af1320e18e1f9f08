package org.latticelift.sim.systems.chain;

import java.util.List;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.LiftableDynamics;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.Role;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.systems.line.LineSystem;

/** The chain with boundary driving; its one observable is the mean displacement (LC-02). */
final class ChainSystem extends LineSystem<Chain> {
  private static final double SECONDS_PER_PARTICLE = 2e-8;

  private final ChainSetup setup;

  ChainSystem(ChainSetup setup, List<Condition> conditions) {
    super(setup, conditions, "particles");
    this.setup = setup;
  }

  @Override
  public String name() {
    return ChainProvider.NAME;
  }

  @Override
  public Macroscopics macroscopics() {
    return Macroscopics.free(List.of("displacement"), List.of("1"));
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
  public double eventCost() {
    return SECONDS_PER_PARTICLE * setup.lattice().small();
  }

  @Override
  public double eventsPerSample() {
    return conditions().stream().mapToDouble(setup::eventsPerSample).average().orElseThrow();
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
