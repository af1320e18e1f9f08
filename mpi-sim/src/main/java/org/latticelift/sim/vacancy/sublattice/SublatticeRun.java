package org.latticelift.sim.vacancy.sublattice;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.Reduction;
import org.latticelift.sim.random.Permutation;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.DistributedDynamics.DistributedRun;
import org.latticelift.sim.system.DistributedDynamics.DistributedRun.PhaseCost;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.Counts;
import org.latticelift.sim.vacancy.sublattice.OwnBlocks.BlockStreams;
import org.latticelift.sim.vacancy.sublattice.SublatticeCheckpoint.Planes;
import org.latticelift.sim.vacancy.sublattice.VacancyProblem.Kernels;
import org.latticelift.sim.vacancy.transport.SharedDisplacements;

/**
 * A lattice that all ranks simulate together. Every method but the getters is collective.
 * Trajectory and observables are bit for bit the same for any number of ranks.
 *
 * <p>Within a cycle a rank waits for its neighbours only. The jumps of all ranks are counted where
 * they matter, at the ends of stretches, when the run is saved, and where a stretch of jumps may
 * have reached its {@link JumpTarget}: a count after every cycle made two ranks wait for 3 % of the
 * time.
 */
public final class SublatticeRun implements DistributedRun {
  private final Communicator ranks;
  private final VacancyProblem problem;
  private final SublatticeConfig config;
  private final Domain domain;
  private final Lattice lattice;
  private final Kernels kernels;
  private final Optional<SharedDisplacements> moved;
  private final SublatticeSimulator simulator;
  private final Counts counts;
  private final Progress progress = new Progress();
  private long ownCounted;

  /** Where the run stands; equal on all ranks. */
  static final class Progress {
    double time;

    /** Of all ranks, when they were counted last. */
    long jumps;

    double start;
    double duration;
    double window;

    /** Until the end of a stretch of time, or the next count of a stretch of jumps. */
    long cyclesLeft;

    Optional<JumpTarget> target = Optional.empty();
  }

  private SublatticeRun(
      Communicator ranks,
      VacancyProblem problem,
      SublatticeConfig config,
      Domain domain,
      Lattice lattice,
      Streams seeds,
      long[] task) {
    this.ranks = ranks;
    this.problem = problem;
    this.config = config;
    this.domain = domain;
    this.lattice = lattice;
    counts = problem.order().newCounts();
    kernels = new Kernels(problem, lattice, problem.order().tracker(counts));
    moved =
        problem
            .transport()
            .map(t -> new SharedDisplacements(t, lattice, own(domain), problem.counts()[0]));
    NeighbourHalo halo = new NeighbourHalo(ranks, domain);
    simulator = new SublatticeSimulator(domain, lattice, kernels.first(), halo, seeds, task, moved);
  }

  /** Starts a run; the run at time 0. */
  public static SublatticeRun start(
      Communicator ranks,
      VacancyProblem problem,
      SublatticeConfig config,
      Streams seeds,
      InitialLattice initial,
      long condition,
      long run) {
    Domain domain = domain(ranks, problem, config);
    Lattice lattice = emptyLattice(problem.barrier().crystal(), domain);
    initial.fill(ranks, domain, lattice);
    long[] task = {condition, run};
    SublatticeRun started = new SublatticeRun(ranks, problem, config, domain, lattice, seeds, task);
    started.recount();
    return started;
  }

  /**
   * Continues a run, perhaps with another number of ranks ({@code file}: from {@link #save},
   * readable by every rank); the run where it was saved.
   */
  public static SublatticeRun resume(
      Communicator ranks,
      VacancyProblem problem,
      SublatticeConfig config,
      Streams seeds,
      long condition,
      long run,
      Path file) {
    Domain domain = domain(ranks, problem, config);
    Lattice lattice = emptyLattice(problem.barrier().crystal(), domain);
    int basis = problem.barrier().crystal().basisCount();
    int streamBytes = BlockStreams.savedBytes(seeds);
    long[] task = {condition, run};
    try (SublatticeCheckpoint saved =
        SublatticeCheckpoint.open(file, false, domain.blocks(), basis, streamBytes)) {
      for (int x = 0; x < lattice.nx(); x++) {
        place(saved.readPlane(domain.global(x, 0)), x, domain, lattice);
      }
      SublatticeRun resumed =
          new SublatticeRun(ranks, problem, config, domain, lattice, seeds, task);
      resumed.simulator.restore(saved.readHeader(resumed.progress));
      resumed.restoreStreams(saved);
      resumed.moved.ifPresent(displacements -> resumed.restore(displacements, saved));
      resumed.recount();
      return resumed;
    }
  }

