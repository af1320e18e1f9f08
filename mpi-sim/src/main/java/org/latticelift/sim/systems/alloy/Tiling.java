package org.latticelift.sim.systems.alloy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Upsampling (ME-80). Either a block is tiled by copies of one smaller block, which is periodic and
 * so joins itself without a seam ({@code replicate}: x' = Upsample(x) of Algorithm 1), or by
 * independently drawn smaller blocks, each shifted cyclically by whole cells and recorded at nearly
 * the same time ({@code independent}: AL-61). With factor 2 per axis and level every level is
 * repaired and relaxed before it is used (DI-19).
 *
 * <p>Independent tiles of 16 half-grid points meet at random in 17.6 % of their bonds (DI-47). As
 * LocalRelax is far too short to order seams, the order of such states stays 17 % below that of the
 * snapshots and equilibrium lies outside the training data; copies have the order of the snapshot,
 * and its fluctuations, which also spread the training data off the mean curve (AL-132).
 */
final class Tiling {
  /** Of numbers of runs, 1 to 8. */
  private static final int SPREADS = 4;

  private final Cells small;
  private final List<Integer> factors;
  private final RecordWindow window;
  private final boolean byTurns;
  private final int drawnLevels;

  /**
   * A plan.
   *
   * @param factors tiles per axis of each level, smallest block first
   * @param window of records that tiles come from
   * @param byTurns whether no run gives a second tile before each has given one
   * @param drawnLevels levels whose tiles are drawn independently; those above are copies of one
   *     block
   */
  Tiling(
      Cells small, List<Integer> factors, RecordWindow window, boolean byTurns, int drawnLevels) {
    this.byTurns = byTurns;
    this.small = small;
    this.factors = List.copyOf(factors);
    this.window = window;
    this.drawnLevels = drawnLevels;
  }

  /** Levels that lead from one size to another: factor 2 while it divides, then the rest. */
  static List<Integer> levels(Cells small, Cells large, boolean doubling) {
    int factor = large.nx() / small.nx();
    boolean whole =
        factor * small.nx() == large.nx()
            && factor * small.ny() == large.ny()
            && factor * small.nz() == large.nz();
    if (!whole) {
      throw LatticeLiftException.badData(
          "the large lattice of " + large.text() + " is no multiple of the small one",
          "lattice.large",
          "the same whole multiple of " + small.text() + " along every axis",
          "Change one of the two");
    }
    List<Integer> factors = new ArrayList<>();
    while (doubling && factor % 2 == 0) {
      factors.add(2);
      factor /= 2;
    }
    if (factor > 1) {
      factors.add(factor);
    }
    return factors;
  }

  /** Builds the largest block. */
  <B> B build(SnapshotPool<AlloyState> pool, RandomStream stream, BlockBuilder<B> builder) {
    return new Build<>(pool, stream, builder).block(factors.size());
  }

  /** One large lattice in the making. */
  private final class Build<B> {
    private final SnapshotPool<AlloyState> pool;
    private final int record;
    private final RandomStream stream;
    private final BlockBuilder<B> builder;

    private final Map<Integer, B> made = new HashMap<>();
    private int[] runs;
    private int turn;

    /** Tiles may share what they are made of. */
    private final Map<Long, Lattice> drawn = new HashMap<>();

    Build(SnapshotPool<AlloyState> pool, RandomStream stream, BlockBuilder<B> builder) {
      this.pool = pool;
      this.stream = stream;
      this.builder = builder;
      record = stream.below(pool.records());
    }

    B block(int level) {
      if (level == 0) {
        return tile();
      }
      int factor = factors.get(level - 1);
      B block =
          level > drawnLevels
              ? builder.copies(block(level - 1), factor, size(level))
              : tiles(level, factor);
      builder.finish(block);
      return block;
    }

    private B tile() {
      if (byTurns) {
        return made.computeIfAbsent(nextRun(), this::tile);
      }
      return tile(stream.below(pool.runs()));
    }

    private B tile(int run) {
      int near = window.near(record, pool.records(), stream);
      Lattice snapshot =
          drawn.computeIfAbsent(
              (long) run * pool.records() + near, key -> pool.snapshot(run, near).lattice());
      double interval = pool.lasts(near);
      return builder.tile(
          snapshot,
          time -> pool.later(run, near, (int) Math.rint(time / interval)).lattice(),
          Math.max(1, pool.place(record) / 4) * interval);
    }

    /**
     * By turns one, two, four or eight runs that were begun alike. States of many lie close to the
     * mean path, as large systems do; those of few are spread as small systems are, and say what
     * happens beside it, which an equation must know to stay there.
     */
    private int nextRun() {
      if (runs == null) {
        int preparation = pool.preparation(stream.below(pool.runs()));
        runs =
            IntStream.range(0, pool.runs())
                .filter(run -> pool.preparation(run) == preparation)
                .toArray();
        for (int i = 1; i < runs.length; i++) {
          int j = stream.below(i + 1);
          int other = runs[j];
          runs[j] = runs[i];
          runs[i] = other;
        }
        runs = Arrays.copyOf(runs, Math.min(runs.length, 1 << stream.below(SPREADS)));
      }
      return runs[turn++ % runs.length];
    }

    private B tiles(int level, int factor) {
      Cells tile = size(level - 1);
      B block = builder.empty(size(level), tile);
      for (int a = 0; a < factor; a++) {
        for (int b = 0; b < factor; b++) {
          for (int c = 0; c < factor; c++) {
            B next = block(level - 1);
            int[] shift = {
              stream.below(tile.nx()), stream.below(tile.ny()), stream.below(tile.nz())
            };
            builder.place(
                next, block, new int[] {a * tile.nx(), b * tile.ny(), c * tile.nz()}, shift);
          }
        }
      }
      return block;
    }
  }

  private Cells size(int level) {
    int factor = 1;
    for (int i = 0; i < level; i++) {
      factor *= factors.get(i);
    }
    return new Cells(factor * small.nx(), factor * small.ny(), factor * small.nz());
  }
}
