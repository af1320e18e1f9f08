package org.latticelift.sim.systems.alloy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.systems.alloy.AlloyConfig.Cells;
import org.latticelift.sim.systems.alloy.LatticeView.BoundedDraw;
import org.latticelift.sim.systems.alloy.LatticeView.PeriodicCopy;
import org.latticelift.sim.systems.alloy.LatticeView.ReadableLattice;
import org.latticelift.sim.systems.alloy.LatticeView.RepairableBlock;
import org.latticelift.sim.systems.alloy.ShapeSimulator.Shapes;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.CodeScan;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.lattice.SiteIndex;
import org.latticelift.sim.vacancy.order.Counts;
import org.latticelift.sim.vacancy.order.OrderParameters;

/**
 * A lattice of copies of one tile (EX-25), in levels: a block is copied, atoms of it are
 * substituted to restore the composition, and it is the tile of the next level. Kept are the tile
 * and the substitutions, so that no cost grows with the number of sites: a region is the tile
 * repeated with the substitutions that fall into it, counts are those of the tile times the copies
 * and what each substitution changed.
 */
final class CopiedTile implements ReadableLattice, RepairableBlock {
  private final Shapes shapes;
  private final Lattice tile;
  private final List<Level> levels = new ArrayList<>();
  private long[] counts;

  /** Vacancies are never substituted, so this does not change. */
  private Optional<SiteRanks> vacancies = Optional.empty();

  /** A block of copies of the one before. */
  record Level(int factor, Cells size, List<Substitution> substitutions) {}

  CopiedTile(Shapes shapes, Lattice tile) {
    this.shapes = shapes;
    this.tile = tile;
    counts = tile.counts();
  }

  /** Becomes a block of copies of itself, as many along every axis. */
  void copy(int factor) {
    Cells cells = size();
    levels.add(
        new Level(
            factor,
            new Cells(factor * cells.nx(), factor * cells.ny(), factor * cells.nz()),
            new ArrayList<>()));
    multiply(counts, factor);
  }

