package org.latticelift.sim.systems.alloy;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.JointEvolution;
import org.latticelift.sim.system.PartialEvolution;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.kmc.JumpObserver;
import org.latticelift.sim.vacancy.kmc.Region;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;
import org.latticelift.sim.vacancy.order.Counts;
import org.latticelift.sim.vacancy.order.OrderDrift;
import org.latticelift.sim.vacancy.order.OrderParameters;

/**
 * Partial evolution (ME-12): one vacancy jumps while all others are frozen (AL-71, DI-03), so every
 * vacancy makes a patch. It has the size of the small system and is centred on it. The increment is
 * the change of all bonds in patch units: their number over the atoms per vacancy.
 */
final class AlloyPatches implements Patches {
  private static final double[] NONE = {};

  private final LiftingRules rules;
  private final Observation observation;
  private final ShapeSimulators benches;
  private final AlloyState state;
  private final Lattice lattice;
  private final boolean compensated;

  /** Holds the state once something evolves in it. */
  private ShapeSimulator bench;

  AlloyPatches(
      LiftingRules rules,
      Observation observation,
      ShapeSimulators benches,
      AlloyState state,
      boolean compensated) {
    this.rules = rules;
    this.observation = observation;
    this.benches = benches;
    this.state = state;
    this.compensated = compensated;
    lattice = state.lattice();
  }

  @Override
  public long count() {
    return state.vacancies().length;
  }

  /** Copies of one block have copies of its vacancies. */
  @Override
  public long distinct() {
    return rules.copies(lattice) ? 1 : count();
  }

  @Override
  public long draw(RandomStream stream) {
    return stream.below(state.vacancies().length);
  }

  private ShapeSimulator bench() {
    if (bench == null) {
      bench = benches.of(lattice);
      bench.load(lattice);
    }
    return bench;
  }

  @Override
  public PartialEvolution evolve(long chosen, Duration duration, RandomStream stream) {
    CellBox patch =
        rules.lattices().patches().around(lattice, state.vacancies()[Math.toIntExact(chosen)]);
    return rules.evolve().environment() == Environment.PERIODIC
        ? closed(patch, chosen, duration, stream)
        : open(patch, chosen, duration, stream);
  }

  private PartialEvolution open(
      CellBox patch, long chosen, Duration duration, RandomStream stream) {
    OrderParameters order = observation.order(lattice);
    Counts change = order.newCounts();
    Region region = region(patch);
    long[] vacancy = {state.vacancies()[(int) chosen]};
    OrderDrift drift = drift(bench(), order, state.vacancies().length);
    Progression progression =
        bench()
            .tryOut(
                vacancy,
                duration,
                rules.evolve().clock(),
                stream,
                order.tracker(change),
                region,
                drift);
    double[] increment = new double[order.size()];
    order.difference(change, state.vacancies().length, increment);
    return new PartialEvolution(
        chosen,
        observation.patch(lattice, patch),
        increment,
        progression.events(),
        progression.time(),
        region != null && bench().metWall() ? 1 : 0,
        integral(drift));
  }

  /** Where the vacancies of a box may go; null for everywhere. */
  private Region region(CellBox box) {
    return switch (rules.evolve().environment()) {
      case GHOST -> box.region(lattice);
      case BUFFER -> box.grown(lattice, rules.evolve().bufferCells()).region(lattice);
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
      CellBox patch, long chosen, Duration duration, RandomStream stream) {
    ShapeSimulator small = benches.of(rules.lattices().small());
    CutOut.cut(lattice, patch, small.lattice());
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
    return rules.ownAtoms() ? observation.isolated(patch) : observation.isolated(patch, lattice);
  }

  private OrderParameters isolatedOrder(Lattice patch) {
    return rules.ownAtoms() ? observation.isolatedOrder(patch) : observation.order(lattice);
  }

  private double isolatedPatches(Lattice patch) {
    return rules.ownAtoms() ? 1 : (double) lattice.sites() / patch.sites();
  }

  @Override
  public JointEvolution evolveAll(Duration duration, RandomStream stream) {
    long[] all = LongStream.range(0, count()).toArray();
    return together(all, null, duration, stream);
  }

  /** The vacancies in a box of three small systems along every axis. */
  @Override
  public JointEvolution evolveBlock(long centre, Duration duration, RandomStream stream) {
    CellBox patch =
        rules.lattices().patches().around(lattice, state.vacancies()[Math.toIntExact(centre)]);
    CellBox block = block(patch);
    if (block.cells() == CellBox.all(lattice).cells()) {
      return evolveAll(duration, stream);
    }
    Region inside = block.region(lattice);
    long[] others =
        IntStream.range(0, state.vacancies().length)
            .filter(v -> v != centre && contains(inside, state.vacancies()[v]))
            .asLongStream()
            .toArray();
    long[] patches = new long[1 + others.length];
    patches[0] = centre;
    System.arraycopy(others, 0, patches, 1, others.length);
    return together(patches, region(block), duration, stream);
  }

  private CellBox block(CellBox patch) {
    return new CellBox(
        Math.floorMod(patch.x() - patch.nx(), lattice.nx()),
        Math.floorMod(patch.y() - patch.ny(), lattice.ny()),
        Math.floorMod(patch.z() - patch.nz(), lattice.nz()),
        Math.min(3 * patch.nx(), lattice.nx()),
        Math.min(3 * patch.ny(), lattice.ny()),
        Math.min(3 * patch.nz(), lattice.nz()));
  }

  private boolean contains(Region region, long site) {
    int basis = lattice.crystal().basisCount();
    return region.contains(
        SiteIndex.x(site, lattice.ny(), lattice.nz(), basis),
        SiteIndex.y(site, lattice.ny(), lattice.nz(), basis),
        SiteIndex.z(site, lattice.nz(), basis),
        SiteIndex.b(site, basis));
  }

  /** A jump belongs to the patch of the vacancy that makes it. */
  private JointEvolution together(
      long[] patches, Region region, Duration duration, RandomStream stream) {
    bench = benches.of(lattice);
    bench.load(lattice);
    OrderParameters order = observation.order(lattice);
    Counts[] changes = new Counts[patches.length];
    JumpObserver[] trackers = new JumpObserver[patches.length];
    for (int k = 0; k < patches.length; k++) {
      changes[k] = order.newCounts();
      trackers[k] = order.tracker(changes[k]);
    }
    long[] vacancies = LongStream.of(patches).map(k -> state.vacancies()[(int) k]).toArray();
    OrderDrift drift = drift(bench, order, state.vacancies().length);
    Progression made =
        bench.tryOut(
            vacancies,
            times(duration, patches.length),
            rules.evolve().clock(),
            stream,
            event -> trackers[event.vacancy()].jumped(event),
            region,
            drift);
    double[][] increments = new double[patches.length][order.size()];
    for (int k = 0; k < patches.length; k++) {
      order.difference(changes[k], state.vacancies().length, increments[k]);
    }
    double[] compensator = integral(drift);
    Arrays.setAll(compensator, i -> compensator[i] / patches.length);
    return JointEvolution.of(patches, increments, compensator, made);
  }

  private static Duration times(Duration duration, int patches) {
    return duration.kind() == Duration.Kind.EVENTS
        ? Duration.events((long) duration.value() * patches)
        : duration;
  }
}
