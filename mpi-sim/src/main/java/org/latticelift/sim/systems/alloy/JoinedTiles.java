package org.latticelift.sim.systems.alloy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.systems.alloy.AlloyConfig.Cells;
import org.latticelift.sim.systems.alloy.CopiedTile.RankedSites;
import org.latticelift.sim.systems.alloy.CopiedTile.Substitution;
import org.latticelift.sim.systems.alloy.LatticeView.ReadableLattice;
import org.latticelift.sim.systems.alloy.LatticeView.RepairableBlock;
import org.latticelift.sim.systems.alloy.LatticeView.WholeLattice;
import org.latticelift.sim.systems.alloy.ShapeSimulator.Shapes;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.lattice.SiteIndex;
import org.latticelift.sim.vacancy.order.Counts;
import org.latticelift.sim.vacancy.order.OrderParameters;

/**
 * A lattice of tiles, each shifted cyclically, that are lattices of tiles themselves or small ones
 * (EX-25). Memory goes with the number of tiles, about 40 bytes each. Half of the bonds of tiles of
 * eight cells touch a seam, so all bonds are counted, region by region: time goes with the number
 * of sites.
 */
final class JoinedTiles implements ReadableLattice, RepairableBlock {
  /** Cells per axis of a region that is counted at once; it stays in the cache. */
  private static final int REGION = 64;

  private final Shapes shapes;
  private final Cells size;
  private final Cells tile;
  private final List<ReadableLattice> tiles = new ArrayList<>();
  private int[] shifts;
  private final List<Substitution> substitutions = new ArrayList<>();
  private final long[] counts = new long[16];
  private Optional<long[]> vacancies = Optional.empty();

  /** Without tiles. */
  JoinedTiles(Shapes shapes, Cells size, Cells tile) {
    this.shapes = shapes;
    this.size = size;
    this.tile = tile;
    int factor = size.nx() / tile.nx();
    shifts = new int[3 * factor * factor * factor];
  }

  void add(ReadableLattice next, int shiftX, int shiftY, int shiftZ) {
    int at = 3 * tiles.size();
    shifts[at] = shiftX;
    shifts[at + 1] = shiftY;
    shifts[at + 2] = shiftZ;
    tiles.add(next);
    long[] more = next.counts();
    Arrays.setAll(counts, i -> counts[i] + more[i]);
  }

  @Override
  public LatticeShape shape() {
    return shapes.of(size);
  }

  /** Whether all parts, of which it is put together directly or in blocks, have one size. */
  boolean ofTiles(Cells wanted) {
    return substitutions.isEmpty()
        && (tile.equals(wanted)
            || tiles.stream().allMatch(t -> t instanceof JoinedTiles j && j.ofTiles(wanted)));
  }

  /** The tiles that are not copies of others, in row-major order of the block that they make. */
  List<TileOfRun> distinctTiles() {
    return tiles.stream()
        .distinct()
        .flatMap(
            part ->
                part instanceof JoinedTiles joined
                    ? joined.distinctTiles().stream()
                    : Stream.of((TileOfRun) part))
        .toList();
  }

