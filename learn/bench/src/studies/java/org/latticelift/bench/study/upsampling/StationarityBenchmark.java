package org.latticelift.bench.study.upsampling;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Dynamics;
import org.latticelift.sim.system.Dynamics.Progression;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.SystemOptions.FitObserver;
import org.latticelift.sim.system.SystemOptions.FittedUpsampling;
import org.latticelift.sim.system.SystemProvider;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.EnsembleAverages;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.FittedStage;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeLattice;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeSampler;
import org.latticelift.sim.vacancy.hamiltonian.HamiltonianFile;
import org.latticelift.sim.vacancy.hamiltonian.PairCounts.PairKinds;
import org.latticelift.sim.vacancy.hamiltonian.Triangles;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Makes large states of the alloy from equilibrium snapshots in several ways, and simulates the
 * large system from each: a state that is right stays as it is. What is compared with is the last
 * half of the simulations from the states that were measured first.
 */
public final class StationarityBenchmark {
  private static final int SEGMENTS = 16;
  private static final double MILLI = 1e-6;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Plan plan;
  private final SmallRuns small;

  /** The mean of late states of the kind that was measured first. */
  private EnsembleAverages reference;

  /**
   * What is measured.
   *
   * @param barrier name of a barrier model
   * @param temperature K
   * @param cells of the large system per axis, a multiple of 8
   * @param smallRuns number of small runs
   * @param records of each, in equilibrium
   * @param settle jumps of a vacancy before the first record
   * @param gap mean jumps between two records
   * @param states large states of each kind
   * @param jumps of each vacancy in the simulation of a large state
   */
  public record Plan(
      String barrier,
      double temperature,
      int cells,
      int smallRuns,
      int records,
      long settle,
      long gap,
      int states,
      long jumps) {}

  /** Simulates the small system. */
  public StationarityBenchmark(Plan plan) {
    this.plan = plan;
    LatticeSystem<?> system = system(StateKind.MEAN);
    small =
        SmallRuns.of(
            system,
            new SmallRuns.Plan(plan.smallRuns(), plan.records(), plan.settle(), plan.gap()));
  }

  private LatticeSystem<?> system(StateKind kind) {
    String text =
        String.format(
            Locale.ROOT,
            "system: alloy%nconditions: {temperature_K: [%s]}%nlattice: {small: 8, large: %d}%n"
                + "barrier: {model: %s}%nupsample: {tiles: %s, records: 1}%n",
            plan.temperature(),
            plan.cells(),
            plan.barrier(),
            kind.tiles());
    ConfigNode root = ConfigNode.parse(text, "benchmark");
    return SystemProvider.find(root.get("system")).create(root);
  }

  /** Measures states of one kind. */
  public Stationarity measure(StateKind kind) {
    return measure(kind, LatticeSystem.liftable(system(kind)));
  }

