package org.latticelift.sim.systems.predatorprey;

import java.util.List;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.CostEstimate;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.EncodableSystem;
import org.latticelift.sim.system.Encoding;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.Role;
import org.latticelift.sim.system.StateCodec;

/** The stochastic predator-prey system (PP-01...PP-22). */
final class PredatorPreySystem implements EncodableSystem<Fields>, CostEstimate {
  private static final double SECONDS_PER_CELL = 8e-8;

  private final Setup setup;
  private final List<Condition> conditions;

  PredatorPreySystem(Setup setup, List<Condition> conditions) {
    this.setup = setup;
    this.conditions = List.copyOf(conditions);
  }

  @Override
  public String name() {
    return PredatorPreyProvider.NAME;
  }

  @Override
  public List<Condition> conditions() {
    return conditions;
  }

  @Override
  public Macroscopics macroscopics() {
    return Macroscopics.free(List.of("prey", "predator"), List.of("1", "1"));
  }

  @Override
  public Extent small() {
    return extent(Role.SMALL, setup.lattice().small());
  }

  @Override
  public Extent large() {
    return extent(Role.LARGE, setup.lattice().large());
  }

  private Extent extent(Role role, int cells) {
    return new Extent(role, cells + " cells", List.of(cells), cells, setup.patches(cells));
  }

  @Override
  public StateCodec<Fields> codec() {
    return new FieldsCodec();
  }

  @Override
  public PredatorPreyDynamics dynamics(Condition condition, double meanEventTime, StopSignal stop) {
    return new PredatorPreyDynamics(setup, condition.value(), stop);
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
    return SECONDS_PER_CELL * setup.lattice().patch();
  }

  /** An event is a step of a patch. */
  @Override
  public double eventTime(Condition condition) {
    return setup.lattice().step();
  }

  /** Interpolation costs about as much as a step. */
  @Override
  public double eventsPerSample() {
    return 1
        + conditions.stream()
            .mapToDouble(c -> setup.evolve().duration().estimatedEvents(c, EvolveConfig.AUTO_STEPS))
            .average()
            .orElseThrow();
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
    double prey = setup.start(Role.LARGE).meanPrey();
    return new double[] {prey, 1 - prey};
  }

  @Override
  public Encoding encoding() {
    List<Integer> patch = List.of(setup.lattice().patch());
    return new Encoding(2, patch, List.of(setup.lattice().large()), Encoding.Values.REAL);
  }
}
