package org.latticelift.sim.vacancy.sublattice;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.ObjIntConsumer;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.Reduction;
import org.latticelift.sim.parallel.communicator.Request;
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
import org.latticelift.sim.vacancy.order.OrderParameters.Counts;
import org.latticelift.sim.vacancy.sublattice.Domain.RankGrid;
import org.latticelift.sim.vacancy.sublattice.OwnBlocks.BlockStreams;
import org.latticelift.sim.vacancy.sublattice.VacancyProblem.Kernels;

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

    /** Of a stretch of jumps. */
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
    simulator =
        new SublatticeSimulator(
            domain, lattice, kernels.first(), new NeighbourHalo(ranks, domain), seeds, task);
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
      saved.force();
    }
    ranks.barrier();
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
    CellBox own =
        new CellBox(
            domain.halo(0),
            domain.halo(1),
            domain.halo(2),
            domain.own(0),
            domain.own(1),
            domain.own(2));
    problem.order().recountPatch(lattice, own, counts);
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

  /** The two distributed arrays of a run: codes by cell, and streams by block. */
  static final class Planes {
    private Planes() {}

    /** Codes; a plane holds ny nz basis bytes as in files. */
    static void codes(
        Communicator ranks, Domain domain, Lattice lattice, PlaneCollector.Sink sink) {
      int basis = lattice.crystal().basisCount();
      BlockGrid blocks = domain.blocks();
      int[] extent = {blocks.ny(), blocks.nz()};
      int row = domain.own(2) * basis;
      new PlaneCollector(ranks, domain, part -> box(part, i -> i), extent, basis)
          .collect(
              (x, y, to) -> {
                int at = ((domain.halo(1) + y) * lattice.nz() + domain.halo(2)) * basis;
                to.put(lattice.plane(domain.halo(0) + x), at, row);
              },
              sink);
    }

    /** Streams; a plane holds one record per block of a layer of blocks. */
    static void streams(
        Communicator ranks, Domain domain, BlockStreams streams, PlaneCollector.Sink sink) {
      BlockGrid blocks = domain.blocks();
      int edge = blocks.edge();
      int[] extent = {blocks.along(1), blocks.along(2)};
      PlaneCollector.Box own = box(domain, i -> i / edge);
      new PlaneCollector(
              ranks, domain, part -> box(part, i -> i / edge), extent, streams.savedBytes())
          .collect((x, y, to) -> row(own, streams, x, y, to), sink);
    }

    private static void row(
        PlaneCollector.Box own, BlockStreams streams, int x, int y, ByteBuffer to) {
      int[] n = own.count();
      for (int z = 0; z < n[2]; z++) {
        streams.save((x * n[1] + y) * n[2] + z, to);
      }
    }

    private static PlaneCollector.Box box(Domain domain, IntUnaryOperator unit) {
      int[] first = new int[3];
      int[] count = new int[3];
      for (int axis = 0; axis < 3; axis++) {
        first[axis] = unit.applyAsInt(domain.first(axis));
        count[axis] = unit.applyAsInt(domain.own(axis));
      }
      return new PlaneCollector.Box(first, count);
    }
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

  /**
   * Brings a distributed three-dimensional array, plane by plane of constant first index, to ranks
   * that then hold whole planes: files are written in whole planes only. Ranks with the same part
   * of the first axis take turns, so that all of them write. Memory: one plane and one own
   * rectangle per rank of such a group.
   */
  static final class PlaneCollector {
    private static final int TAG = 200;

    /** A box of items: cells, or blocks. */
    record Box(int[] first, int[] count) {}

    /**
     * Copies the row of own items (x, y, own z range), counted from the own corner, to a buffer.
     */
    interface Source {
      void row(int x, int y, ByteBuffer to);
    }

    /** Takes a whole plane, its number counted over all ranks. */
    interface Sink {
      void plane(int x, byte[] bytes);
    }

    private final Communicator ranks;
    private final List<Integer> group = new ArrayList<>();
    private final List<Box> boxes = new ArrayList<>();
    private final int me;
    private final int[] extent;
    private final int itemBytes;
    private final ByteBuffer[] outgoing;
    private final ByteBuffer[] incoming;
    private final Request[] sent;

    /** Plans the collection ({@code itemBytes}: bytes per item). */
    PlaneCollector(Communicator ranks, Domain domain, BoxOf boxOf, int[] extent, int itemBytes) {
      this.ranks = ranks;
      this.extent = extent.clone();
      this.itemBytes = itemBytes;
      RankGrid grid = domain.ranks();
      int mine = grid.position(ranks.rank(), 0);
      for (int j = 0; j < grid.py(); j++) {
        for (int k = 0; k < grid.pz(); k++) {
          int rank = grid.rank(mine, j, k);
          group.add(rank);
          boxes.add(boxOf.box(new Domain(domain.blocks(), grid, rank)));
        }
      }
      me = group.indexOf(ranks.rank());
      outgoing = new ByteBuffer[group.size()];
      incoming = new ByteBuffer[group.size()];
      sent = new Request[group.size()];
      for (int g = 0; g < group.size(); g++) {
        outgoing[g] = ByteBuffer.allocateDirect(rectangle(me));
        incoming[g] = ByteBuffer.allocateDirect(rectangle(g));
      }
    }

    /** The box of items of a rank. */
    interface BoxOf {
      Box box(Domain domain);
    }

    private int rectangle(int g) {
      int[] count = boxes.get(g).count();
      return Math.multiplyExact(Math.multiplyExact(count[1], count[2]), itemBytes);
    }

    /** Collects all planes of this part of the first axis; collective within it. */
    void collect(Source source, Sink sink) {
      Box box = boxes.get(me);
      int planes = box.count()[0];
      for (int from = 0; from < planes; from += group.size()) {
        int round = Math.min(group.size(), planes - from);
        for (int g = 0; g < round; g++) {
          send(g, from + g, source);
        }
        if (me < round) {
          sink.plane(box.first()[0] + from + me, received());
        }
        for (int g = 0; g < round; g++) {
          if (g != me) {
            sent[g].await();
          }
        }
      }
    }

    private void send(int g, int x, Source source) {
      ByteBuffer out = outgoing[g].clear();
      for (int y = 0; y < boxes.get(me).count()[1]; y++) {
        source.row(x, y, out);
      }
      if (g != me) {
        sent[g] = ranks.send(out, out.position(), group.get(g), TAG);
      }
    }

    private byte[] received() {
      byte[] plane = new byte[Math.multiplyExact(extent[0] * extent[1], itemBytes)];
      Request[] coming = new Request[group.size()];
      for (int g = 0; g < group.size(); g++) {
        if (g != me) {
          coming[g] = ranks.receive(incoming[g], rectangle(g), group.get(g), TAG);
        }
      }
      for (int g = 0; g < group.size(); g++) {
        if (g != me) {
          coming[g].await();
        }
        place(g == me ? outgoing[me] : incoming[g], boxes.get(g), plane);
      }
      return plane;
    }

    private void place(ByteBuffer rectangle, Box box, byte[] plane) {
      int row = box.count()[2] * itemBytes;
      for (int y = 0; y < box.count()[1]; y++) {
        int at = ((box.first()[1] + y) * extent[1] + box.first()[2]) * itemBytes;
        rectangle.get(y * row, plane, at, row);
      }
    }
  }
}
