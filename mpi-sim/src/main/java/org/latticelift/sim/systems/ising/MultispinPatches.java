package org.latticelift.sim.systems.ising;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.SimultaneousEvolutions;
import org.latticelift.sim.systems.spin.Window;

/**
 * Patches of large states that evolve 64 at a time, each with its buffer within a ring of frozen
 * sites, or with all of the lattice where that is not larger. What of the geometry is the same for
 * all patches is found once. Serves one thread.
 *
 * <p>All visit the same sites, so evolutions of one patch would have a fifth of their noise in
 * common after a time of 2 (a hundredth after 32). Each is turned and mirrored in another way, of
 * which there are eight, and so is at another place.
 */
final class MultispinPatches {
  private static final int SYMMETRIES = 8;
  private static final int ROWS = 1;
  private static final int COLUMNS = 2;
  private static final int TRANSPOSED = 4;

  private final int lattice;
  private final int patch;
  private final int margin;
  private final int side;
  private final MultispinGlauber glauber;
  private final StopSignal stop;

  /**
   * Where a site of the cut is by each symmetry, which leaves the patch as a whole in its place.
   */
  private final int[][] place = new int[SYMMETRIES][];

  /** Of the patch, in the cut. */
  private final int[] inside;

  /** The two ends of every bond within the patch. */
  private final int[] innerBonds;

  /** The two ends of its other bonds, by symmetry. */
  private final int[][] outerBonds = new int[SYMMETRIES][];

  private final long[] spins;
  private final LaneCounter up = new LaneCounter();
  private final LaneCounter innerWalls = new LaneCounter();
  private final LaneCounter[] outerWalls = new LaneCounter[SYMMETRIES];

  /**
   * @param state of the size of those whose patches will evolve
   * @param patch side of a patch
   * @param buffer sites around it that evolve
   * @param count which bonds are a patch's
   */
  MultispinPatches(
      SpinLattice state,
      int patch,
      int buffer,
      WallCount count,
      GlauberRates rates,
      StopSignal stop) {
    this.lattice = state.side();
    this.patch = patch;
    this.stop = stop;
    boolean whole = patch + 2 * (buffer + 1) > lattice;
    margin = whole ? 0 : buffer + 1;
    side = whole ? lattice : patch + 2 * margin;
    int ring = whole ? 0 : 1;
    int[] mobile = IntStream.range(0, side * side).filter(site -> within(site, ring)).toArray();
    glauber = new MultispinGlauber(mobile, new SpinLattice(side).neighbours(), rates);
    spins = new long[side * side];
    Arrays.setAll(place, this::places);
    Arrays.setAll(outerWalls, k -> new LaneCounter());
    Window first = Window.tile(state, patch, 0);
    Window cut = cut(first);
    inside =
        IntStream.range(0, first.sites())
            .map(index -> cut.index(state, first.site(state, index)))
            .toArray();
    List<Integer> inner = new ArrayList<>();
    List<Integer> outer = new ArrayList<>();
    count.bonds(
        state,
        first,
        (site, other) ->
            (first.index(state, other) < 0 ? outer : inner)
                .addAll(List.of(cut.index(state, site), cut.index(state, other))));
    innerBonds = inner.stream().mapToInt(Integer::intValue).toArray();
    Arrays.setAll(outerBonds, k -> outer.stream().mapToInt(site -> place[k][site]).toArray());
  }

  private boolean within(int site, int ring) {
    int row = site / side;
    int column = site % side;
    return Math.min(row, column) >= ring && Math.max(row, column) < side - ring;
  }

  private int[] places(int symmetry) {
    int[] places = new int[side * side];
    for (int site = 0; site < places.length; site++) {
      int row = mirrored(site / side, symmetry & ROWS);
      int column = mirrored(site % side, symmetry & COLUMNS);
      places[site] = (symmetry & TRANSPOSED) == 0 ? row * side + column : column * side + row;
    }
    return places;
  }

  /** At the middle of the patch. */
  private int mirrored(int at, int wanted) {
    return wanted == 0 ? at : Math.floorMod(2 * margin + patch - 1 - at, side);
  }

  /** Begins at the patch where it is the whole lattice, so that all patches are alike. */
  private Window cut(Window window) {
    return new Window(window.row() - margin, window.column() - margin, side);
  }

  /** Whether it was made for lattices of this size. */
  boolean fits(SpinLattice state) {
    return state.side() == lattice;
  }

