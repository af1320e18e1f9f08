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

  /**
   * @param stop ends evolutions that are made in one go
   */
  WindowDynamics(GlauberRates rates, StopSignal stop) {
    this.rates = rates;
    this.stop = stop;
  }

  /**
   * Closed on itself (IS-21).
   *
   * @param lattice changed within the window
   */
  Progression closed(SpinLattice lattice, Window window, Duration duration, RandomStream stream) {
    return closed(lattice, window, duration, stream, RegionObserver.NONE);
  }

  Progression closed(
      SpinLattice lattice,
      Window window,
      Duration duration,
      RandomStream stream,
      RegionObserver observer) {
    SpinLattice region = region(window.side());
    cut(lattice, window);
    region.set(spins);
    Progression made = run(region, duration, stream, observer.begin(lattice, window, region));
    carryOver(region, window, lattice);
    return made;
  }

  /**
   * Together with a buffer of some width, beyond which all spins are frozen; a buffer that meets
   * itself is the whole lattice.
   *
   * @param duration in events: for a window, the buffer takes its share in addition
   */
  Progression open(
      SpinLattice lattice, Window window, int buffer, Duration duration, RandomStream stream) {
    return open(lattice, window, buffer, duration, stream, RegionObserver.NONE);
  }

  Progression open(
      SpinLattice lattice,
      Window window,
      int buffer,
      Duration duration,
      RandomStream stream,
      RegionObserver observer) {
    Window cut = window.grown(buffer + 1);
    if (cut.side() > lattice.side()) {
      return whole(lattice, window, duration, stream, observer);
    }
    SpinLattice region = region(cut.side());
    cut(lattice, cut);
    region.set(spins);
    freezeRing(region);
    int evolving = window.side() + 2 * buffer;
    Progression made =
        run(
            region,
            scaled(duration, window, evolving),
            stream,
            observer.begin(lattice, cut, region));
    carryOver(region, cut, lattice);
    return made;
  }

  /** Together with the whole lattice. */
  Progression whole(
      SpinLattice lattice,
      Window window,
      Duration duration,
      RandomStream stream,
      RegionObserver observer) {
    SpinLattice region = region(lattice.side());
    region.set(lattice);
    Window all = new Window(0, 0, lattice.side());
    Progression made =
        run(
            region,
            scaled(duration, window, lattice.side()),
            stream,
            observer.begin(lattice, all, region));
    carryOver(region, all, lattice);
    return made;
  }

  private static Duration scaled(Duration duration, Window window, int evolving) {
    double share = (double) evolving * evolving / window.sites();
    return duration.kind() == Duration.Kind.EVENTS
        ? Duration.events(Math.round(duration.value() * share))
        : duration;
  }

  /** Evolves a lattice that is not part of another one. */
  private Progression run(
      SpinLattice lattice, Duration duration, RandomStream stream, FlipObserver observer) {
    return new GlauberStretch(lattice, rates, duration, stream).observedBy(observer).finish(stop);
  }

  private SpinLattice region(int side) {
    return regions.computeIfAbsent(side, SpinLattice::new);
  }

  private void cut(SpinLattice lattice, Window window) {
    if (spins.length != window.sites()) {
      spins = new byte[window.sites()];
    }
    window.cut(lattice, spins);
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

  /** Takes the last evolution of a window back. */
  void undo(SpinLattice lattice) {
    for (int i = 0; i < changes; i++) {
      lattice.flip(changed[i]);
    }
    changes = 0;
  }
}
