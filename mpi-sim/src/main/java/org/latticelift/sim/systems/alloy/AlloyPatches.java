package org.latticelift.sim.systems.alloy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.JointEvolution;
import org.latticelift.sim.system.PartialEvolution;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpObserver;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Region;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.OrderDrift;
import org.latticelift.sim.vacancy.order.OrderParameters;
import org.latticelift.sim.vacancy.order.OrderParameters.Counts;

/**
 * Partial evolution (ME-12): one vacancy jumps while all others are frozen (AL-71, DI-03), so every
 * vacancy makes a patch. It has the size of the small system and is centred on it. The increment is
 * the change of all bonds in patch units: their number over the atoms per vacancy.
 */
final class AlloyPatches implements Patches {
  private static final double[] NONE = {};

  private final LiftingRules rules;
  private final Observation observation;
  private final ShapeSimulators simulators;
  private final AlloyState state;
  private final LatticeView sites;
  private final boolean compensated;

  /** The whole as the last vacancy saw it; null where surroundings are less. */
  private Surroundings whole;

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
    if (whole != null && whole.of(reader)) {
      return whole;
    }
    Surroundings around =
        new Surroundings(reader, vacancy, simulators.of(Surroundings.size(sites.shape(), cells)));
    whole = around.complete() ? around : null;
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
    Region region = region(around, patch);
    ShapeSimulator simulator = around.simulator();
    OrderDrift drift = drift(simulator, order, all());
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
        region != null && simulator.metWall() ? 1 : 0,
        integral(drift));
  }

  private static JumpObserver both(Surroundings around, JumpObserver tracker) {
    return event -> {
      around.jumped(event);
      tracker.jumped(event);
    };
  }

  /** Where the vacancies of a box may go, in its surroundings; null for everywhere. */
  private Region region(Surroundings around, CellBox box) {
    return switch (rules.evolve().environment()) {
      case GHOST -> around.region(box);
      case BUFFER -> around.region(box.grown(sites.shape(), rules.evolve().bufferCells()));
      case WHOLE, PERIODIC -> null;
    };
  }

  private OrderDrift drift(ShapeSimulator simulator, OrderParameters order, double patches) {
    return compensated ? simulator.drift(order, patches) : null;
  }

  private static double[] integral(OrderDrift drift) {
    return drift == null ? NONE : drift.integral();
  }

  /** The cut-out patch closed on itself; all vacancies in it compete (AL-72). */
  private PartialEvolution closed(
      CellReader around, CellBox patch, long chosen, Duration duration, RandomStream stream) {
    ShapeSimulator small = simulators.of(rules.lattices().small());
    around.read(patch.x(), patch.y(), patch.z(), small.lattice());
    double[] before = isolated(small.lattice());
    OrderDrift drift =
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
    OrderDrift drift = drift(simulator, order, patches);
    Progression made =
        simulator.tryOut(
            state.vacancies(),
            times(duration, patches),
            rules.evolve().clock(),
            stream,
            event -> trackers[event.vacancy()].jumped(event),
            null,
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
}