  private static void place(byte[] plane, int x, Domain domain, Lattice lattice) {
    int basis = lattice.crystal().basisCount();
    byte[] to = lattice.plane(x);
    for (int y = 0; y < lattice.ny(); y++) {
      int row = domain.global(y, 1) * domain.blocks().nz();
      for (int z = 0; z < lattice.nz(); z++) {
        System.arraycopy(
            plane, (row + domain.global(z, 2)) * basis, to, (y * lattice.nz() + z) * basis, basis);
      }
    }
  }

  private void restore(SharedDisplacements displacements, SublatticeCheckpoint saved) {
    int basis = lattice.crystal().basisCount();
    int siteBytes = displacements.words() * Long.BYTES;
    for (int x = 0; x < lattice.nx(); x++) {
      ByteBuffer plane = ByteBuffer.wrap(saved.readTracks(domain.global(x, 0), siteBytes));
      for (int y = 0; y < lattice.ny(); y++) {
        int row = domain.global(y, 1) * domain.blocks().nz();
        for (int z = 0; z < lattice.nz(); z++) {
          plane.position((row + domain.global(z, 2)) * basis * siteBytes);
          for (int b = 0; b < basis; b++) {
            displacements.take(lattice.index(x, y, z, b), plane::getLong);
          }
        }
      }
    }
    byte[] sums = saved.readSums(displacements.savedBytes(), siteBytes);
    displacements.restore(ByteBuffer.wrap(sums), ranks.rank() == 0);
  }

  private void restoreStreams(SublatticeCheckpoint saved) {
    BlockStreams streams = simulator.streams();
    int edge = domain.blocks().edge();
    int ny = domain.own(1) / edge;
    int nz = domain.own(2) / edge;
    for (int i = 0; i < domain.own(0) / edge; i++) {
      ByteBuffer layer = ByteBuffer.wrap(saved.readLayer(domain.first(0) / edge + i));
      for (int j = 0; j < ny; j++) {
        int row = (domain.first(1) / edge + j) * domain.blocks().along(2) + domain.first(2) / edge;
        layer.position(row * streams.savedBytes());
        for (int k = 0; k < nz; k++) {
          streams.restore((i * ny + j) * nz + k, layer);
        }
      }
    }
  }

  @Override
  public void save(Path file) {
    count();
    BlockStreams streams = simulator.streams();
    int basis = lattice.crystal().basisCount();
    try (SublatticeCheckpoint saved =
        SublatticeCheckpoint.open(file, true, domain.blocks(), basis, streams.savedBytes())) {
      if (ranks.rank() == 0) {
        saved.writeHeader(progress, simulator.cycles());
      }
      Planes.codes(ranks, domain, lattice, saved::writePlane);
      Planes.streams(ranks, domain, streams, saved::writeLayer);
      moved.ifPresent(displacements -> save(displacements, saved));
      saved.force();
    }
    ranks.barrier();
  }

  private void save(SharedDisplacements displacements, SublatticeCheckpoint saved) {
    Planes.tracks(ranks, domain, lattice, displacements, saved::writeTracks);
    byte[] sums = displacements.save(ranks);
    if (ranks.rank() == 0) {
      saved.writeSums(sums, displacements.words() * Long.BYTES);
    }
  }

  /** Hands out the codes of the whole lattice, every plane to one of the ranks. */
  void planes(ObjIntConsumer<byte[]> sink) {
    Planes.codes(ranks, domain, lattice, (x, bytes) -> sink.accept(bytes, x));
  }

  private static Domain domain(
      Communicator ranks, VacancyProblem problem, SublatticeConfig config) {
    BlockGrid blocks = new BlockGrid(problem.nx(), problem.ny(), problem.nz(), config.blockCells());
    return new Domain(blocks, RankGrid.fitting(blocks, ranks.size()), ranks.rank());
  }

  private static Lattice emptyLattice(Crystal crystal, Domain domain) {
    return new Lattice(crystal, domain.local(0), domain.local(1), domain.local(2));
  }

  private void recount() {
    problem.order().recountPatch(lattice, own(domain), counts);
  }

  private static CellBox own(Domain domain) {
    return new CellBox(
        domain.halo(0),
        domain.halo(1),
        domain.halo(2),
        domain.own(0),
        domain.own(1),
        domain.own(2));
  }

  /** Barriers are kept from the second temperature on; rates are those of the new one. */
  @Override
  public void change(Condition condition) {
    if (condition.value() != kernels.kelvin()) {
      simulator.use(kernels.at(condition.value()));
    }
  }

  @Override
  public void begin(Duration step) {
    if (step.kind() == Duration.Kind.EVENTS) {
      beginJumps((long) step.value());
    } else {
      beginTime(step.value());
    }
  }

  /**
   * Begins a stretch of physical time: a whole number of cycles of equal windows ({@code seconds}:
   * positive).
   */
  public void beginTime(double seconds) {
    count();
    progress.start = progress.time;
    progress.duration = seconds;
    progress.cyclesLeft = (long) Math.ceil(seconds / chosenWindow());
    progress.window = seconds / progress.cyclesLeft;
    progress.target = Optional.empty();
  }

