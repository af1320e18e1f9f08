package org.latticelift.curieweiss;

import java.util.List;
import org.latticelift.system.Condition;
import org.latticelift.system.Duration;
import org.latticelift.system.Dynamics;
import org.latticelift.system.Extent;
import org.latticelift.system.Macroscopics;
import org.latticelift.system.MicroscopicSystem;
import org.latticelift.system.StateCodec;

/** The Curie-Weiss model (CW-01...CW-13); its one observable is the magnetisation (CW-05). */
final class CurieWeissSystem implements MicroscopicSystem<SpinCrowd> {
  private static final double SECONDS_PER_FLIP = 3e-8;

  private final CurieWeissSetup setup;
  private final List<Condition> conditions;

  CurieWeissSystem(CurieWeissSetup setup, List<Condition> conditions) {
    this.setup = setup;
    this.conditions = List.copyOf(conditions);
  }

  @Override
  public String name() {
    return CurieWeissProvider.NAME;
  }

  @Override
  public List<Condition> conditions() {
    return conditions;
  }

  @Override
  public Macroscopics macroscopics() {
    return Macroscopics.free(List.of("magnetisation"), List.of("1"));
  }

  @Override
  public Extent small() {
    return extent(setup.lattice().small());
  }

  @Override
  public Extent large() {
    return extent(setup.lattice().large());
  }

  private Extent extent(int side) {
    return new Extent(
        side + " x " + side + " spins",
        List.of(side, side),
        (long) side * side,
        setup.enlargement().patches(side));
  }

  @Override
  public StateCodec<SpinCrowd> codec() {
    return new CrowdCodec();
  }

  @Override
  public Dynamics<SpinCrowd> dynamics(Condition condition, double meanEventSeconds) {
    return new CurieWeissDynamics(setup, condition, meanEventSeconds);
  }

  @Override
  public Duration evolutionDuration(Condition condition, double meanEventSeconds) {
    return setup.evolution(condition, meanEventSeconds);
  }

  @Override
  public double eventCost() {
    return SECONDS_PER_FLIP;
  }

  @Override
  public double eventsPerSample() {
    return conditions.stream().mapToDouble(setup::eventsPerSample).average().orElseThrow();
  }

  @Override
  public void checkLifting() {
    setup.check(conditions);
  }

  /** The unit is the inverse of the largest possible rate of a site, which has no unit (ME-84). */
  @Override
  public String timeUnit() {
    return "1";
  }

  @Override
  public double[] start() {
    return new double[] {setup.start(setup.lattice().large()).mean()};
  }
}
