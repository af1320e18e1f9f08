package org.latticelift.sim.systems.ising;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.DirectSystem;
import org.latticelift.sim.system.EncodableSystem;
import org.latticelift.sim.system.Encoding;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.FitObserver;
import org.latticelift.sim.system.FittedUpsampling;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.Role;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.systems.spin.SpinCodec;
import org.latticelift.sim.systems.spin.SpinSystem;
import org.latticelift.sim.systems.spin.StartMagnetisation;

/** The two-dimensional Ising model (IS-01...IS-31, PT-01...PT-13). */
final class IsingSystem extends SpinSystem<SpinLattice>
    implements EncodableSystem<SpinLattice>,
        DirectSystem<SpinLattice>,
        FittedUpsampling<SpinLattice> {
  private static final double SECONDS_PER_FLIP = 5e-8;

  /** Largest energy of a flip, in units of T, at which patches evolve many at a time. */
  private static final double MOST_ENERGY = 8;

  private final IsingSetup setup;
  private final DirectDynamics direct;

  IsingSystem(IsingSetup setup, List<Condition> conditions, DirectDynamics direct) {
    super(setup, conditions);
    this.setup = setup;
    this.direct = direct;
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
  public IsingDynamics dynamics(Condition condition, double meanEventTime, StopSignal stop) {
    return new IsingDynamics(setup, condition, meanEventTime, stop);
  }

  @Override
  public Optional<String> fittedFile() {
    return setup.mixes() ? Optional.of(CouplingFile.NAME) : Optional.empty();
  }

  @Override
  public Set<String> fitKeys() {
    return Set.of("states", "mixing");
  }

  /** One coupling of each stage, for all groups. */
  @Override
  public void fit(
      Condition condition,
      SnapshotPool<SpinLattice> pool,
      List<SnapshotPool<SpinLattice>> groups,
      Streams streams,
      FitObserver observer,
      Hdf5Writer part) {
    CouplingFit fit =
        new CouplingFit(
            setup.upsample().mixing(), streams.stream(Purpose.HAMILTONIAN_FIT, condition.key()));
    CouplingFile.write(part, condition, fit.fit(pool, 1 / condition.value(), observer));
  }

  @Override
  public void join(List<Path> parts, Hdf5Writer file) {
    parts.forEach(
        part ->
            CouplingFile.read(part).forEach((c, stages) -> CouplingFile.write(file, c, stages)));
  }

  @Override
  public IsingSystem fitted(Path file) {
    return fitted(CouplingFile.read(file));
  }

  /** With couplings of all conditions, in the order of time. */
  IsingSystem fitted(Map<Condition, List<EffectiveCoupling>> couplings) {
    return new IsingSystem(setup.with(couplings), conditions(), direct);
  }

  @Override
  public IsingDynamics directDynamics(Condition condition, StopSignal stop) {
    IsingDynamics own = dynamics(condition, 0, stop);
    return direct == DirectDynamics.WOLFF ? own.byClusters() : own;
  }

  @Override
  public void checkRuns(Extent extent) {
    if (extent.role() == Role.LARGE && direct == DirectDynamics.WOLFF) {
      WolffClusters.requireNoField(setup.lattice().field(), "direct.dynamics");
    }
  }

  /** Sweeps are steps. */
  @Override
  public double timeStep() {
    return setup.lattice().dynamics() == RunDynamics.SWEEPS ? 1 : 0;
  }

  /** A buffer evolves with the patch. */
  @Override
  public double surroundings() {
    if (setup.environment() != Environment.BUFFER) {
      return 1;
    }
    double patch = setup.lattice().small();
    double side = Math.min(setup.lattice().large(), patch + 2 * setup.evolve().bufferSites());
    return side * side / (patch * patch);
  }

  @Override
  public double eventCost() {
    return SECONDS_PER_FLIP;
  }

  /** Sites whose bonds change are counted anew, which takes as long as the flip. */
  @Override
  public double compensatorShare() {
    return 1.2;
  }

  /**
   * About ten visits make a flip, of less than a nanosecond each where 64 patches are visited at a
   * time. Where flips are rare most visits are in vain, and patches evolve better one by one.
   */
  @Override
  public double simultaneousShare() {
    boolean apart =
        setup.environment() == Environment.BUFFER || setup.environment() == Environment.GHOST;
    double energy = 8 + 2 * Math.abs(setup.field());
    boolean warm = conditions().stream().allMatch(c -> energy / c.value() < MOST_ENERGY);
    return apart && warm ? 0.08 : 1;
  }

  /** At T = 2.27 in time 32 of a lattice of side 64; more in shorter ones. */
  @Override
  public double compensatorGain() {
    return 7;
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
    List<String> caveats = new ArrayList<>(setup.upsample().caveats());
    if (direct == DirectDynamics.WOLFF) {
      caveats.add(
          "Direct runs flip clusters, one per unit of time (direct.dynamics: wolff): only their late"
              + " averages mean something, not their times.");
    }
    return caveats;
  }
}