  /**
   * Evolves patches from a state, each as often.
   *
   * @param chosen numbers of the patches
   * @param streams of the k-th 64 evolutions
   */
  SimultaneousEvolutions evolve(
      SpinLattice state,
      long[] chosen,
      int evolutions,
      double time,
      IntFunction<RandomStream> streams) {
    Start[] starts = new Start[chosen.length];
    Arrays.setAll(starts, k -> start(state, Window.tile(state, patch, chosen[k])));
    double[][][] increments = new double[evolutions][chosen.length][];
    int all = Math.multiplyExact(chosen.length, evolutions);
    long flips = 0;
    for (int from = 0; from < all; from += MultispinGlauber.LANES) {
      Batch batch = new Batch(starts, from, Math.min(MultispinGlauber.LANES, all - from));
      batch.fill();
      RandomStream stream = streams.apply(from / MultispinGlauber.LANES);
      flips += glauber.run(spins, -1L >>> MultispinGlauber.LANES - batch.lanes, time, stream, stop);
      batch.count();
      for (int lane = 0; lane < batch.lanes; lane++) {
        increments[batch.evolution(lane)][batch.patch(lane)] = batch.change(lane);
      }
    }
    return new SimultaneousEvolutions(increments, flips);
  }

  /**
   * What a patch begins with.
   *
   * @param spins of the cut
   * @param up spins of the patch that are up
   * @param walls among its bonds
   */
  private record Start(byte[] spins, long up, long walls) {}

  private Start start(SpinLattice state, Window window) {
    byte[] begin = new byte[side * side];
    cut(window).cut(state, begin);
    long ups = 0;
    for (int site : inside) {
      ups += begin[site] > 0 ? 1 : 0;
    }
    return new Start(begin, ups, walls(begin, innerBonds) + walls(begin, outerBonds[0]));
  }

  private static long walls(byte[] spins, int[] bonds) {
    long walls = 0;
    for (int bond = 0; bond < bonds.length; bond += 2) {
      walls += spins[bonds[bond]] == spins[bonds[bond + 1]] ? 0 : 1;
    }
    return walls;
  }

  /** Evolutions that are made at a time: those of all patches once, then once more, and so on. */
  private final class Batch {
    private final Start[] starts;
    private final int from;
    private final int lanes;

    Batch(Start[] starts, int from, int lanes) {
      this.starts = starts;
      this.from = from;
      this.lanes = lanes;
    }

    int evolution(int lane) {
      return (from + lane) / starts.length;
    }

    int patch(int lane) {
      return (from + lane) % starts.length;
    }

    int symmetry(int lane) {
      return (evolution(lane) - evolution(0)) % SYMMETRIES;
    }

    private int symmetries() {
      return Math.min(SYMMETRIES, evolution(lanes - 1) - evolution(0) + 1);
    }

    /** Lanes that are not used have spins, too, which are all down and stay so. */
    void fill() {
      Arrays.fill(spins, 0);
      for (int symmetry = 0; symmetry < symmetries(); symmetry++) {
        for (int k = 0; k < starts.length; k++) {
          fill(starts[k].spins(), place[symmetry], lanes(k, symmetry), spins);
        }
      }
    }

    private long lanes(int k, int symmetry) {
      long found = 0;
      for (int lane = 0; lane < lanes; lane++) {
        found |= patch(lane) == k && symmetry(lane) == symmetry ? 1L << lane : 0;
      }
      return found;
    }

    private void fill(byte[] begin, int[] to, long wanted, long[] into) {
      for (int site = 0; wanted != 0 && site < begin.length; site++) {
        into[to[site]] |= begin[site] > 0 ? wanted : 0;
      }
    }

    void count() {
      up.clear();
      for (int site : inside) {
        up.add(spins[site]);
      }
      countWalls(innerBonds, innerWalls);
      for (int symmetry = 0; symmetry < symmetries(); symmetry++) {
        countWalls(outerBonds[symmetry], outerWalls[symmetry]);
      }
    }

    /** Of magnetisation and walls of a patch, per site and per bond. */
    double[] change(int lane) {
      Start start = starts[patch(lane)];
      long walls = innerWalls.count(lane) + outerWalls[symmetry(lane)].count(lane);
      double sites = inside.length;
      return new double[] {
        2 * (up.count(lane) - start.up()) / sites, (walls - start.walls()) / (2 * sites)
      };
    }
  }

  private void countWalls(int[] bonds, LaneCounter walls) {
    walls.clear();
    for (int bond = 0; bond < bonds.length; bond += 2) {
      walls.add(spins[bonds[bond]] ^ spins[bonds[bond + 1]]);
    }
  }
}
