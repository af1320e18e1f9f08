package org.latticelift.sim.systems.ising;

import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.EncodablePatches;
import org.latticelift.sim.system.Environment;
import org.latticelift.sim.system.EvolvedPatch;
import org.latticelift.sim.system.PartialEvolution;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.systems.spin.SquarePatches;
import org.latticelift.sim.systems.spin.Window;

/** The square patches that tile a lattice (IS-20). */
final class IsingPatches extends SquarePatches<SpinLattice>
    implements EncodablePatches<SpinLattice> {
  private final IsingSetup setup;
  private final WindowDynamics windows;
  private final GlauberRates rates;
  private final WallCount wallCount;
  private final boolean compensated;

  IsingPatches(
      IsingSetup setup,
      WindowDynamics windows,
      GlauberRates rates,
      SpinLattice state,
      boolean compensated) {
    super(setup.enlargement(), setup.evolve().environment(), state);
    this.setup = setup;
    this.windows = windows;
    this.rates = rates;
    this.wallCount = setup.wallCount();
    this.compensated = compensated;
  }

  @Override
  public PartialEvolution evolve(
      long chosen, Duration duration, RandomStream stream, EvolvedPatch<SpinLattice> look) {
    Window patch = window(chosen);
    double[] before = wallCount.observe(state(), patch);
    long walls = state().walls();
    Compensator compensator = new Compensator(patch, wallCount);
    Progression made = evolve(patch, duration, stream, compensator.observer());
    double[] increment = subtract(wallCount.observe(state(), patch), before);
    if (wallCount == WallCount.TOUCHED) {
      increment[1] = (state().walls() - walls) / (2.0 * patch.sites());
    }
    look.seen(state(), chosen);
    windows.undo(state());
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

  private Progression evolve(
      Window patch, Duration duration, RandomStream stream, RegionObserver observer) {
    return setup.evolve().environment() == Environment.PERIODIC
        ? windows.closed(state(), patch, duration, stream, observer)
        : open(patch, duration, stream, observer);
  }

  private Progression open(
      Window patch, Duration duration, RandomStream stream, RegionObserver observer) {
    return switch (setup.evolve().environment()) {
      case WHOLE -> windows.whole(state(), patch, duration, stream, observer);
      case BUFFER ->
          windows.open(state(), patch, setup.evolve().bufferSites(), duration, stream, observer);
      case GHOST, PERIODIC -> windows.open(state(), patch, 0, duration, stream, observer);
    };
  }

  @Override
  protected Moved<SpinLattice> evolveSpins(
      Window observed, Duration duration, RandomStream stream) {
    Compensator compensator = new Compensator(observed, WallCount.OWNED);
    Progression made = windows.whole(state(), lattice(), duration, stream, compensator.observer());
    return new Moved<>(state(), made, compensator.value());
  }

  /** Patches own their bonds here, so that their increments add up. */
  @Override
  protected double[] observe(SpinLattice spins, Window part) {
    return WallCount.OWNED.observe(spins, part);
  }

  @Override
  protected void undo() {
    windows.undo(state());
  }
}
