package org.latticelift.sim.systems.spins;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.output.RecordLayout;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionGroup;
import org.latticelift.sim.system.Encoding;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Extent.Role;
import org.latticelift.sim.system.Lifting.Environment;
import org.latticelift.sim.system.Lifting.RelaxationStages;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.RunContext;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.StateCodec;
import org.latticelift.sim.system.SystemFacts;
import org.latticelift.sim.system.SystemOptions;
import org.latticelift.sim.system.SystemOptions.FitObserver;
import org.latticelift.sim.system.SystemOptions.FittedUpsampling;
import org.latticelift.sim.systems.spins.IsingDynamics.DirectDynamics;
import org.latticelift.sim.systems.spins.IsingSetup.EffectiveCoupling;
import org.latticelift.sim.systems.spins.IsingSetup.RunDynamics;
import org.latticelift.sim.systems.spins.IsingSetup.WolffClusters;

/** The two-dimensional Ising model (IS-01...IS-31, PT-01...PT-13). */
final class IsingSystem extends SpinSystem<SpinLattice> {
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
  public SystemFacts facts() {
    boolean sweeps = setup.lattice().dynamics() == RunDynamics.SWEEPS;
    return facts(
        IsingProvider.NAME,
        Macroscopics.free(List.of("magnetisation", "wall_density"), List.of("1", "1")),
        sweeps ? 1 : 0);
  }

  @Override
  public StateCodec<SpinLattice> codec() {
    return new SpinCodec<>(SpinLattice::of);
  }

  @Override
  public IsingDynamics dynamics(Condition condition, RunContext context) {
    return new IsingDynamics(setup, condition, context.meanEventTime(), context.stop());
  }

  /** With couplings of all conditions, in the order of time. */
  IsingSystem fitted(Map<Condition, List<EffectiveCoupling>> couplings) {
    return new IsingSystem(setup.with(couplings), conditions(), direct);
  }

  @Override
  public SystemOptions<SpinLattice> options() {
    return super.options()
        .withEncoding(encoder())
        .withDirect(this::directDynamics)
        .withUpsampling(setup.mixes() ? Optional.of(new Fits()) : Optional.empty());
  }

  private IsingDynamics directDynamics(Condition condition, StopSignal stop) {
    IsingDynamics own = dynamics(condition, new RunContext(0, stop));
    return direct == DirectDynamics.WOLFF ? own.byClusters() : own;
  }

  @Override
  public void checkRuns(Extent extent) {
    if (extent.role() == Role.LARGE && direct == DirectDynamics.WOLFF) {
      WolffClusters.requireNoField(setup.lattice().field(), "direct.dynamics");
    }
  }

