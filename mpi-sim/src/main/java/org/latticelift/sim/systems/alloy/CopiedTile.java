package org.latticelift.sim.systems.alloy;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.order.OrderParameters;
import org.latticelift.sim.vacancy.order.OrderParameters.Counts;

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
  private SiteRanks vacancies;

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
    if (vacancies == null) {
      vacancies = new SiteRanks(tile, levels, Lattice.VACANCY);
    }
    return vacancies.site(k);
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
    CountChange changes = null;
    for (int i = 0; i < levels.size(); i++) {
      Level level = levels.get(i);
      multiply(total.array(), level.factor());
      if (!level.substitutions().isEmpty()) {
        changes = changes == null ? new CountChange(order) : changes;
        changes.add(i, total);
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
}
