package org.latticelift.sim.systems.alloy;

import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Lifting.Environment;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.Patches.JointEvolution;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.systems.alloy.AlloyConfig.Cells;
import org.latticelift.sim.systems.alloy.AlloyConfig.PatchGeometry;
import org.latticelift.sim.systems.alloy.JoinedTiles.TileOfRun;
import org.latticelift.sim.systems.alloy.LatticeView.BoundedDraw;
import org.latticelift.sim.systems.alloy.LatticeView.CellReader;
import org.latticelift.sim.systems.alloy.LocalRelax.CutOut;
import org.latticelift.sim.systems.alloy.ShapeSimulator.ShapeSimulators;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.JumpEvent;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpObserver;
import org.latticelift.sim.vacancy.kmc.Region;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.lattice.SiteIndex;
import org.latticelift.sim.vacancy.order.Counts;
import org.latticelift.sim.vacancy.order.OrderDrift;
import org.latticelift.sim.vacancy.order.OrderParameters;

/**
 * Partial evolution (ME-12): one vacancy jumps while all others are frozen (AL-71, DI-03), so every
 * vacancy makes a patch. It has the size of the small system and is centred on it. The increment is
 * the change of all bonds in patch units: their number over the atoms per vacancy.
 */
final class AlloyPatches implements Patches<AlloyState> {
  private static final double[] NONE = {};

  private final LiftingRules rules;
  private final Observation observation;
  private final ShapeSimulators simulators;
  private final AlloyState state;
  private final LatticeView sites;
  private final boolean compensated;

  /** The whole as the last vacancy saw it; absent where surroundings are less. */
  private Optional<Surroundings> whole = Optional.empty();

  AlloyPatches(
      LiftingRules rules,
      Observation observation,
      ShapeSimulators simulators,
      AlloyState state,
      boolean compensated) {
    this.rules = rules;
    this.observation = observation;
    this.simulators = simulators;
    this.state = state;
    this.compensated = compensated;
    sites = state.sites();
  }

  @Override
  public long count() {
    if (rules.tilesContinueRuns()) {
      return tilesOfRuns().size();
    }
    return rules.tilesArePatches()
        ? sites.knownVacancies() / rules.vacanciesPerTile()
        : sites.knownVacancies();
  }

  /** K, of which those that can be evolved may stand for many. */
  private long all() {
    return sites.vacancyCount();
  }

  @Override
  public long draw(RandomStream stream) {
    return BoundedDraw.below(count(), stream);
  }

  @Override
  public PartialEvolution evolve(long chosen, Duration duration, RandomStream stream) {
    if (rules.tilesContinueRuns()) {
      return seen(tilesOfRuns().get(Math.toIntExact(chosen)), chosen, duration);
    }
    PatchGeometry patches = rules.lattices().patches();
    if (rules.tilesArePatches() && rules.vacanciesPerTile() > 1) {
      CellBox tile = patches.tile(sites.shape(), chosen);
      return closed(sites.around(sites.vacancy(0)), tile, chosen, duration, stream);
    }
    long vacancy = sites.vacancy(chosen);
    CellBox around = patches.around(sites.shape(), vacancy);
    if (rules.evolve().environment() != Environment.PERIODIC) {
      return open(around, chosen, vacancy, duration, stream);
    }
    CellBox patch = rules.tilesArePatches() ? patches.tileOf(sites.shape(), vacancy) : around;
    return closed(sites.around(vacancy), patch, chosen, duration, stream);
  }

  private List<TileOfRun> tilesOfRuns() {
    return sites instanceof JoinedTiles joined
        ? joined.distinctTiles()
        : List.of((TileOfRun) sites);
  }

  /** What the run of a tile did next. */
  private PartialEvolution seen(TileOfRun tile, long chosen, Duration duration) {
    double time = Math.min(duration.value(), tile.longest());
    double[] before = isolated(tile.whole());
    double[] after = isolated(tile.later().apply(time));
    double[] increment = new double[before.length];
    Arrays.setAll(increment, i -> after[i] - before[i]);
    return new PartialEvolution(chosen, before, increment, 0, time, 0, NONE);
  }

