package org.latticelift.sim.systems.ising;

import java.util.Arrays;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.EvolvedPatch;
import org.latticelift.sim.system.JointEvolution;
import org.latticelift.sim.system.PartialEvolution;
import org.latticelift.sim.system.Patches;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.systems.spin.Window;

/** The square patches that tile a lattice (IS-20). */
final class IsingPatches implements Patches {
  /** Patches of a block along an axis. */
  private static final int BLOCK = 3;

  private final IsingSetup setup;
  private final WindowDynamics windows;
  private final GlauberRates rates;
  private final WallCount wallCount;
  private final SpinLattice state;
  private final boolean compensated;

  IsingPatches(
      IsingSetup setup,
      WindowDynamics windows,
      GlauberRates rates,
      SpinLattice state,
      boolean compensated) {
    this.setup = setup;
    this.windows = windows;
    this.rates = rates;
    this.wallCount = setup.wallCount();
    this.state = state;
    this.compensated = compensated;
  }

  @Override
  public long count() {
    return setup.enlargement().patches(state.side());
  }

  @Override
  public boolean moveTogether() {
    return setup.evolve().environment() == Environment.WHOLE;
  }

  private Window window(long patch) {
    return Window.tile(state, setup.lattice().small(), patch);
  }

  @Override
  public PartialEvolution evolve(long patch, Duration duration, RandomStream stream) {
    return evolve(patch, duration, stream, (evolved, chosen) -> {});
  }

  PartialEvolution evolve(
      long chosen, Duration duration, RandomStream stream, EvolvedPatch<SpinLattice> look) {
    Window patch = window(chosen);
    double[] before = wallCount.observe(state, patch);
    long walls = state.walls();
    Compensator compensator = new Compensator(patch, wallCount);
    Progression made = evolve(patch, duration, stream, compensator.observer());
    double[] increment = difference(wallCount.observe(state, patch), before);
    if (wallCount == WallCount.TOUCHED) {
      increment[1] = (state.walls() - walls) / (2.0 * patch.sites());
    }
    look.seen(state, chosen);
    windows.undo(state);
    return new PartialEvolution(
        chosen, before, increment, made.events(), made.time(), 0, compensator.value());
  }

  /** The integral of b(x) over an evolution, where it is asked for. */
  private final class Compensator {
    private final Window patch;
    private final WallCount count;
    private PatchDrift drift;

    Compensator(Window patch, WallCount count) {
      this.patch = patch;
      this.count = count;
    }

    RegionObserver observer() {
      return compensated
          ? (lattice, cut, region) ->
              drift = new PatchDrift(lattice, patch, count, cut, region, rates)
          : RegionObserver.NONE;
    }

    double[] value() {
      return drift == null ? new double[0] : drift.integral();
    }
  }

  private static double[] difference(double[] after, double[] before) {
    double[] difference = new double[after.length];
    Arrays.setAll(difference, i -> after[i] - before[i]);
    return difference;
  }

  private Progression evolve(
      Window patch, Duration duration, RandomStream stream, RegionObserver observer) {
    return setup.evolve().environment() == Environment.PERIODIC
        ? windows.closed(state, patch, duration, stream, observer)
        : open(patch, duration, stream, observer);
  }

  private Progression open(
      Window patch, Duration duration, RandomStream stream, RegionObserver observer) {
    return switch (setup.evolve().environment()) {
      case WHOLE -> windows.whole(state, patch, duration, stream, observer);
      case BUFFER ->
          windows.open(state, patch, setup.evolve().bufferSites(), duration, stream, observer);
      case GHOST, PERIODIC -> windows.open(state, patch, 0, duration, stream, observer);
    };
  }

  @Override
  public JointEvolution evolveAll(Duration duration, RandomStream stream) {
    long[] all = new long[Math.toIntExact(count())];
    Arrays.setAll(all, k -> k);
    Window lattice = new Window(0, 0, state.side());
    return together(
        all,
        lattice,
        observer -> windows.whole(state, lattice, times(duration, all.length), stream, observer));
  }

  @Override
  public JointEvolution evolveBlock(long centre, Duration duration, RandomStream stream) {
    int perRow = state.side() / setup.lattice().small();
    if (perRow <= BLOCK) {
      return evolveAll(duration, stream);
    }
    Window middle = window(centre);
    Window block = middle.grown(middle.side());
    return together(
        block(centre, perRow),
        block,
        observer -> open(block, times(duration, BLOCK * BLOCK), stream, observer));
  }

  private static long[] block(long centre, int perRow) {
    long[] block = new long[BLOCK * BLOCK];
    block[0] = centre;
    int next = 1;
    for (int row = -1; row <= 1; row++) {
      for (int column = -1; column <= 1; column++) {
        if (row != 0 || column != 0) {
          block[next++] =
              Math.floorMod(centre / perRow + row, perRow) * (long) perRow
                  + Math.floorMod(centre % perRow + column, perRow);
        }
      }
    }
    return block;
  }

  private static Duration times(Duration duration, int patches) {
    return duration.kind() == Duration.Kind.EVENTS
        ? Duration.events((long) duration.value() * patches)
        : duration;
  }

  /** Evolves patches in one go. */
  @FunctionalInterface
  private interface Together {
    Progression evolve(RegionObserver observer);
  }

  /** Patches own their bonds here, so that their increments add up. */
  private JointEvolution together(long[] patches, Window all, Together evolution) {
    double[][] before = observe(patches);
    Compensator compensator = new Compensator(all, WallCount.OWNED);
    Progression made = evolution.evolve(compensator.observer());
    double[][] increments = observe(patches);
    Arrays.setAll(increments, k -> difference(increments[k], before[k]));
    windows.undo(state);
    return JointEvolution.of(patches, increments, compensator.value(), made);
  }

  private double[][] observe(long[] patches) {
    double[][] values = new double[patches.length][];
    Arrays.setAll(values, k -> WallCount.OWNED.observe(state, window(patches[k])));
    return values;
  }
}
