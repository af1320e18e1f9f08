package org.latticelift.sim.systems.ising;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.systems.spin.Window;

/**
 * Evolves a window of a lattice: the spins around it are cut out with it, what may not flip is
 * frozen, and the flips are carried over, so that the work is that of the region and not of the
 * lattice. The last evolution can be undone. Serves one thread.
 */
final class WindowDynamics {
  private final GlauberRates rates;
  private final StopSignal stop;
  private final Map<Integer, SpinLattice> regions = new HashMap<>();
  private byte[] spins = new byte[0];
  private int[] changed = new int[64];
  private int changes;

  /** Null before the first. */
  private PatchBonds bonds;

  /** Null before the first. */
  private MultispinPatches many;

  /**
   * @param stop ends evolutions that are made in one go
   */
  WindowDynamics(GlauberRates rates, StopSignal stop) {
    this.rates = rates;
    this.stop = stop;
  }

  /**
   * Evolves a window that is closed on itself (IS-21).
   *
   * @param lattice changed within the window
   */
  Progression closed(SpinLattice lattice, Window window, Duration duration, RandomStream stream) {
    return evolve(closed(lattice, window), lattice, duration, stream, null);
  }

  /**
   * Evolves a window together with a buffer of some width, beyond which all spins are frozen; a
   * buffer that meets itself is the whole lattice.
   *
   * @param duration in events: for a window, the buffer takes its share in addition
   */
  Progression open(
      SpinLattice lattice, Window window, int buffer, Duration duration, RandomStream stream) {
    return evolve(open(lattice, window, buffer), lattice, duration, stream, null);
  }

  /** Cuts out a window that will be closed on itself. */
  CutOut closed(SpinLattice lattice, Window window) {
    return new CutOut(window, cut(lattice, window), 1);
  }

  /** Cuts out a window, a buffer, and what is frozen around it; or all where these meet. */
  CutOut open(SpinLattice lattice, Window window, int buffer) {
    Window cut = window.grown(buffer + 1);
    if (cut.side() > lattice.side()) {
      return whole(lattice, window);
    }
    SpinLattice region = cut(lattice, cut);
    freezeRing(region);
    return new CutOut(cut, region, share(window, window.side() + 2 * buffer));
  }

  /** Takes the whole lattice for a window. */
  CutOut whole(SpinLattice lattice, Window window) {
    SpinLattice region = region(lattice.side());
    region.set(lattice);
    return new CutOut(new Window(0, 0, lattice.side()), region, share(window, lattice.side()));
  }

  private static double share(Window window, int evolving) {
    return (double) evolving * evolving / window.sites();
  }

  /**
   * Evolves what was cut out, and carries the flips over.
   *
   * @param lattice that it was cut out of, as it was then
   * @param duration events of the patch, or a time
   * @param observer is told of every flip; null for nobody
   */
  Progression evolve(
      CutOut cut,
      SpinLattice lattice,
      Duration duration,
      RandomStream stream,
      FlipObserver observer) {
    Progression made =
        new GlauberStretch(cut.region(), rates, scaled(duration, cut.share()), stream)
            .observedBy(observer)
            .finish(stop);
    carryOver(cut.region(), cut.window(), lattice);
    return made;
  }

  private static Duration scaled(Duration duration, double share) {
    return duration.kind() == Duration.Kind.EVENTS
        ? Duration.events(Math.round(duration.value() * share))
        : duration;
  }

  private SpinLattice region(int side) {
    return regions.computeIfAbsent(side, SpinLattice::new);
  }

  private SpinLattice cut(SpinLattice lattice, Window window) {
    if (spins.length != window.sites()) {
      spins = new byte[window.sites()];
    }
    window.cut(lattice, spins);
    SpinLattice region = region(window.side());
    region.set(spins);
    return region;
  }

  private static void freezeRing(SpinLattice region) {
    int side = region.side();
    for (int i = 0; i < side; i++) {
      region.freeze(i);
      region.freeze((side - 1) * side + i);
      region.freeze(i * side);
      region.freeze(i * side + side - 1);
    }
  }

  private void carryOver(SpinLattice region, Window window, SpinLattice lattice) {
    changes = 0;
    int side = lattice.side();
    int index = 0;
    for (int i = 0; i < window.side(); i++) {
      int row = Math.floorMod(window.row() + i, side) * side;
      int column = Math.floorMod(window.column(), side);
      for (int j = 0; j < window.side(); j++) {
        if (region.spin(index++) != lattice.spin(row + column)) {
          flip(lattice, row + column);
        }
        column = column + 1 == side ? 0 : column + 1;
      }
    }
  }

  private void flip(SpinLattice lattice, int site) {
    lattice.flip(site);
    if (changes == changed.length) {
      changed = Arrays.copyOf(changed, 2 * changes);
    }
    changed[changes++] = site;
  }

  /** The bonds of a patch within what was cut out with it. */
  PatchBonds bonds(SpinLattice lattice, Window patch, WallCount count, CutOut cut) {
    if (bonds == null || !bonds.fit(lattice, patch, count, cut.window())) {
      bonds = new PatchBonds(lattice, patch, count, cut.window(), cut.region());
    }
    return bonds;
  }

  /** Patches of lattices of this size, many at a time; asked for with one geometry alone. */
  MultispinPatches manyPatches(SpinLattice lattice, int patch, int buffer, WallCount count) {
    if (many == null || !many.fits(lattice)) {
      many = new MultispinPatches(lattice, patch, buffer, count, rates, stop);
    }
    return many;
  }

  /** Takes the last evolution of a window back. */
  void undo(SpinLattice lattice) {
    for (int i = 0; i < changes; i++) {
      lattice.flip(changed[i]);
    }
    changes = 0;
  }
}