  private <S> Stationarity measure(StateKind kind, LatticeSystem<S> plain) {
    List<FittedStage> fits = new ArrayList<>();
    LatticeSystem<S> system = fitted(plain, fits);
    Condition condition = system.conditions().get(0);
    Dynamics<S> dynamics = system.dynamics(condition, small.meanEventTime());
    Streams streams = new Streams(2);
    int mo = system.macroscopics().names().indexOf("MoMo");
    double[][] order = new double[SEGMENTS + 1][plan.states()];
    double[][] time = new double[SEGMENTS][plan.states()];
    EnsembleAverages start = averages();
    EnsembleAverages late = averages();
    long nanos = 0;
    for (int k = 0; k < plan.states(); k++) {
      long clock = THREADS.getCurrentThreadCpuTime();
      RandomStream build = streams.stream(Purpose.UPSAMPLE, kind.ordinal(), k);
      RandomStream relax = streams.stream(Purpose.RELAX, kind.ordinal(), k);
      S state =
          kind == StateKind.MEAN
              ? mean(system, dynamics, fits.get(fits.size() - 1), build, relax)
              : dynamics.upsample(small.pool(system), system.large(), build, relax);
      nanos += THREADS.getCurrentThreadCpuTime() - clock;
      start.add(lattice(system, state), true);
      order[0][k] = dynamics.observe(state)[mo];
      RandomStream stream = streams.stream(Purpose.DIRECT, kind.ordinal(), k);
      long events = plan.jumps() * system.large().patches() / SEGMENTS;
      for (int s = 0; s < SEGMENTS; s++) {
        Progression made = dynamics.advance(state, Duration.events(events), stream);
        time[s][k] = made.time() / made.events();
        order[s + 1][k] = dynamics.observe(state)[mo];
        if (s >= SEGMENTS / 2) {
          late.add(lattice(system, state), true);
        }
      }
    }
    reference = reference == null ? late : reference;
    return new Stationarity(
        kind.text(),
        "MoMo",
        Estimate.of(order[0]),
        Estimate.of(order[SEGMENTS / 8]),
        Estimate.of(order[SEGMENTS]),
        Estimate.of(each(k -> order[SEGMENTS][k] - order[0][k])),
        Estimate.of(each(k -> time[0][k] / lateTime(time, k))),
        new Stationarity.Off(pairsOff(start, true), pairsOff(start, false), trianglesOff(start)),
        MILLI * nanos / plan.states());
  }

  private double[] each(java.util.function.IntToDoubleFunction of) {
    return IntStream.range(0, plan.states()).mapToDouble(of).toArray();
  }

  private static double lateTime(double[][] time, int k) {
    return IntStream.range(SEGMENTS / 2, SEGMENTS).mapToDouble(s -> time[s][k]).average().orElse(0);
  }

  private static EnsembleAverages averages() {
    return new EnsembleAverages(Crystal.bcc(), new PairKinds(3), 5);
  }

