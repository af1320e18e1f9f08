package org.latticelift.sim.systems.ising;

import java.util.List;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.EncodableSystem;
import org.latticelift.sim.system.Encoding;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.systems.spin.SpinCodec;
import org.latticelift.sim.systems.spin.SpinSystem;
import org.latticelift.sim.systems.spin.StartMagnetisation;

/** The two-dimensional Ising model (IS-01...IS-31, PT-01...PT-13). */
final class IsingSystem extends SpinSystem<SpinLattice> implements EncodableSystem<SpinLattice> {
  private static final double SECONDS_PER_FLIP = 5e-8;

  private final IsingSetup setup;

  IsingSystem(IsingSetup setup, List<Condition> conditions) {
    super(setup, conditions);
    this.setup = setup;
  }

  @Override
  public String name() {
    return IsingProvider.NAME;
  }

  @Override
  public Macroscopics macroscopics() {
    return Macroscopics.free(List.of("magnetisation", "wall_density"), List.of("1", "1"));
  }

  @Override
  public StateCodec<SpinLattice> codec() {
    return new SpinCodec<>(SpinLattice::of);
  }

  @Override
  public IsingDynamics dynamics(Condition condition, double meanEventSeconds, StopSignal stop) {
    return new IsingDynamics(setup, condition, meanEventSeconds, stop);
  }

  /** Sweeps are steps. */
  @Override
  public double timeStep() {
    return setup.lattice().dynamics() == RunDynamics.SWEEPS ? 1 : 0;
  }

  @Override
  public double eventCost() {
    return SECONDS_PER_FLIP;
  }

  /** Random spins of the initial magnetisation have a wall density of (1 - m^2)/2 (IS-30). */
  @Override
  public double[] start() {
    StartMagnetisation start = largeStart();
    return new double[] {start.mean(), (1 - start.square()) / 2};
  }

  @Override
  public Encoding encoding() {
    int small = setup.lattice().small();
    int large = setup.lattice().large();
    return new Encoding(1, List.of(small, small), List.of(large, large), Encoding.Values.SIGN);
  }

  @Override
  public List<String> caveats() {
    return setup.upsample().caveats();
  }
}