  /** The mean of what is seen of every tile; copies of a block are looked at once. */
  double[] meanOfTiles(Function<ReadableLattice, double[]> observed) {
    Map<ReadableLattice, double[]> seen = new IdentityHashMap<>();
    for (ReadableLattice part : tiles) {
      seen.computeIfAbsent(
          part,
          p -> p instanceof JoinedTiles joined ? joined.meanOfTiles(observed) : observed.apply(p));
    }
    double[] mean = new double[seen.get(tiles.get(0)).length];
    for (ReadableLattice part : tiles) {
      double[] one = seen.get(part);
      for (int i = 0; i < mean.length; i++) {
        mean[i] += one[i];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= tiles.size();
    }
    return mean;
  }

  private int basis() {
    return shape().crystal().basisCount();
  }

  @Override
  public long[] counts() {
    return counts.clone();
  }

  @Override
  public long vacancy(long k) {
    if (vacancies.isEmpty()) {
      long[] all = unorderedVacancies();
      Arrays.sort(all);
      vacancies = Optional.of(all);
    }
    return vacancies.get()[Math.toIntExact(k)];
  }

  private long[] unorderedVacancies() {
    long[] all = new long[Math.toIntExact(vacancyCount())];
    int at = 0;
    for (int i = 0; i < tiles.size(); i++) {
      ReadableLattice part = tiles.get(i);
      long[] own =
          part instanceof JoinedTiles joined
              ? joined.unorderedVacancies()
              : part.whole().vacancies();
      for (long site : own) {
        all[at++] = placed(site, i);
      }
    }
    return all;
  }

  private long placed(long site, int part) {
    int basis = basis();
    int x = SiteIndex.x(site, tile.ny(), tile.nz(), basis);
    int y = SiteIndex.y(site, tile.ny(), tile.nz(), basis);
    int z = SiteIndex.z(site, tile.nz(), basis);
    int perAxis = size.nz() / tile.nz();
    return SiteIndex.of(
        part / (perAxis * perAxis) * tile.nx() + (x + shifts[3 * part]) % tile.nx(),
        part / perAxis % perAxis * tile.ny() + (y + shifts[3 * part + 1]) % tile.ny(),
        part % perAxis * tile.nz() + (z + shifts[3 * part + 2]) % tile.nz(),
        SiteIndex.b(site, basis),
        size.ny(),
        size.nz(),
        basis);
  }

  @Override
  public long[] sites(byte code, long[] ranks) {
    RankedSites sites = new RankedSites(code, ranks);
    Lattice slab = shapes.lattice(new Cells(tile.nx(), size.ny(), size.nz()));
    for (int x = 0; x < size.nx() && !sites.complete(); x += slab.nx()) {
      read(x, 0, 0, slab);
      for (int i = 0; i < slab.nx(); i++) {
        sites.plane(slab.plane(i));
      }
    }
    return sites.found();
  }

  @Override
  public void substitute(long site, byte from, byte to) {
    substitutions.add(Substitution.of(site, size, basis(), from, to));
    counts[from]--;
    counts[to]++;
  }

  @Override
  public void read(int x, int y, int z, Lattice to, CellBox box) {
    for (int i = 0; i < box.nx(); i += run(x + i, tile.nx())) {
      for (int j = 0; j < box.ny(); j += run(y + j, tile.ny())) {
        for (int k = 0; k < box.nz(); k += run(z + k, tile.nz())) {
          readTile(x + i, y + j, z + k, to, part(box, x, y, z, i, j, k));
        }
      }
    }
    for (Substitution change : substitutions) {
      change.apply(size, x, y, z, to, box);
    }
  }

  /** Cells from one on to the end of its tile. */
  private static int run(int from, int period) {
    return period - from % period;
  }

  private CellBox part(CellBox box, int x, int y, int z, int i, int j, int k) {
    return new CellBox(
        box.x() + i,
        box.y() + j,
        box.z() + k,
        Math.min(box.nx() - i, run(x + i, tile.nx())),
        Math.min(box.ny() - j, run(y + j, tile.ny())),
        Math.min(box.nz() - k, run(z + k, tile.nz())));
  }

  /** Cells of one tile, the first of them given in the lattice or one of its images. */
  private void readTile(int x, int y, int z, Lattice to, CellBox box) {
    int perAxis = size.nz() / tile.nz();
    int part =
        (x % size.nx() / tile.nx() * perAxis + y % size.ny() / tile.ny()) * perAxis
            + z % size.nz() / tile.nz();
    tiles
        .get(part)
        .read(
            Math.floorMod(x - shifts[3 * part], tile.nx()),
            Math.floorMod(y - shifts[3 * part + 1], tile.ny()),
            Math.floorMod(z - shifts[3 * part + 2], tile.nz()),
            to,
            box);
  }

  @Override
  public void count(OrderParameters order, Counts total) {
    total.clear();
    Counts counted = order.newCounts();
    int margin = shape().crystal().reach();
    Lattice region =
        shapes.lattice(
            new Cells(
                Math.min(REGION, size.nx()) + 2 * margin,
                Math.min(REGION, size.ny()) + 2 * margin,
                Math.min(REGION, size.nz()) + 2 * margin));
    for (int x = 0; x < size.nx(); x += REGION) {
      for (int y = 0; y < size.ny(); y += REGION) {
        for (int z = 0; z < size.nz(); z += REGION) {
          read(
              Math.floorMod(x - margin, size.nx()),
              Math.floorMod(y - margin, size.ny()),
              Math.floorMod(z - margin, size.nz()),
              region);
          CellBox owners =
              new CellBox(
                  margin,
                  margin,
                  margin,
                  Math.min(REGION, size.nx() - x),
                  Math.min(REGION, size.ny() - y),
                  Math.min(REGION, size.nz() - z));
          order.recountPatch(region, owners, counted);
          total.add(counted);
        }
      }
    }
  }

  /**
   * Upsampling (ME-80). Either a block is tiled by copies of one smaller block, which is periodic
   * and so joins itself without a seam ({@code replicate}: x' = Upsample(x) of Algorithm 1), or by
   * independently drawn smaller blocks, each shifted cyclically by whole cells and recorded at
   * nearly the same time ({@code independent}: AL-61). With factor 2 per axis and level every level
   * is repaired and relaxed before it is used (DI-19).
   *
   * <p>Independent tiles of 16 half-grid points meet at random in 17.6 % of their bonds (DI-47). As
   * LocalRelax is far too short to order seams, the order of such states stays 17 % below that of
   * the snapshots and equilibrium lies outside the training data; copies have the order of the
   * snapshot, and its fluctuations, which also spread the training data off the mean curve
   * (AL-132).
   */
  static final class Tiling {
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

    private final class Build<B> {
      private final SnapshotPool<AlloyState> pool;
      private final int record;
      private final RandomStream stream;
      private final BlockBuilder<B> builder;

      private final Map<Integer, B> made = new HashMap<>();

      /** Those that take turns; none before the first turn. */
      private int[] runs = {};

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
       * By turns one, two, four or eight runs that were begun alike. States of many lie close to
       * the mean path, as large systems do; those of few are spread as small systems are, and say
       * what happens beside it, which an equation must know to stay there.
       */
      private int nextRun() {
        if (runs.length == 0) {
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

  /** How blocks of tiles are held while a large lattice is made ({@link Tiling}). */
  interface BlockBuilder<B> {
    /**
     * A small snapshot.
     *
     * @param snapshot not to be modified
     * @param later the same run after a time, which is a whole number of records
     * @param longest a quarter of its age, or one record, as such a time
     */
    B tile(Lattice snapshot, DoubleFunction<Lattice> later, double longest);

    /** Copies of one block, which may be consumed. */
    B copies(B block, int factor, Cells size);

    /** A block that is to be filled with tiles of a size. */
    B empty(Cells size, Cells tile);

    /**
     * Puts the next tile into a block, in row-major order ({@code shift}: by which it is moved
     * cyclically).
     */
    void place(B tile, B block, int[] at, int[] shift);

    /** Repairs and relaxes a block whose tiles are all there. */
    void finish(B block);
  }

  /**
   * Records of nearly one age (AL-61).
   *
   * @param half width of the range of records (10 in AL-61); 0 for a 200th of all
   */
  record RecordWindow(int half) {
    private static final float AUTO_PARTS = 200;

    /** A record in [record - w, record + w - 1], cut at the ends. */
    int near(int record, int records, RandomStream stream) {
      int w = half > 0 ? half : Math.max(1, Math.round(records / AUTO_PARTS));
      int first = Math.max(0, record - w);
      int last = Math.min(records - 1, record + w - 1);
      return first + stream.below(last - first + 1);
    }
  }

  /**
   * A snapshot that knows how its run went on.
   *
   * @param whole all sites
   * @param later all sites after a time, which is a whole number of records
   * @param longest time that its run is looked at for: early on a run changes in less than it is
   *     old
   */
  record TileOfRun(Lattice whole, DoubleFunction<Lattice> later, double longest)
      implements WholeLattice {
    @Override
    public long vacancy(long k) {
      return whole.vacancies()[Math.toIntExact(k)];
    }
  }
}