  private static void multiply(long[] counts, long factor) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] *= factor * factor * factor;
    }
  }

  private Cells size() {
    return levels.isEmpty() ? Cells.of(tile) : levels.get(levels.size() - 1).size();
  }

  private int basis() {
    return tile.crystal().basisCount();
  }

  @Override
  public LatticeShape shape() {
    return shapes.of(size());
  }

  @Override
  public long[] counts() {
    return counts.clone();
  }

  @Override
  public long vacancy(long k) {
    if (vacancies.isEmpty()) {
      vacancies = Optional.of(new SiteRanks(tile, levels, Lattice.VACANCY));
    }
    return vacancies.get().site(k);
  }

  @Override
  public long[] sites(byte code, long[] ranks) {
    SiteRanks search = new SiteRanks(tile, levels, code);
    long[] sites = new long[ranks.length];
    for (int i = 0; i < ranks.length; i++) {
      sites[i] = search.site(ranks[i]);
    }
    return sites;
  }

  @Override
  public void substitute(long site, byte from, byte to) {
    Level top = levels.get(levels.size() - 1);
    top.substitutions().add(Substitution.of(site, top.size(), basis(), from, to));
    counts[from]--;
    counts[to]++;
  }

  @Override
  public void read(int x, int y, int z, Lattice to, CellBox box) {
    readTile(x, y, z, to, box);
    for (Level level : levels) {
      for (Substitution change : level.substitutions()) {
        change.apply(level.size(), x, y, z, to, box);
      }
    }
  }

  private void readTile(int x, int y, int z, Lattice to, CellBox box) {
    PeriodicCopy.copy(
        tile,
        Math.floorMod(x, tile.nx()),
        Math.floorMod(y, tile.ny()),
        Math.floorMod(z, tile.nz()),
        to,
        box);
  }

  @Override
  public void count(OrderParameters order, Counts total) {
    order.recount(tile, total);
    Optional<CountChange> changes = Optional.empty();
    for (int i = 0; i < levels.size(); i++) {
      Level level = levels.get(i);
      multiply(total.array(), level.factor());
      if (!level.substitutions().isEmpty()) {
        changes = changes.or(() -> Optional.of(new CountChange(order)));
        changes.get().add(i, total);
      }
    }
  }

  /** What substitutions change of counts: the surroundings of each are counted with and without. */
  private final class CountChange {
    private final OrderParameters order;
    private final int reach = tile.crystal().reach();
    private final Lattice around;
    private final CellBox owners;
    private final Counts before;
    private final Counts after;

    CountChange(OrderParameters order) {
      this.order = order;
      int owning = 2 * reach + 1;
      int side = owning + 2 * reach;
      around = shapes.lattice(new Cells(side, side, side));
      owners = new CellBox(reach, reach, reach, owning, owning, owning);
      before = order.newCounts();
      after = order.newCounts();
    }

    /** Of a level, each made after those before it. */
    void add(int level, Counts total) {
      List<Substitution> made = levels.get(level).substitutions();
      for (int i = 0; i < made.size(); i++) {
        Substitution change = made.get(i);
        read(level, i, change);
        order.recountPatch(around, owners, before);
        around.set(2 * reach, 2 * reach, 2 * reach, change.b(), change.after());
        order.recountPatch(around, owners, after);
        for (int k = 0; k < total.array().length; k++) {
          total.array()[k] += after.array()[k] - before.array()[k];
        }
      }
    }

    /** Reads the block of a level before one of its substitutions. */
    private void read(int level, int made, Substitution centre) {
      int x = centre.x() - 2 * reach;
      int y = centre.y() - 2 * reach;
      int z = centre.z() - 2 * reach;
      CellBox all = CellBox.all(around);
      readTile(x, y, z, around, all);
      for (int i = 0; i <= level; i++) {
        List<Substitution> changes = levels.get(i).substitutions();
        int last = i == level ? made : changes.size();
        for (int k = 0; k < last; k++) {
          changes.get(k).apply(levels.get(i).size(), x, y, z, around, all);
        }
      }
    }
  }

  /**
   * An atom of a periodic block that became one of another species.
   *
   * @param x its cell
   * @param y its cell
   * @param z its cell
   * @param b its basis position
   * @param before species that it was of
   * @param after species that it is of
   */
  record Substitution(int x, int y, int z, int b, byte before, byte after) {
    /** Of a site of a block of this size. */
    static Substitution of(long site, Cells block, int basis, byte before, byte after) {
      return new Substitution(
          SiteIndex.x(site, block.ny(), block.nz(), basis),
          SiteIndex.y(site, block.ny(), block.nz(), basis),
          SiteIndex.z(site, block.nz(), basis),
          SiteIndex.b(site, basis),
          before,
          after);
    }

    /** Whether it is at an earlier site than another place of the block. */
    boolean precedes(int otherX, int otherY, int otherZ, int otherB) {
      if (x != otherX) {
        return x < otherX;
      }
      if (y != otherY) {
        return y < otherY;
      }
      return z == otherZ ? b < otherB : z < otherZ;
    }

    /**
     * Makes it, and its periodic images, in a box of a lattice that begins at a cell of the block.
     */
    void apply(Cells block, int fromX, int fromY, int fromZ, Lattice to, CellBox box) {
      for (int i = Math.floorMod(x - fromX, block.nx()); i < box.nx(); i += block.nx()) {
        for (int j = Math.floorMod(y - fromY, block.ny()); j < box.ny(); j += block.ny()) {
          for (int k = Math.floorMod(z - fromZ, block.nz()); k < box.nz(); k += block.nz()) {
            to.set(box.x() + i, box.y() + j, box.z() + k, b, after);
          }
        }
      }
    }
  }

  /**
   * Restores the exact composition after tiling (AL-62): randomly chosen atoms of species in excess
   * become atoms of species that are short (DI-50).
   */
  static final class CompositionRepair {
    private CompositionRepair() {}

    /** Changes as few atoms as possible so that the counts are met. */
    static void repair(Lattice lattice, long[] target, RandomStream stream) {
      repair(new StoredBlock(lattice), target, stream);
    }

    /** The same; whatever a block is made of, the same atoms change. */
    static void repair(RepairableBlock block, long[] target, RandomStream stream) {
      long[] counts = block.counts();
      requireVacancies(counts[0], target[0], Arrays.stream(counts).sum());
      for (byte from = 1; from < target.length; from++) {
        long excess = counts[from] - target[from];
        if (excess > 0) {
          long[] chosen = block.sites(from, draw(counts[from], Math.toIntExact(excess), stream));
          int next = 0;
          for (byte to = 1; to < target.length; to++) {
            for (; counts[to] < target[to] && next < chosen.length; next++) {
              block.substitute(chosen[next], from, to);
              counts[to]++;
              counts[from]--;
            }
          }
        }
      }
    }

    /** The small system's vacancies times the number of tiles must be those of the large system. */
    static void requireVacancies(long brought, long expected, long sites) {
      if (brought != expected) {
        throw LatticeLiftException.badData(
            "the tiles bring " + brought + " vacancies, the large lattice has " + expected,
            "lattice.vacancy_concentration",
            "as many vacancies in the small lattice times the number of tiles as in the large one",
            String.format(
                Locale.ROOT,
                "Set lattice.vacancy_concentration to %.10g, or choose other sizes",
                (double) brought / sites));
      }
    }

    /**
     * Some of the first integers, drawn without replacement, in random order: a shuffle of all of
     * them of which only what it exchanged is stored.
     */
    private static long[] draw(long available, int number, RandomStream stream) {
      Map<Long, Long> exchanged = new HashMap<>();
      long[] drawn = new long[number];
      for (int i = 0; i < number; i++) {
        long here = i;
        long j = i + BoundedDraw.below(available - i, stream);
        drawn[i] = exchanged.getOrDefault(j, j);
        exchanged.put(j, exchanged.getOrDefault(here, here));
      }
      return drawn;
    }

    /** A lattice that is stored as a whole. */
    private record StoredBlock(Lattice lattice) implements RepairableBlock {
      @Override
      public long[] counts() {
        return lattice.counts();
      }

      @Override
      public void substitute(long site, byte from, byte to) {
        lattice.set(site, to);
      }

      @Override
      public long[] sites(byte code, long[] ranks) {
        RankedSites sites = new RankedSites(code, ranks);
        for (int x = 0; x < lattice.nx() && !sites.complete(); x++) {
          sites.plane(lattice.plane(x));
        }
        return sites.found();
      }
    }
  }

  /** Finds sites of a species by rank while the planes of a block pass by. */
  static final class RankedSites {
    private final byte code;
    private final long[] ranks;
    private final int[] order;
    private final long[] sites;
    private int done;
    private long before;
    private long sitesBefore;

    RankedSites(byte code, long[] ranks) {
      this.code = code;
      this.ranks = ranks;
      sites = new long[ranks.length];
      order =
          IntStream.range(0, ranks.length)
              .boxed()
              .sorted((a, b) -> Long.compare(ranks[a], ranks[b]))
              .mapToInt(Integer::intValue)
              .toArray();
    }

    boolean complete() {
      return done == order.length;
    }

    void plane(byte[] plane) {
      int here = CodeScan.count(plane, code);
      long rank = before - 1;
      int at = -1;
      for (; done < order.length && ranks[order[done]] < before + here; done++) {
        for (; rank < ranks[order[done]]; rank++) {
          at = CodeScan.next(plane, code, at + 1);
        }
        sites[order[done]] = sitesBefore + at;
      }
      before += here;
      sitesBefore += plane.length;
    }

    long[] found() {
      return sites;
    }
  }
}
