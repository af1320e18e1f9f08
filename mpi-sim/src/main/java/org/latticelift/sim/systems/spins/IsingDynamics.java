package org.latticelift.sim.systems.spins;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Extent.Role;
import org.latticelift.sim.system.Lifting.GrowthFactors;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.Stretch;
import org.latticelift.sim.system.Stretch.StepStretch;
import org.latticelift.sim.systems.spins.IsingSetup.RunDynamics;
import org.latticelift.sim.systems.spins.IsingSetup.WolffClusters;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates.SiteClass;
import org.latticelift.sim.systems.spins.SpinLattice.WallCount;
import org.latticelift.sim.systems.spins.SpinUpsampleConfig.LargeStates;
import org.latticelift.sim.systems.spins.WindowDynamics.GlauberStretch;

/** Glauber dynamics at one temperature. */
final class IsingDynamics implements Dynamics<SpinLattice> {
  /** Sites that the clusters of a piece may have. */
  private static final long CLUSTER_SITES = 1 << 22;

  private final IsingSetup setup;
  private final Condition condition;
  private final double meanEventTime;
  private final StopSignal stop;
  private final GlauberRates rates;
  private final WindowDynamics windows;
  private final WallCount wallCount;

  /** Of whole runs; absent where they have dynamics of time. */
  private Optional<WolffClusters> clusters = Optional.empty();

  /** Of large states; absent until the first. */
  private Optional<WolffClusters> equilibrium = Optional.empty();

