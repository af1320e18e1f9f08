package org.latticelift.learn.closure;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.CostEstimate;
import org.latticelift.sim.system.DirectSystem;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.EncodableDynamics;
import org.latticelift.sim.system.EncodableSystem;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.StateCodec;

/**
 * A system whose observables of large states include learned closure variables, so that direct runs
 * can be compared with predictions in all latents.
 *
 * @param system without closures
 * @param encoder of the closures
 * @param closures their names
 * @param <S> state
 */
record ClosedSystem<S>(EncodableSystem<S> system, PatchEncoder encoder, List<String> closures)
    implements DirectSystem<S> {
  @Override
  public String name() {
    return system.name();
  }

  @Override
  public List<Condition> conditions() {
    return system.conditions();
  }

  /** Every latent on its own; relations among observables hold in the values. */
  @Override
  public Macroscopics macroscopics() {
    List<String> names = new ArrayList<>(system.macroscopics().names());
    List<String> units = new ArrayList<>(system.macroscopics().units());
    for (String closure : closures) {
      names.add(closure);
      units.add("1");
    }
    return Macroscopics.free(names, units);
  }

  @Override
  public Extent small() {
    return system.small();
  }

  @Override
  public Extent large() {
    return system.large();
  }

  @Override
  public StateCodec<S> codec() {
    return system.codec();
  }

  @Override
  public Dynamics<S> dynamics(Condition condition, double meanEventTime, StopSignal stop) {
    return new ClosedDynamics<>(
        system.dynamics(condition, meanEventTime, stop), encoder, system.encoding());
  }

  /** Those of the system, where it has some. */
  @Override
  public Dynamics<S> directDynamics(Condition condition, StopSignal stop) {
    return system instanceof DirectSystem<S> direct
            && direct.directDynamics(condition, stop) instanceof EncodableDynamics<S> dynamics
        ? new ClosedDynamics<>(dynamics, encoder, system.encoding())
        : dynamics(condition, 0, stop);
  }

  @Override
  public double timeStep() {
    return system.timeStep();
  }

  @Override
  public CostEstimate costs() {
    return system.costs();
  }

  @Override
  public List<String> caveats() {
    return system.caveats();
  }

  @Override
  public String timeUnit() {
    return system.timeUnit();
  }
}