  /** A buffer evolves with the patch. */
  @Override
  public double surroundings() {
    if (setup.evolve().environment() != Environment.BUFFER) {
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
        setup.evolve().environment() == Environment.BUFFER
            || setup.evolve().environment() == Environment.GHOST;
    double energy = 8 + 2 * Math.abs(setup.lattice().field());
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

  private Encoding encoder() {
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

  /** Effective couplings, with which large lattices are mixed (EX-23). */
  private final class Fits implements FittedUpsampling<SpinLattice> {
    @Override
    public String file() {
      return CouplingFile.NAME;
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
      return IsingSystem.this.fitted(CouplingFile.read(file));
    }
  }

  /**
   * Fits the effective coupling of every stage of the relaxation, in the records' own box: a
   * lattice of another size has other walls at the same coupling and magnetisation, and it is the
   * coupling that sizes have in common (EX-21). By stochastic approximation: a record is mixed at
   * the present coupling, which grows by what walls are too many, less and less (H. Robbins and S.
   * Monro, 1951), and the result is the mean of the second half (B. T. Polyak and A. B. Juditsky,
   * 1992).
   *
   * <p>A step mixes one small lattice, some 0.1 ms for 16 x 16 spins.
   *
   * @param mixing that spins of the minority change places in either half of a step
   */
  record CouplingFit(int mixing, RandomStream stream) {
    /** As few states as a first stage has: the beginning of runs is fast. */
    private static final int FEWEST_STATES = 16;

    private static final int STEPS = 2000;

    /** Of the coupling by an excess of one wall per site: 2 / (T^2 specific heat), about. */
    private static final double GAIN = 0.3;

    /** Steps after which the gain is halved. */
    private static final double STEADY = 20;

    /** At this coupling hardly any single spin is unlike those around it. */
    private static final double STRONGEST = 1.5;

    /**
     * Fits all stages ({@code inverse}: 1/T, where the first stage begins), in the order of time.
     */
    List<EffectiveCoupling> fit(
        SnapshotPool<SpinLattice> pool, double inverse, FitObserver observer) {
      List<EffectiveCoupling> stages = new ArrayList<>();
      GeometricClusters clusters = new GeometricClusters(pool.snapshot(0, 0).neighbours());
      double coupling = Math.min(STRONGEST, inverse);
      List<int[]> ranges = RelaxationStages.of(pool.runs(), pool.records(), FEWEST_STATES);
      for (int[] range : ranges) {
        observer.begins(0, 0, stages.size() + 1, ranges.size());
        EffectiveCoupling stage = stage(pool, range, clusters, coupling);
        stages.add(stage);
        coupling = stage.coupling();
      }
      return stages;
    }

    private EffectiveCoupling stage(
        SnapshotPool<SpinLattice> pool, int[] range, GeometricClusters clusters, double guess) {
      double coupling = guess;
      double couplings = 0;
      double wanted = 0;
      double sampled = 0;
      int half = STEPS / 2;
      for (int step = 0; step < STEPS; step++) {
        int record = range[0] + stream.below(range[1] - range[0]);
        SpinLattice small = pool.snapshot(stream.below(pool.runs()), record);
        byte[] spins = small.spins();
        clusters.equilibrate(spins, coupling, mixing, stream);
        double density = SpinLattice.of(spins).wallDensity();
        double gain = GAIN / (1 + step / STEADY);
        coupling += gain * 2 * (density - small.wallDensity());
        coupling = Math.max(0, Math.min(STRONGEST, coupling));
        if (step >= half) {
          couplings += coupling / (STEPS - half);
          wanted += small.wallDensity() / (STEPS - half);
          sampled += density / (STEPS - half);
        }
      }
      long states = (long) pool.runs() * (range[1] - range[0]);
      return new EffectiveCoupling(range[0], range[1] - 1, states, couplings, wanted, sampled);
    }
  }

  /**
   * {@code coupling.h5}: effective couplings of the Ising model by condition and stage of the
   * relaxation.
   *
   * <table>
   *   <caption>In the group of a condition; S stages</caption>
   *   <tr><td>{@code first_record}, {@code last_record}, {@code small_states}</td><td>int64 [S]</td></tr>
   *   <tr><td>{@code coupling_kT}</td><td>float64 [S]: 1/T in equilibrium</td></tr>
   *   <tr><td>{@code walls_wanted}, {@code walls_sampled}</td><td>float64 [S]: per bond</td></tr>
   * </table>
   */
  static final class CouplingFile {
    /** Its name in the folder of a run. */
    static final String NAME = "coupling.h5";

    private static final RecordLayout<Columns> LAYOUT = RecordLayout.of(Columns.class);

    private CouplingFile() {}

    /** The stages of a condition, in the order of time. */
    private record Columns(
        @Stored(value = "first record of the stage", axes = "stage") long[] firstRecord,
        @Stored(value = "last record of the stage", axes = "stage") long[] lastRecord,
        @Stored(value = "small states behind it", axes = "stage") long[] smallStates,
        @Stored(name = "coupling_kT", value = "coupling over kT", axes = "stage") double[] coupling,
        @Stored(value = "walls per bond of records", axes = "stage") double[] wallsWanted,
        @Stored(value = "walls per bond at the coupling", axes = "stage") double[] wallsSampled) {
      static Columns of(List<EffectiveCoupling> stages) {
        return new Columns(
            stages.stream().mapToLong(EffectiveCoupling::firstRecord).toArray(),
            stages.stream().mapToLong(EffectiveCoupling::lastRecord).toArray(),
            stages.stream().mapToLong(EffectiveCoupling::states).toArray(),
            stages.stream().mapToDouble(EffectiveCoupling::coupling).toArray(),
            stages.stream().mapToDouble(EffectiveCoupling::wanted).toArray(),
            stages.stream().mapToDouble(EffectiveCoupling::sampled).toArray());
      }

      EffectiveCoupling stage(int s) {
        return new EffectiveCoupling(
            (int) firstRecord[s],
            (int) lastRecord[s],
            smallStates[s],
            coupling[s],
            wallsWanted[s],
            wallsSampled[s]);
      }
    }

    /** Writes the stages of a condition into a file. */
    static void write(Hdf5Writer file, Condition condition, List<EffectiveCoupling> stages) {
      String group = ConditionGroup.write(file, condition);
      LAYOUT.write(file, group, Columns.of(stages), Map.of(), Map.of());
    }

    /** The stages of all conditions of a file, in the order of time. */
    static Map<Condition, List<EffectiveCoupling>> read(Path file) {
      try (Hdf5Reader reader = Hdf5Reader.open(file)) {
        Map<Condition, List<EffectiveCoupling>> all = new LinkedHashMap<>();
        for (Condition condition : ConditionGroup.all(reader)) {
          Columns columns = LAYOUT.read(reader, ConditionGroup.path(condition), Map.of(), Map.of());
          int stages = columns.coupling().length;
          all.put(condition, IntStream.range(0, stages).mapToObj(columns::stage).toList());
        }
        return all;
      }
    }
  }
}