  /** A vacancy that leaves its surroundings begins again in wider ones. */
  private PartialEvolution open(
      CellBox patch, long chosen, long vacancy, Duration duration, RandomStream stream) {
    byte[] start = stream.save();
    for (int cells = Surroundings.cells(patch, sites.shape()); ; cells *= 2) {
      Surroundings around = surroundings(vacancy, cells);
      PartialEvolution made = open(around, patch, chosen, vacancy, duration, stream);
      if (!around.left()) {
        return made;
      }
      stream.rewind(start);
    }
  }

  private Surroundings surroundings(long vacancy, int cells) {
    CellReader reader = sites.around(vacancy);
    if (whole.isPresent() && whole.get().of(reader)) {
      return whole.get();
    }
    Surroundings around =
        new Surroundings(reader, vacancy, simulators.of(Surroundings.size(sites.shape(), cells)));
    whole = around.complete() ? Optional.of(around) : Optional.empty();
    return around;
  }

  private PartialEvolution open(
      Surroundings around,
      CellBox patch,
      long chosen,
      long vacancy,
      Duration duration,
      RandomStream stream) {
    OrderParameters order = observation.order(sites);
    Counts change = order.newCounts();
    JumpObserver tracker = order.tracker(change);
    Optional<Region> region = region(around, patch);
    ShapeSimulator simulator = around.simulator();
    Optional<OrderDrift> drift = drift(simulator, order, all());
    Progression progression =
        simulator.tryOut(
            new long[] {around.site(vacancy)},
            duration,
            rules.evolve().clock(),
            stream,
            around.complete() ? tracker : both(around, tracker),
            region,
            drift);
    double[] increment = new double[order.size()];
    order.difference(change, all(), increment);
    return new PartialEvolution(
        chosen,
        observation.patch(sites, around.lattice(), around.box(patch)),
        increment,
        progression.events(),
        progression.time(),
        region.isPresent() && simulator.metWall() ? 1 : 0,
        integral(drift));
  }

  private static JumpObserver both(Surroundings around, JumpObserver tracker) {
    return event -> {
      around.jumped(event);
      tracker.jumped(event);
    };
  }

  /** Where the vacancies of a box may go, in its surroundings; absent for everywhere. */
  private Optional<Region> region(Surroundings around, CellBox box) {
    return switch (rules.evolve().environment()) {
      case GHOST -> Optional.of(around.region(box));
      case BUFFER ->
          Optional.of(around.region(box.grown(sites.shape(), rules.evolve().bufferCells())));
      case WHOLE, PERIODIC -> Optional.empty();
    };
  }

  private Optional<OrderDrift> drift(
      ShapeSimulator simulator, OrderParameters order, double patches) {
    return compensated ? Optional.of(simulator.drift(order, patches)) : Optional.empty();
  }

  private static double[] integral(Optional<OrderDrift> drift) {
    return drift.map(OrderDrift::integral).orElse(NONE);
  }

  /** The cut-out patch closed on itself; all vacancies in it compete (AL-72). */
  private PartialEvolution closed(
      CellReader around, CellBox patch, long chosen, Duration duration, RandomStream stream) {
    ShapeSimulator small = simulators.of(rules.lattices().small());
    around.read(patch.x(), patch.y(), patch.z(), small.lattice());
    double[] before = isolated(small.lattice());
    Optional<OrderDrift> drift =
        drift(small, isolatedOrder(small.lattice()), isolatedPatches(small.lattice()));
    Progression progression =
        small.run(small.lattice().vacancies(), duration, rules.evolve().clock(), stream, drift);
    double[] after = isolated(small.lattice());
    double[] increment = new double[before.length];
    Arrays.setAll(increment, i -> after[i] - before[i]);
    return new PartialEvolution(
        chosen, before, increment, progression.events(), progression.time(), 0, integral(drift));
  }

  private double[] isolated(Lattice patch) {
    return rules.ownAtoms() ? observation.isolated(patch) : observation.isolated(patch, sites);
  }

