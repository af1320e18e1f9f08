package org.latticelift.sim.systems.predatorprey;

import java.util.List;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.EncodableSystem;
import org.latticelift.sim.system.Encoding;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.Role;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.systems.line.LineSystem;

/** The stochastic predator-prey system (PP-01...PP-22). */
final class PredatorPreySystem extends LineSystem<Fields> implements EncodableSystem<Fields> {
  private static final double SECONDS_PER_CELL = 8e-8;

  private final Setup setup;

  PredatorPreySystem(Setup setup, List<Condition> conditions) {
    super(setup, conditions, "cells");
    this.setup = setup;
  }

  @Override
  public String name() {
    return PredatorPreyProvider.NAME;
  }

  @Override
  public Macroscopics macroscopics() {
    return Macroscopics.free(List.of("prey", "predator"), List.of("1", "1"));
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
  public double eventCost() {
    return SECONDS_PER_CELL * setup.lattice().patch();
  }

  /** Interpolation costs about as much as a step. */
  @Override
  public double eventsPerSample() {
    return 1
        + conditions().stream()
            .mapToDouble(c -> setup.evolve().duration().estimatedEvents(c, EvolveConfig.AUTO_STEPS))
            .average()
            .orElseThrow();
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
