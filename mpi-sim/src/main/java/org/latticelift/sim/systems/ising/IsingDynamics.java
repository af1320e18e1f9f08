package org.latticelift.sim.systems.ising;

import java.util.List;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.EncodableDynamics;
import org.latticelift.sim.system.EvolvedPatch;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.GrowthFactors;
import org.latticelift.sim.system.InterruptibleDynamics;
import org.latticelift.sim.system.PartialEvolution;
import org.latticelift.sim.system.PatchDynamics;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.Role;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.StepStretch;
import org.latticelift.sim.system.Stretch;
import org.latticelift.sim.systems.spin.LargeStates;
import org.latticelift.sim.systems.spin.StartMagnetisation;
import org.latticelift.sim.systems.spin.Upsampling;
import org.latticelift.sim.systems.spin.Window;

/** Glauber dynamics at one temperature. */
final class IsingDynamics
    implements PatchDynamics<SpinLattice>,
        EncodableDynamics<SpinLattice>,
        InterruptibleDynamics<SpinLattice> {
  /** Sites that the clusters of a piece may have. */
  private static final long CLUSTER_SITES = 1 << 22;

  private final IsingSetup setup;
  private final Condition condition;
  private final double meanEventTime;
  private final StopSignal stop;
  private final GlauberRates rates;
  private final WindowDynamics windows;
  private final WallCount wallCount;

  /** Of whole runs; null where they have dynamics of time. */
  private WolffClusters clusters;

  /** Of large states; null until the first. */
  private WolffClusters equilibrium;

  /** Of large states; null until the first. */
  private GeometricClusters mirrors;

  /**
   * @param stop ends evolutions that are made in one go
   */
  IsingDynamics(IsingSetup setup, Condition condition, double meanEventTime, StopSignal stop) {
    this.setup = setup;
    this.stop = stop;
    this.condition = condition;
    this.meanEventTime = meanEventTime;
    rates = new GlauberRates(condition.value(), setup.lattice().field());
    windows = new WindowDynamics(rates, stop);
    wallCount = setup.wallCount();
  }

  @Override
  public SpinLattice initial(Extent extent, RandomStream stream) {
    int side = extent.shape().get(0);
    return SpinLattice.of(setup.start(extent.role()).spins(side, stream));
  }

  @Override
  public Progression advance(SpinLattice state, Duration duration, RandomStream stream) {
    return begin(state, duration, stream).finish(stop);
  }

  /**
   * Whole runs go by flips of clusters from now on, one per unit of time (at field 0). A step is a
   * number of clusters that does not depend on what they do.
   */
  IsingDynamics byClusters() {
    clusters = new WolffClusters(rates);
    return this;
  }

  private StepStretch clusterFlips(SpinLattice state, Duration duration, RandomStream stream) {
    return new StepStretch(
        Math.max(1, Math.round(duration.value())),
        CLUSTER_SITES / state.sites(),
        count -> clusters.flip(state, count, stream),
        made -> new Progression(made, made));
  }

  private boolean sweeps() {
    return setup.lattice().dynamics() == RunDynamics.SWEEPS;
  }

  @Override
  public Stretch begin(SpinLattice state, Duration duration, RandomStream stream) {
    if (clusters != null) {
      return clusterFlips(state, duration, stream);
    }
    return sweeps()
        ? new HeatBathSweeps(state, rates, duration, stream)
        : new GlauberStretch(state, rates, duration, stream);
  }

  @Override
  public Stretch resume(SpinLattice state, Duration duration, RandomStream stream, byte[] memory) {
    if (clusters != null) {
      return clusterFlips(state, duration, stream).resumed(memory);
    }
    return sweeps()
        ? new HeatBathSweeps(state, rates, duration, stream).resumed(memory)
        : new GlauberStretch(state, rates, duration, stream).resumed(memory);
  }

  @Override
  public double[] observe(SpinLattice state) {
    return new double[] {state.meanSpin(), state.wallDensity()};
  }

  @Override
  public double[] observePatch(SpinLattice state, long patch) {
    return wallCount.observe(state, Window.tile(state, setup.lattice().small(), patch));
  }

  @Override
  public float[] encoderInput(SpinLattice state, long patch) {
    Window window = Window.tile(state, setup.lattice().small(), patch);
    float[] input = new float[window.sites()];
    for (int i = 0; i < input.length; i++) {
      input[i] = state.spin(window.site(state, i));
    }
    return input;
  }

  /**
   * One random snapshot, enlarged and relaxed level by level (IS-10...IS-13), or a state of largest
   * entropy with its magnetisation and the effective coupling of its age (EX-23), or, with the
   * configured share, random spins of any magnetisation (IS-15), relaxed for a random time: those
   * are states on the way from random spins, where predictions often start.
   */
  @Override
  public SpinLattice upsample(
      SnapshotPool<SpinLattice> pool, Extent extent, RandomStream build, RandomStream relax) {
    List<Integer> factors = GrowthFactors.of(setup.lattice().small(), extent.shape().get(0));
    boolean random = !factors.isEmpty() && build.uniform() < setup.upsample().randomShare();
    if (random) {
      return relaxedRandom(extent.shape().get(0), build, relax);
    }
    if (!factors.isEmpty() && !setup.upsample().states().ofSmallOnes()) {
      return ofTheLargeLattice(extent.shape().get(0), build, relax);
    }
    int run = build.below(pool.runs());
    int record = build.below(pool.records());
    SpinLattice state = pool.snapshot(run, record).copy();
    if (!factors.isEmpty() && setup.upsample().states() == LargeStates.MAXENT) {
      double coupling = setup.coupling(condition, pool.place(record));
      return ofLargestEntropy(state, coupling, extent.shape().get(0), relax);
    }
    for (int level = 0; level < factors.size(); level++) {
      state = SpinLattice.of(Upsampling.enlarge(state, factors.get(level)));
      relax(state, level + 1 == factors.size(), relax);
    }
    return state;
  }

  /** Copies of a snapshot side by side have its magnetisation; all else is drawn (EX-23). */
  private SpinLattice ofLargestEntropy(
      SpinLattice small, double coupling, int side, RandomStream stream) {
    byte[] spins = Upsampling.tile(small, side / small.side());
    SpinLattice state = SpinLattice.of(spins);
    if (mirrors == null) {
      mirrors = new GeometricClusters(state.neighbours());
    }
    mirrors.equilibrate(spins, coupling, setup.upsample().mixing(), stream);
    state.set(spins);
    return state;
  }

  /** Spins that start like those of small runs, after a random time or in equilibrium. */
  private SpinLattice ofTheLargeLattice(int side, RandomStream build, RandomStream relax) {
    SpinLattice state = SpinLattice.of(setup.start(Role.SMALL).spins(side, build));
    if (setup.upsample().states() == LargeStates.EQUILIBRIUM) {
      if (equilibrium == null) {
        equilibrium = new WolffClusters(rates);
      }
      equilibrium.equilibrate(state, relax);
    } else {
      Duration time = Duration.time(setup.upsample().time() * build.uniform());
      new GlauberStretch(state, rates, time, relax).finish(stop);
    }
    return state;
  }

  private SpinLattice relaxedRandom(int side, RandomStream build, RandomStream relax) {
    SpinLattice state = SpinLattice.of(StartMagnetisation.ANY.spins(side, build));
    int most = setup.relax().randomPasses();
    int passes = most == 0 ? 0 : build.below(most + 1);
    setup
        .pass(condition, meanEventTime)
        .ifPresent(
            pass -> {
              for (int i = 0; i < passes; i++) {
                pass.relax(state, windows, relax);
              }
            });
    return state;
  }

  @Override
  public void relax(SpinLattice state, RandomStream stream) {
    relax(state, true, stream);
  }

  private void relax(SpinLattice state, boolean last, RandomStream stream) {
    setup
        .localRelax(last, condition, meanEventTime)
        .ifPresent(
            localRelax -> {
              for (int pass = 0; pass < setup.relax().passes(); pass++) {
                localRelax.relax(state, windows, stream);
              }
            });
  }

  @Override
  public IsingPatches patches(SpinLattice state, boolean compensated) {
    return new IsingPatches(setup, windows, rates, state, compensated);
  }

  @Override
  public PartialEvolution evolve(SpinLattice state, Duration duration, RandomStream stream) {
    return EncodableDynamics.super.evolve(state, duration, stream);
  }

  @Override
  public PartialEvolution evolve(
      SpinLattice state, Duration duration, RandomStream stream, EvolvedPatch<SpinLattice> look) {
    IsingPatches patches = patches(state, false);
    return patches.evolve(patches.draw(stream), duration, stream, look);
  }
}
