package org.latticelift.sim.systems.ising;

import java.util.Optional;
import java.util.function.IntFunction;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.EncodablePatches;
import org.latticelift.sim.system.EvolvedPatch;
import org.latticelift.sim.system.PartialEvolution;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.SimultaneousEvolutions;
import org.latticelift.sim.system.SimultaneousPatches;
import org.latticelift.sim.systems.spin.SquarePatches;
import org.latticelift.sim.systems.spin.Window;

/** The square patches that tile a lattice (IS-20). */
final class IsingPatches extends SquarePatches<SpinLattice>
    implements EncodablePatches<SpinLattice>, SimultaneousPatches {
  private final IsingSetup setup;
  private final WindowDynamics windows;
  private final GlauberRates rates;
  private final WallCount wallCount;
  private final boolean compensated;

  /** Null before the first evolution. */
  private CutPatch latest;

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
    if (latest == null || latest.number != chosen) {
      latest = new CutPatch(chosen);
    }
    return latest.evolve(duration, stream, look);
  }

  @Override
  public SimultaneousEvolutions evolve(
      long[] chosen, int evolutions, double time, IntFunction<RandomStream> streams) {
    return windows
        .manyPatches(state(), setup.lattice().small(), setup.evolve().buffer(), wallCount)
        .evolve(state(), chosen, evolutions, time, streams);
  }

  /** A patch that was cut out of the state, and evolves from it as often as asked for. */
  private final class CutPatch {
    private final long number;
    private final Window patch;
    private final CutOut cut;
    private final SpinLattice start;
    private final double[] before;
    private final Optional<Compensator> compensator;

    CutPatch(long number) {
      this.number = number;
      patch = window(number);
      cut = cutOut(patch);
      start = cut.region().copy();
      before = wallCount.observe(state(), patch);
      compensator = compensator(patch, wallCount, cut);
    }

    PartialEvolution evolve(
        Duration duration, RandomStream stream, EvolvedPatch<SpinLattice> look) {
      cut.region().set(start);
      compensator.ifPresent(Compensator::begin);
      FlipObserver drift = compensator.map(Compensator::drift).orElse(null);
      long walls = state().walls();
      Progression made = windows.evolve(cut, state(), duration, stream, drift);
      double[] increment = subtract(wallCount.observe(state(), patch), before);
      if (wallCount == WallCount.TOUCHED) {
        increment[1] = (state().walls() - walls) / (2.0 * patch.sites());
      }
      look.seen(state(), number);
      windows.undo(state());
      return new PartialEvolution(
          number, before, increment, made.events(), made.time(), 0, value(compensator));
    }
  }

  private CutOut cutOut(Window patch) {
    return switch (setup.evolve().environment()) {
      case PERIODIC -> windows.closed(state(), patch);
      case WHOLE -> windows.whole(state(), patch);
      case BUFFER, GHOST -> windows.open(state(), patch, setup.evolve().buffer());
    };
  }

  /** The integral of b(x) over an evolution, where it is asked for. */
  private Optional<Compensator> compensator(Window observed, WallCount count, CutOut cut) {
    if (!compensated) {
      return Optional.empty();
    }
    PatchBonds bonds = windows.bonds(state(), observed, count, cut);
    byte[] spins = bonds.spins(state(), cut.window(), cut.region());
    PatchDrift begin = new PatchDrift(bonds, observed.sites(), spins, cut.region(), rates);
    return Optional.of(new Compensator(begin, begin.copy()));
  }

  private record Compensator(PatchDrift start, PatchDrift drift) {
    void begin() {
      drift.set(start);
    }
  }

  private static double[] value(Optional<Compensator> compensator) {
    return compensator.map(c -> c.drift().integral()).orElse(new double[0]);
  }

  @Override
  protected Moved<SpinLattice> evolveSpins(
      Window observed, Duration duration, RandomStream stream) {
    CutOut all = windows.whole(state(), lattice());
    Optional<Compensator> compensator = compensator(observed, WallCount.OWNED, all);
    FlipObserver drift = compensator.map(Compensator::drift).orElse(null);
    Progression made = windows.evolve(all, state(), duration, stream, drift);
    return new Moved<>(state(), made, value(compensator));
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
