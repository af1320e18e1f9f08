package org.latticelift.sim.systems.alloy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.lattice.SiteIndex;
import org.latticelift.sim.vacancy.order.OrderParameters;
import org.latticelift.sim.vacancy.order.OrderParameters.Counts;

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
  private long[] vacancies;

  /** Without tiles. */
  JoinedTiles(Shapes shapes, Cells size, Cells tile) {
    this.shapes = shapes;
    this.size = size;
    this.tile = tile;
    int factor = size.nx() / tile.nx();
    shifts = new int[3 * factor * factor * factor];
  }

  /** The next tile in row-major order. */
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
    double[] mean = null;
    for (ReadableLattice part : tiles) {
      double[] one =
          seen.computeIfAbsent(
              part,
              p ->
                  p instanceof JoinedTiles joined
                      ? joined.meanOfTiles(observed)
                      : observed.apply(p));
      mean = mean == null ? new double[one.length] : mean;
      for (int i = 0; i < one.length; i++) {
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
    if (vacancies == null) {
      vacancies = unorderedVacancies();
      Arrays.sort(vacancies);
    }
    return vacancies[Math.toIntExact(k)];
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
}