  private OrderParameters isolatedOrder(Lattice patch) {
    return rules.ownAtoms() ? observation.isolatedOrder(patch) : observation.order(sites);
  }

  private double isolatedPatches(Lattice patch) {
    return rules.ownAtoms() ? 1 : (double) sites.shape().sites() / patch.sites();
  }

  /** A jump belongs to the patch of the vacancy that makes it. */
  @Override
  public JointEvolution evolveAll(Duration duration, RandomStream stream) {
    if (rules.tilesArePatches()) {
      return allTiles(duration, stream);
    }
    ShapeSimulator simulator = simulators.of(state.lattice());
    simulator.load(state.lattice());
    OrderParameters order = observation.order(sites);
    int patches = state.vacancies().length;
    Counts[] changes = new Counts[patches];
    JumpObserver[] trackers = new JumpObserver[patches];
    for (int k = 0; k < patches; k++) {
      changes[k] = order.newCounts();
      trackers[k] = order.tracker(changes[k]);
    }
    Optional<OrderDrift> drift = drift(simulator, order, patches);
    Progression made =
        simulator.tryOut(
            state.vacancies(),
            times(duration, patches),
            rules.evolve().clock(),
            stream,
            event -> trackers[event.vacancy()].jumped(event),
            Optional.empty(),
            drift);
    double[][] increments = new double[patches][order.size()];
    for (int k = 0; k < patches; k++) {
      order.difference(changes[k], patches, increments[k]);
    }
    double[] compensator = integral(drift);
    Arrays.setAll(compensator, i -> compensator[i] / patches);
    return JointEvolution.of(LongStream.range(0, patches).toArray(), increments, compensator, made);
  }

  /** Tiles that are closed know nothing of each other. */
  private JointEvolution allTiles(Duration duration, RandomStream stream) {
    double[][] increments = new double[(int) count()][];
    double[] compensator = NONE;
    long events = 0;
    double time = 0;
    for (int k = 0; k < increments.length; k++) {
      PartialEvolution made = evolve(k, duration, stream);
      increments[k] = made.increment();
      double[] own = made.compensator();
      double[] sum = k == 0 ? new double[own.length] : compensator;
      Arrays.setAll(sum, i -> sum[i] + own[i] / increments.length);
      compensator = sum;
      events += made.events();
      time += made.time() / increments.length;
    }
    long[] all = LongStream.range(0, increments.length).toArray();
    return JointEvolution.of(all, increments, compensator, new Progression(events, time));
  }

  private static Duration times(Duration duration, int patches) {
    return duration.kind() == Duration.Kind.EVENTS
        ? Duration.events((long) duration.value() * patches)
        : duration;
  }

  /**
   * What surrounds one site of a lattice, as a lattice of its own (EX-25): whatever happens near
   * the middle of it happens as in the whole, bit for bit. Along an axis of which it holds all
   * cells it is the whole, periodic as that; along others it must not be read near its ends.
   */
  static final class Surroundings {
    /** Cells per axis to begin with: few vacancies go further in the 125 jumps of an evolution. */
    private static final int NEAR = 32;

    private final CellReader sites;
    private final LatticeShape whole;
    private final ShapeSimulator simulator;
    private final Lattice cells;
    private final int[] origin;
    private final int margin;
    private boolean left;

    /** Reads them ({@code simulator}: its lattice is filled; at most as large as the whole). */
    Surroundings(CellReader sites, long site, ShapeSimulator simulator) {
      this.sites = sites;
      this.simulator = simulator;
      whole = sites.shape();
      cells = simulator.lattice();
      margin = margin(whole);
      int basis = whole.crystal().basisCount();
      origin =
          new int[] {
            origin(SiteIndex.x(site, whole.ny(), whole.nz(), basis), cells.nx(), whole.nx()),
            origin(SiteIndex.y(site, whole.ny(), whole.nz(), basis), cells.ny(), whole.ny()),
            origin(SiteIndex.z(site, whole.nz(), basis), cells.nz(), whole.nz())
          };
      sites.read(origin[0], origin[1], origin[2], cells);
    }

