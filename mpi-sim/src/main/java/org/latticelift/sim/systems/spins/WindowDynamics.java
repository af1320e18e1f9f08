package org.latticelift.sim.systems.spins;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.Stretch.EventStretch;
import org.latticelift.sim.systems.spins.GlauberSimulator.FlipObserver;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates.SiteClass;
import org.latticelift.sim.systems.spins.SpinLattice.WallCount;

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

  private Optional<PatchBonds> bonds = Optional.empty();

  private Optional<MultispinPatches> many = Optional.empty();

  WindowDynamics(GlauberRates rates, StopSignal stop) {
    this.rates = rates;
    this.stop = stop;
  }

  /**
   * Evolves a window that is closed on itself (IS-21). {@code lattice}: changed within the window.
   */
  Progression closed(SpinLattice lattice, Window window, Duration duration, RandomStream stream) {
    return evolve(closed(lattice, window), lattice, duration, stream, Optional.empty());
  }

  /**
   * Evolves a window together with a buffer of some width, beyond which all spins are frozen; a
   * buffer that meets itself is the whole lattice ({@code duration}: in events: for a window, the
   * buffer takes its share in addition).
   */
  Progression open(
      SpinLattice lattice, Window window, int buffer, Duration duration, RandomStream stream) {
    return evolve(open(lattice, window, buffer), lattice, duration, stream, Optional.empty());
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
   * @param observer is told of every flip
   */
  Progression evolve(
      CutOut cut,
      SpinLattice lattice,
      Duration duration,
      RandomStream stream,
      Optional<? extends FlipObserver> observer) {
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
    if (bonds.isEmpty() || !bonds.get().fit(lattice, patch, count, cut.window())) {
      bonds = Optional.of(new PatchBonds(lattice, patch, count, cut.window(), cut.region()));
    }
    return bonds.get();
  }

  /** Patches of lattices of this size, many at a time; asked for with one geometry alone. */
  MultispinPatches manyPatches(SpinLattice lattice, int patch, int buffer, WallCount count) {
    if (many.isEmpty() || !many.get().fits(lattice)) {
      many = Optional.of(new MultispinPatches(lattice, patch, buffer, count, rates, stop));
    }
    return many.get();
  }

  /** Takes the last evolution of a window back. */
  void undo(SpinLattice lattice) {
    for (int i = 0; i < changes; i++) {
      lattice.flip(changed[i]);
    }
    changes = 0;
  }

  /** Flips in continuous time, in pieces. */
  static final class GlauberStretch extends EventStretch {
    /** Whole reviews of the way of drawing. */
    private static final long PIECE = 16L * GlauberSimulator.REVIEW;

    private final RandomStream stream;
    private final SpinLattice lattice;
    private final GlauberRates rates;
    private GlauberSimulator simulator;
    private Optional<? extends FlipObserver> observer = Optional.empty();

    GlauberStretch(
        SpinLattice lattice, GlauberRates rates, Duration duration, RandomStream stream) {
      super(duration, PIECE);
      this.stream = stream;
      this.lattice = lattice;
      this.rates = rates;
      simulator = new GlauberSimulator(lattice, rates);
    }

    /** The same flips, of which somebody is told. */
    GlauberStretch observedBy(Optional<? extends FlipObserver> follower) {
      observer = follower;
      return this;
    }

    GlauberStretch resumed(byte[] saved) {
      simulator = GlauberSimulator.resumed(lattice, rates, restore(saved));
      return this;
    }

    @Override
    protected Piece piece(double stop, long events) {
      long made =
          observer.isPresent()
              ? simulator.runUntil(stop, events, stream, observer.get())
              : simulator.runUntil(stop, events, stream);
      return new Piece(made, simulator.time(), simulator.time() >= stop);
    }

    @Override
    protected byte[] memory() {
      return simulator.save();
    }
  }

  /**
   * A part of a lattice that was cut out to evolve by itself, what may not flip frozen.
   *
   * @param window where it was cut out of the lattice
   * @param region its spins; the next cut of the same side uses it again
   * @param share events of the region for each event of the patch inside
   */
  record CutOut(Window window, SpinLattice region, double share) {}

  /**
   * The bonds of a patch within what is cut out with it. They are the same wherever the patch is in
   * its lattice, so they are found once for many patches and states. Not modified.
   */
  static final class PatchBonds {
    private static final int MOST = SiteClass.NEIGHBOURS;

    private final Shape shape;
    private final int sites;
    private final boolean[] inside;
    private final int[] partner;
    private final byte[] bonds;
    private final boolean[] distant;
    private final int[] neighbours;

    /** Row and column within the cut of the spins around it that bonds lead to. */
    private int[] around = new int[0];

    private record Shape(int lattice, int cut, int row, int column, int patch, WallCount count) {
      static Shape of(SpinLattice lattice, Window patch, WallCount count, Window cut) {
        int n = lattice.side();
        return new Shape(
            n,
            cut.side(),
            Math.floorMod(patch.row() - cut.row(), n),
            Math.floorMod(patch.column() - cut.column(), n),
            patch.side(),
            count);
      }
    }

    /**
     * @param lattice with the patch
     * @param cut the part of the lattice that evolves, frozen rings included
     */
    PatchBonds(SpinLattice lattice, Window patch, WallCount count, Window cut, SpinLattice region) {
      shape = Shape.of(lattice, patch, count, cut);
      sites = region.sites();
      inside = new boolean[sites];
      partner = new int[MOST * sites];
      bonds = new byte[sites];
      distant = new boolean[sites];
      neighbours = region.neighbours();
      for (int index = 0; index < patch.sites(); index++) {
        inside[cut.index(lattice, patch.site(lattice, index))] = true;
      }
      count.bonds(lattice, patch, (site, other) -> add(lattice, cut, site, other));
      for (int site = 0; site < sites; site++) {
        for (int k = first(site); k < end(site); k++) {
          distant[site] |= partner[k] < sites && !adjacent(site, partner[k]);
        }
      }
    }

    /** Whether these are also the bonds of another patch. */
    boolean fit(SpinLattice lattice, Window patch, WallCount count, Window cut) {
      return shape.equals(Shape.of(lattice, patch, count, cut));
    }

    private void add(SpinLattice lattice, Window cut, int site, int other) {
      int own = cut.index(lattice, site);
      int end = cut.index(lattice, other);
      if (end < 0) {
        end = surrounding(lattice, cut, other);
      } else {
        join(end, own);
      }
      join(own, end);
    }

    private int surrounding(SpinLattice lattice, Window cut, int site) {
      int n = lattice.side();
      int at = around.length;
      around = Arrays.copyOf(around, at + 2);
      around[at] = Math.floorMod(site / n - cut.row(), n);
      around[at + 1] = Math.floorMod(site % n - cut.column(), n);
      return sites + at / 2;
    }

    private void join(int site, int end) {
      partner[MOST * site + bonds[site]++] = end;
    }

    private boolean adjacent(int a, int b) {
      for (int k = 0; k < MOST; k++) {
        if (neighbour(a, k) == b) {
          return true;
        }
      }
      return false;
    }

    /** The spins of the region, then those around it that bonds lead to. */
    byte[] spins(SpinLattice lattice, Window cut, SpinLattice region) {
      byte[] spins = Arrays.copyOf(region.spins(), sites + around.length / 2);
      int n = lattice.side();
      for (int k = 0; k < around.length; k += 2) {
        int row = Math.floorMod(cut.row() + around[k], n);
        int column = Math.floorMod(cut.column() + around[k + 1], n);
        spins[sites + k / 2] = (byte) lattice.spin(row * n + column);
      }
      return spins;
    }

    int sites() {
      return sites;
    }

    /** Whether a site of the region is in the patch. */
    boolean inside(int site) {
      return inside[site];
    }

    /** Whether a bond of a site leads to a site of the region that is no neighbour there. */
    boolean distant(int site) {
      return distant[site];
    }

    /** A neighbour of a site in the region, 0 to 3. */
    int neighbour(int site, int k) {
      return neighbours[MOST * site + k];
    }

    /** Number of the first bond of a site. */
    int first(int site) {
      return MOST * site;
    }

    /** Number after the last bond of a site. */
    int end(int site) {
      return MOST * site + bonds[site];
    }

    /** The other end of a bond, as index of {@link #spins}. */
    int partner(int bond) {
      return partner[bond];
    }
  }
}