  private <S> LatticeSystem<S> fitted(LatticeSystem<S> system, List<FittedStage> fits) {
    if (system.options().upsampling().isEmpty()) {
      return system;
    }
    FittedUpsampling<S> able = system.options().upsampling().get();
    try {
      Path folder = Files.createTempDirectory("latticelift-bench");
      Path file = folder.resolve(HamiltonianFile.NAME);
      Condition condition = system.conditions().get(0);
      try (Hdf5Writer writer = Hdf5Writer.create(file)) {
        able.fit(
            condition, small.pool(system), List.of(), new Streams(3), FitObserver.NONE, writer);
      }
      try (HamiltonianFile read = HamiltonianFile.open(file)) {
        fits.addAll(read.stages(condition));
      }
      LatticeSystem<S> ready = able.fitted(file);
      Files.delete(file);
      Files.delete(folder);
      return ready;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <S> S mean(
      LatticeSystem<S> system,
      Dynamics<S> dynamics,
      FittedStage stage,
      RandomStream build,
      RandomStream relax) {
    EffectiveHamiltonian hamiltonian = stage.hamiltonian();
    Lattice lattice = lattice(system, dynamics.initial(system.large(), build));
    ExchangeLattice sites = new ExchangeLattice(lattice, hamiltonian.shells());
    sites.load(lattice);
    new ExchangeSampler(hamiltonian, sites).attempt(30 * lattice.sites(), build);
    sites.store(lattice);
    byte[] bytes = new byte[(int) lattice.sites()];
    for (int x = 0; x < lattice.nx(); x++) {
      byte[] plane = lattice.plane(x);
      System.arraycopy(plane, 0, bytes, x * plane.length, plane.length);
    }
    S state = system.codec().decode(bytes, system.large());
    dynamics.advance(state, Duration.events(32 * system.large().patches()), relax);
    return state;
  }

  private static <S> Lattice lattice(LatticeSystem<S> system, S state) {
    Extent extent = system.large();
    List<Integer> cells = extent.shape();
    Lattice lattice = new Lattice(Crystal.bcc(), cells.get(0), cells.get(1), cells.get(2));
    ByteBuffer bytes = ByteBuffer.wrap(system.codec().encode(state));
    for (int x = 0; x < lattice.nx(); x++) {
      bytes.get(lattice.plane(x));
    }
    return lattice;
  }

  /** Of pairs of atoms in the first five shells, or in those beyond. */
  private double pairsOff(EnsembleAverages start, boolean near) {
    PairKinds kinds = new PairKinds(3);
    double[] ours = start.pairs();
    double[] theirs = reference.pairs();
    return rms(
        IntStream.range(0, ours.length)
            .filter(k -> k / kinds.pairs() < 5 == near && kinds.all().get(k % kinds.pairs())[0] > 0)
            .mapToDouble(k -> ours[k] - theirs[k])
            .toArray());
  }

  private double trianglesOff(EnsembleAverages start) {
    double[] random = new Triangles(Crystal.bcc(), 3).random(counts());
    double[] ours = start.triangles();
    double[] theirs = reference.triangles();
    IntStream types = IntStream.range(0, ours.length);
    double off = rms(types.mapToDouble(t -> ours[t] - theirs[t]).toArray());
    return off
        / rms(IntStream.range(0, ours.length).mapToDouble(t -> theirs[t] - random[t]).toArray());
  }

  /** Equal parts of the species. */
  private long[] counts() {
    long sites = reference.sites();
    long vacancies = Math.round(sites / 1024.0);
    long each = (sites - vacancies) / 3;
    return new long[] {vacancies, each, each, sites - vacancies - 2 * each};
  }

  private static double rms(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum / values.length);
  }

  /**
   * Snapshots of the small system at equal times, made in memory.
   *
   * @param snapshots run after run, as the codec stores them
   * @param runs number of runs
   * @param records of a run
   * @param meanEventTime of a patch
   */
  record SmallRuns(List<byte[]> snapshots, int runs, int records, double meanEventTime) {
    /**
     * How they are made.
     *
     * @param runs number of runs
     * @param records of a run
     * @param settle jumps of a vacancy before the first record
     * @param gap mean jumps of a vacancy between two
     */
    record Plan(int runs, int records, long settle, long gap) {}

    static <S> SmallRuns of(LatticeSystem<S> system, Plan plan) {
      Condition condition = system.conditions().get(0);
      Dynamics<S> dynamics = system.dynamics(condition, 0);
      Streams streams = new Streams(1);
      long patches = system.small().patches();
      List<S> states = new ArrayList<>();
      List<RandomStream> run = new ArrayList<>();
      double time = 0;
      for (int r = 0; r < plan.runs(); r++) {
        RandomStream stream = streams.stream(Purpose.SIMULATE, condition.key(), r);
        S state =
            dynamics.initial(
                system.small(), streams.stream(Purpose.INITIAL_STATE, condition.key(), r));
        dynamics.advance(state, Duration.events(plan.settle() / 2 * patches), stream);
        Progression made =
            dynamics.advance(state, Duration.events(plan.settle() / 2 * patches), stream);
        time += made.time() * patches / made.events() / plan.runs();
        states.add(state);
        run.add(stream);
      }
      List<byte[]> snapshots = new ArrayList<>();
      for (int r = 0; r < plan.runs(); r++) {
        for (int record = 0; record < plan.records(); record++) {
          dynamics.advance(states.get(r), Duration.time(plan.gap() * time), run.get(r));
          snapshots.add(system.codec().encode(states.get(r)));
        }
      }
      return new SmallRuns(snapshots, plan.runs(), plan.records(), time);
    }

    /** As a pool of states of a system. */
    <S> SnapshotPool<S> pool(LatticeSystem<S> system) {
      return SnapshotPool.of(
          runs,
          records,
          (run, record) ->
              system.codec().decode(snapshots.get(run * records + record).clone(), system.small()));
    }
  }
}