    /**
     * Cells between a vacancy and an end: the environment of a site to which it hops must be there.
     */
    private static int margin(LatticeShape whole) {
      return 2 * whole.crystal().reach();
    }

    /** Cells per axis to begin with: room for a patch and what its sites are bound to. */
    static int cells(CellBox patch, LatticeShape whole) {
      int longest = Math.max(patch.nx(), Math.max(patch.ny(), patch.nz()));
      return Math.max(NEAR, longest + 2 * margin(whole));
    }

    static Cells usual() {
      return new Cells(NEAR, NEAR, NEAR);
    }

    /** Size with so many cells per axis, or all that there are. */
    static Cells size(LatticeShape whole, int cells) {
      return new Cells(
          Math.min(cells, whole.nx()), Math.min(cells, whole.ny()), Math.min(cells, whole.nz()));
    }

    private static int origin(int at, int cells, int all) {
      return cells == all ? 0 : Math.floorMod(at - cells / 2, all);
    }

    /** Where the sites are. */
    ShapeSimulator simulator() {
      return simulator;
    }

    Lattice lattice() {
      return cells;
    }

    boolean of(CellReader reader) {
      return sites == reader;
    }

    boolean complete() {
      return cells.sites() == whole.sites();
    }

    /** The number that a site of the whole has here. */
    long site(long site) {
      int basis = whole.crystal().basisCount();
      return cells.index(
          Math.floorMod(SiteIndex.x(site, whole.ny(), whole.nz(), basis) - origin[0], whole.nx()),
          Math.floorMod(SiteIndex.y(site, whole.ny(), whole.nz(), basis) - origin[1], whole.ny()),
          Math.floorMod(SiteIndex.z(site, whole.nz(), basis) - origin[2], whole.nz()),
          SiteIndex.b(site, basis));
    }

    /** A box of the whole that lies within. */
    CellBox box(CellBox box) {
      return new CellBox(
          Math.floorMod(box.x() - origin[0], whole.nx()),
          Math.floorMod(box.y() - origin[1], whole.ny()),
          Math.floorMod(box.z() - origin[2], whole.nz()),
          box.nx(),
          box.ny(),
          box.nz());
    }

    /** A region of the whole, for sites of the surroundings. */
    Region region(CellBox box) {
      Region region = box.region(whole);
      return (x, y, z, b) ->
          region.contains(
              (x + origin[0]) % whole.nx(),
              (y + origin[1]) % whole.ny(),
              (z + origin[2]) % whole.nz(),
              b);
    }

    /** Notes whether a jump led so near to an end that more may have been read than is there. */
    void jumped(JumpEvent event) {
      int basis = whole.crystal().basisCount();
      left |=
          !inside(SiteIndex.x(event.to(), cells.ny(), cells.nz(), basis), cells.nx(), whole.nx())
              || !inside(
                  SiteIndex.y(event.to(), cells.ny(), cells.nz(), basis), cells.ny(), whole.ny())
              || !inside(SiteIndex.z(event.to(), cells.nz(), basis), cells.nz(), whole.nz());
    }

    private boolean inside(int at, int size, int all) {
      return size == all || at >= margin && at < size - margin;
    }

    boolean left() {
      return left;
    }
  }

  /** Order parameters of lattices, of their patches, and of periodic tiles. Serves one thread. */
  static final class Observation {
    private final AlloyLattices lattices;
    private final Map<Long, OrderParameters> bySites = new HashMap<>();
    private final CompositionOrders byComposition;
    private final Lattice tile;
    private Optional<Counts> scratch = Optional.empty();

    Observation(AlloyLattices lattices) {
      this.lattices = lattices;
      byComposition = new CompositionOrders(lattices);
      tile = lattices.shapes().lattice(lattices.small());
    }

    /** Order parameters with the constants of the composition that lattices of this size have. */
    OrderParameters order(LatticeView whole) {
      return bySites.computeIfAbsent(
          whole.shape().sites(), sites -> lattices.order(whole.counts()));
    }