  /**
   * Begins a stretch of jumps, which ends with the first cycle that reaches them; where cycles are
   * suddenly more than twice as lively as all before, perhaps some cycles later ({@link
   * JumpTarget}). {@code jumps}: of all vacancies together, positive.
   */
  public void beginJumps(long jumps) {
    count();
    progress.start = progress.time;
    progress.window = chosenWindow();
    progress.cyclesLeft = 1;
    progress.target = Optional.of(JumpTarget.after(simulator.cycles(), progress.jumps, jumps));
  }

  private double chosenWindow() {
    return config
        .window(problem.kinetics().resolvesFlicker())
        .seconds(simulator, ranks, problem.counts()[0], kernels.kelvin());
  }

  /** One cycle, the unit of logs and checkpoints. */
  @Override
  public boolean cycle() {
    simulator.cycle(progress.window);
    progress.cyclesLeft--;
    boolean done = progress.cyclesLeft == 0 && ended();
    progress.time =
        done && progress.target.isEmpty()
            ? progress.start + progress.duration
            : progress.time + progress.window;
    return done;
  }

  /** Counts, and plans the next count where the stretch goes on. */
  private boolean ended() {
    count();
    progress.target = progress.target.map(t -> t.counted(simulator.cycles(), progress.jumps));
    progress.cyclesLeft = progress.target.map(JumpTarget::cyclesUntilCount).orElse(0L);
    return progress.cyclesLeft == 0;
  }

  /** Adds what all ranks have made since the last count. */
  private void count() {
    long[] made = {simulator.jumps() - ownCounted};
    ranks.allReduce(made, Reduction.SUM);
    progress.jumps += made[0];
    ownCounted = simulator.jumps();
  }

  /** The order parameters of the whole lattice. */
  @Override
  public double[] observe() {
    long[] sum = counts.array().clone();
    ranks.allReduce(sum, Reduction.SUM);
    Counts whole = problem.order().newCounts();
    System.arraycopy(sum, 0, whole.array(), 0, sum.length);
    double[] values = new double[problem.order().size()];
    problem.order().values(whole, 1, values);
    return values;
  }

  /** Displacements; see {@link SharedDisplacements#record}. */
  @Override
  public double[] measure() {
    return moved.orElseThrow().record(ranks);
  }

  @Override
  public double time() {
    return progress.time;
  }

  /** Jumps of the whole lattice until the last count. */
  @Override
  public long events() {
    return progress.jumps;
  }

  @Override
  public PhaseCost cost() {
    return simulator.cost();
  }

  /** What a distributed run starts from. Every rank fills its own cells and its halo. */
  public interface InitialLattice {
    /**
     * Fills the lattice of a rank; collective. What a cell holds does not depend on the ranks
     * ({@code lattice}: of that part, halo included; all of it is overwritten).
     */
    void fill(Communicator ranks, Domain domain, Lattice lattice);

    /**
     * A random alloy of exact composition ({@code counts}: sites of the whole lattice per code,
     * index 0 vacancies); nothing is sent to fill it.
     */
    static InitialLattice random(long[] counts, RandomStream stream) {
      long sites = 0;
      for (long count : counts) {
        sites += count;
      }
      return new RandomFill(counts, new Permutation(sites, stream));
    }
  }

  /**
   * A random alloy of exact composition, filled by every rank for itself: a permutation of all
   * sites decides, so that nothing is drawn for sites of others and nothing is sent.
   */
  static final class RandomFill implements InitialLattice {
    private final long[] end;
    private final Permutation permutation;

    /** Plans the fill ({@code counts}: sites of the whole lattice per code, index 0 vacancies). */
    RandomFill(long[] counts, Permutation permutation) {
      this.permutation = permutation;
      end = new long[counts.length];
      long sum = 0;
      for (int code = 0; code < counts.length; code++) {
        sum += counts[code];
        end[code] = sum;
      }
      if (sum != permutation.size()) {
        throw new IllegalArgumentException(sum + " codes for " + permutation.size() + " sites");
      }
    }

    /** Code of a site of the whole lattice. */
    byte code(long site) {
      long place = permutation.of(site);
      byte code = 0;
      while (place >= end[code]) {
        code++;
      }
      return code;
    }

    @Override
    public void fill(Communicator ranks, Domain domain, Lattice lattice) {
      int basis = lattice.crystal().basisCount();
      long rows = domain.blocks().ny();
      for (int x = 0; x < lattice.nx(); x++) {
        byte[] plane = lattice.plane(x);
        int at = 0;
        for (int y = 0; y < lattice.ny(); y++) {
          long row = domain.global(x, 0) * rows + domain.global(y, 1);
          for (int z = 0; z < lattice.nz(); z++) {
            long cell = row * domain.blocks().nz() + domain.global(z, 2);
            for (int b = 0; b < basis; b++) {
              plane[at++] = code(cell * basis + b);
            }
          }
        }
      }
    }
  }
}
