package org.latticelift.sim.systems.curieweiss;

import java.util.List;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.LiftableDynamics;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.systems.spin.SpinSystem;

/** The Curie-Weiss model (CW-01...CW-13); its one observable is the magnetisation (CW-05). */
final class CurieWeissSystem extends SpinSystem<MeanFieldSpins> {
  private static final double SECONDS_PER_FLIP = 3e-8;

  private final CurieWeissSetup setup;

  CurieWeissSystem(CurieWeissSetup setup, List<Condition> conditions) {
    super(setup, conditions);
    this.setup = setup;
  }

  @Override
  public String name() {
    return CurieWeissProvider.NAME;
  }

  @Override
  public Macroscopics macroscopics() {
    return Macroscopics.free(List.of("magnetisation"), List.of("1"));
  }

  @Override
  public StateCodec<MeanFieldSpins> codec() {
    return new MeanFieldCodec();
  }

  @Override
  public LiftableDynamics<MeanFieldSpins> dynamics(
      Condition condition, double meanEventTime, StopSignal stop) {
    return new CurieWeissDynamics(setup, condition, meanEventTime, stop);
  }

  @Override
  public double eventCost() {
    return SECONDS_PER_FLIP;
  }

  @Override
  public double[] start() {
    return new double[] {largeStart().mean()};
  }

  @Override
  public List<String> caveats() {
    return setup.upsample().caveats();
  }
}