    /** The whole lattice, all bonds (DI-47 default), or the mean over its tiles (AL-70). */
    double[] whole(AlloyState state) {
      LatticeView whole = state.sites();
      if (lattices.tileMean() && whole.shape().sites() > lattices.smallSites()) {
        return tileMean(whole);
      }
      OrderParameters order = order(whole);
      Counts counts = scratch(order);
      whole.count(order, counts);
      return values(order, counts, 1);
    }

    /**
     * Bonds owned by the sites of a box over the global number of atoms per patch (DI-55). {@code
     * part}: the whole, or surroundings of the box.
     */
    double[] patch(LatticeView whole, Lattice part, CellBox box) {
      double patches = (double) whole.shape().sites() / lattices.patches().sites(box);
      return values(order(whole), part, box, patches);
    }

    /** A cut-out patch closed on itself, over its own number of atoms (AL-51, AL-70). */
    double[] isolated(Lattice patch) {
      return values(isolatedOrder(patch), patch, CellBox.all(patch), 1);
    }

    /** Order parameters with the constants of the composition of a cut-out patch. */
    OrderParameters isolatedOrder(Lattice patch) {
      return byComposition.of(patch.counts());
    }

    /** A cut-out patch closed on itself, over the atoms per patch of a whole (DI-55). */
    double[] isolated(Lattice patch, LatticeView whole) {
      double patches = (double) whole.shape().sites() / patch.sites();
      return values(order(whole), patch, CellBox.all(patch), patches);
    }

    /**
     * The mean over the tiles of a lattice, each closed on itself (AL-70). Of tiles that are copies
     * of others the others are looked at.
     */
    double[] tileMean(LatticeView sites) {
      return sites instanceof JoinedTiles joined && joined.ofTiles(lattices.small())
          ? joined.meanOfTiles(part -> isolated(part.whole()))
          : tileMean(sites.whole(), order(sites).size());
    }

    private double[] tileMean(Lattice lattice, int observables) {
      double[] mean = new double[observables];
      int tiles = 0;
      for (int x = 0; x < lattice.nx(); x += tile.nx()) {
        for (int y = 0; y < lattice.ny(); y += tile.ny()) {
          for (int z = 0; z < lattice.nz(); z += tile.nz()) {
            CutOut.cut(lattice, new CellBox(x, y, z, tile.nx(), tile.ny(), tile.nz()), tile);
            double[] one = isolated(tile);
            for (int i = 0; i < one.length; i++) {
              mean[i] += one[i];
            }
            tiles++;
          }
        }
      }
      for (int i = 0; i < mean.length; i++) {
        mean[i] /= tiles;
      }
      return mean;
    }

    private Counts scratch(OrderParameters order) {
      if (scratch.isEmpty()) {
        scratch = Optional.of(order.newCounts());
      }
      return scratch.get();
    }

    private double[] values(OrderParameters order, Lattice lattice, CellBox box, double patches) {
      Counts counts = scratch(order);
      order.recountPatch(lattice, box, counts);
      return values(order, counts, patches);
    }

    private static double[] values(OrderParameters order, Counts counts, double patches) {
      double[] out = new double[order.size()];
      order.values(counts, patches, out);
      return out;
    }

    /**
     * Order parameters by composition. Tiles that are observed as wholes (DI-55, preset) differ by
     * a few atoms only, so the latest ones are kept.
     */
    static final class CompositionOrders {
      private static final int KEPT = 1024;

      private final AlloyLattices lattices;
      private final Map<LongBuffer, OrderParameters> latest =
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<LongBuffer, OrderParameters> eldest) {
              return size() > KEPT;
            }
          };

      CompositionOrders(AlloyLattices lattices) {
        this.lattices = lattices;
      }

      /** For sites per code; the array is kept. */
      OrderParameters of(long[] counts) {
        return latest.computeIfAbsent(LongBuffer.wrap(counts), key -> lattices.order(counts));
      }
    }
  }
}