  /** Of large states; absent until the first. */
  private Optional<GeometricClusters> mirrors = Optional.empty();

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
    clusters = Optional.of(new WolffClusters(rates));
    return this;
  }

  private StepStretch flips(
      WolffClusters wolff, SpinLattice state, Duration duration, RandomStream stream) {
    return new StepStretch(
        Math.max(1, Math.round(duration.value())),
        CLUSTER_SITES / state.sites(),
        count -> wolff.flip(state, count, stream),
        made -> new Progression(made, made));
  }

  private boolean sweeps() {
    return setup.lattice().dynamics() == RunDynamics.SWEEPS;
  }

  @Override
  public Stretch begin(SpinLattice state, Duration duration, RandomStream stream) {
    if (clusters.isPresent()) {
      return flips(clusters.get(), state, duration, stream);
    }
    return sweeps()
        ? new HeatBathSweeps(state, rates, duration, stream)
        : new GlauberStretch(state, rates, duration, stream);
  }

  @Override
  public Stretch resume(SpinLattice state, Duration duration, RandomStream stream, byte[] memory) {
    if (clusters.isPresent()) {
      return flips(clusters.get(), state, duration, stream).resumed(memory);
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
      state = SpinLattice.of(SpinUpsampling.enlarge(state, factors.get(level)));
      relax(state, level + 1 == factors.size(), relax);
    }
    return state;
  }

  /** Copies of a snapshot side by side have its magnetisation; all else is drawn (EX-23). */
  private SpinLattice ofLargestEntropy(
      SpinLattice small, double coupling, int side, RandomStream stream) {
    byte[] spins = SpinUpsampling.tile(small, side / small.side());
    SpinLattice state = SpinLattice.of(spins);
    if (mirrors.isEmpty()) {
      mirrors = Optional.of(new GeometricClusters(state.neighbours()));
    }
    mirrors.get().equilibrate(spins, coupling, setup.upsample().mixing(), stream);
    state.set(spins);
    return state;
  }

  /** Spins that start like those of small runs, after a random time or in equilibrium. */
  private SpinLattice ofTheLargeLattice(int side, RandomStream build, RandomStream relax) {
    SpinLattice state = SpinLattice.of(setup.start(Role.SMALL).spins(side, build));
    if (setup.upsample().states() == LargeStates.EQUILIBRIUM) {
      if (equilibrium.isEmpty()) {
        equilibrium = Optional.of(new WolffClusters(rates));
      }
      equilibrium.get().equilibrate(state, relax);
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

  /** Relaxes an upsampled state in windows ({@code last}: at the last level). */
  void relax(SpinLattice state, boolean last, RandomStream stream) {
    setup
        .localRelax(last, condition, meanEventTime)
        .ifPresent(
            localRelax -> {
              for (int pass = 0; pass < setup.relax().times().passes(); pass++) {
                localRelax.relax(state, windows, stream);
              }
            });
  }

  @Override
  public IsingPatches patches(SpinLattice state, boolean compensated) {
    return new IsingPatches(setup, windows, rates, state, compensated);
  }

  /**
   * Heat-bath sweeps in typewriter order (PT-03): every site in turn flips with probability 1/(1 +
   * exp(dH/T)). The same equilibrium as in continuous time, but another transient (DI-10). A sweep
   * tries every site once, as a unit of continuous time does on average, and counts as one. Whole
   * sweeps are made, at least one: the nearest number to a time, or until there are so many flips.
   *
   * <p>Where a flip takes thousands of sweeps, those without one are not made but counted: their
   * number is geometric, and the next sweep is drawn under the condition that something flips in
   * it.
   */
  static final class HeatBathSweeps implements Stretch {
    /** Expected flips of a sweep below which sweeps without a flip are skipped. */
    private static final double RARE = 0x1p-10;

    private static final int PIECE = 1 << 22;

    private final SpinLattice lattice;
    private final GlauberRates rates;
    private final double[] hazard = new double[SiteClass.CODES];
    private final RandomStream stream;
    private final double mostSweeps;
    private final double wantedFlips;
    private int site;
    private long flips;
    private double sweeps;

    HeatBathSweeps(
        SpinLattice lattice, GlauberRates rates, Duration duration, RandomStream stream) {
      this.lattice = lattice;
      this.rates = rates;
      this.stream = stream;
      boolean byTime = duration.kind() == Duration.Kind.TIME;
      this.mostSweeps = byTime ? Math.max(1, Math.floor(duration.value() + 0.5)) : Double.MAX_VALUE;
      this.wantedFlips = byTime ? Double.MAX_VALUE : duration.value();
      for (int c = 0; c < hazard.length; c++) {
        hazard[c] = -StrictMath.log1p(-rates.rates()[c]);
      }
    }

    HeatBathSweeps resumed(byte[] saved) {
      ByteBuffer bytes = ByteBuffer.wrap(saved);
      site = bytes.getInt();
      flips = bytes.getLong();
      sweeps = bytes.getDouble();
      return this;
    }

    @Override
    public boolean done() {
      return sweeps > 0 && site == 0 && (sweeps >= mostSweeps || flips >= wantedFlips);
    }

    @Override
    public void advance() {
      for (int left = PIECE; left > 0 && !done(); ) {
        if (site == 0 && GlauberRates.total(lattice.counts(), rates.rates()) < RARE) {
          left -= lattice.sites();
          skipToAFlip();
        } else {
          int to = Math.min(lattice.sites(), site + left);
          left -= to - site;
          sweep(to);
        }
      }
    }

    /** Counts the sweeps in which nothing flips, and makes the next one up to its first flip. */
    private void skipToAFlip() {
      double hazardOfSweep = hazard();
      sweeps += Math.floor(stream.fastExponential() / hazardOfSweep);
      if (sweeps >= mostSweeps) {
        sweeps = mostSweeps;
        return;
      }
      byte[] code = lattice.codes();
      double left = -StrictMath.log1p(stream.uniform() * StrictMath.expm1(-hazardOfSweep));
      int first = 0;
      for (int at = 0; at < code.length && left > 0; at++) {
        if (hazard[code[at]] > 0) {
          left -= hazard[code[at]];
          first = at;
        }
      }
      lattice.flip(first);
      flips++;
      moveTo(first + 1);
    }

    /** Minus the logarithm of the probability that nothing flips in a sweep. */
    private double hazard() {
      double sum = 0;
      for (int c = 0; c < hazard.length; c++) {
        sum += lattice.counts()[c] == 0 ? 0 : lattice.counts()[c] * hazard[c];
      }
      if (!(sum > 0)) {
        throw GlauberSimulator.stuck(sum, rates);
      }
      return sum;
    }

    private void sweep(int to) {
      byte[] code = lattice.codes();
      double[] rate = rates.rates();
      for (int at = site; at < to; at++) {
        if (stream.uniform() < rate[code[at]]) {
          lattice.flip(at);
          flips++;
        }
      }
      moveTo(to);
    }

    private void moveTo(int next) {
      site = next == lattice.sites() ? 0 : next;
      sweeps += site == 0 ? 1 : 0;
    }

    @Override
    public Progression made() {
      return new Progression(flips, sweeps);
    }

    @Override
    public byte[] save() {
      return ByteBuffer.allocate(Integer.BYTES + Long.BYTES + Double.BYTES)
          .putInt(site)
          .putLong(flips)
          .putDouble(sweeps)
          .array();
    }
  }

  /** The dynamics of direct runs of the large lattice. */
  enum DirectDynamics {
    /** That of {@code lattice.dynamics}. */
    OWN,
    /** Flips of clusters, in equilibrium only. */
    WOLFF;

    /** The value of {@code direct.dynamics}; an error for any other. */
    static DirectDynamics of(ConfigNode value) {
      if (value.isWord("wolff")) {
        return WOLFF;
      }
      throw LatticeLiftException.badData(
          "direct runs by dynamics '" + value.toYaml().strip() + "'",
          value.where(),
          "wolff, or no such key: then the dynamics are those of lattice.dynamics",
          "Correct or remove the key");
    }
  }
}
