package org.latticelift.sim.systems.alloy;

import java.util.Arrays;
import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.lattice.SiteIndex;
import org.latticelift.sim.vacancy.order.OrderParameters;
import org.latticelift.sim.vacancy.order.OrderParameters.Counts;

/**
 * A state of an ensemble that is far larger than the blocks it is known by (EX-25): some
 * independent periodic ones stand for all, so no cost grows with the number of sites. Counts are
 * those of the blocks times the sites for which they stand. About a vacancy its own block goes on
 * and on: seams would be places that the ensemble does not have. So the blocks lie beside each
 * other only to give their vacancies sites, and there is no whole.
 */
final class SampledBlocks implements LatticeView {
  private final LatticeShape shape;
  private final long[] counts;
  private final List<Lattice> blocks;
  private final List<CellReader> around;
  private final Cells block;
  private final long[] vacancies;

  /**
   * Makes one.
   *
   * @param shape of the whole, with lengths that are multiples of those of a block
   * @param counts sites per code of the whole
   * @param blocks of one size; not modified
   */
  SampledBlocks(LatticeShape shape, long[] counts, List<Lattice> blocks) {
    this.shape = shape;
    this.counts = Arrays.copyOf(counts, 16);
    this.blocks = List.copyOf(blocks);
    around = this.blocks.stream().<CellReader>map(one -> new Repeated(shape, one)).toList();
    block = Cells.of(blocks.get(0));
    vacancies = placed();
  }

  private long[] placed() {
    int total = blocks.stream().mapToInt(one -> one.vacancies().length).sum();
    long[] placed = new long[total];
    int at = 0;
    for (int i = 0; i < blocks.size(); i++) {
      for (long site : blocks.get(i).vacancies()) {
        placed[at++] = placed(site, i);
      }
    }
    return placed;
  }

  private long placed(long site, int number) {
    int basis = shape.crystal().basisCount();
    return SiteIndex.of(
        place(number, 0) * block.nx() + SiteIndex.x(site, block.ny(), block.nz(), basis),
        place(number, 1) * block.ny() + SiteIndex.y(site, block.ny(), block.nz(), basis),
        place(number, 2) * block.nz() + SiteIndex.z(site, block.nz(), basis),
        SiteIndex.b(site, basis),
        shape.ny(),
        shape.nz(),
        basis);
  }

  /** Where a block lies along an axis, in blocks. */
  private int place(int number, int axis) {
    int alongY = shape.ny() / block.ny();
    int alongZ = shape.nz() / block.nz();
    return switch (axis) {
      case 0 -> number / (alongY * alongZ);
      case 1 -> number / alongZ % alongY;
      default -> number % alongZ;
    };
  }

  @Override
  public LatticeShape shape() {
    return shape;
  }

  @Override
  public long[] counts() {
    return counts.clone();
  }

  @Override
  public long knownVacancies() {
    return vacancies.length;
  }

  @Override
  public long vacancy(long k) {
    return vacancies[Math.toIntExact(k)];
  }

  @Override
  public CellReader around(long site) {
    int basis = shape.crystal().basisCount();
    int x = SiteIndex.x(site, shape.ny(), shape.nz(), basis) / block.nx();
    int y = SiteIndex.y(site, shape.ny(), shape.nz(), basis) / block.ny();
    int z = SiteIndex.z(site, shape.nz(), basis) / block.nz();
    int number = (x * (shape.ny() / block.ny()) + y) * (shape.nz() / block.nz()) + z;
    return around.get(number);
  }

  /** A block, over and over: lengths of the whole are multiples of its own. */
  private record Repeated(LatticeShape shape, Lattice tile) implements CellReader {
    @Override
    public void read(int x, int y, int z, Lattice to, CellBox box) {
      PeriodicCopy.copy(tile, x % tile.nx(), y % tile.ny(), z % tile.nz(), to, box);
    }
  }

  @Override
  public void count(OrderParameters order, Counts total) {
    total.clear();
    Counts one = order.newCounts();
    for (Lattice next : blocks) {
      order.recount(next, one);
      total.add(one);
    }
    double standsFor = shape.sites() / ((double) blocks.size() * blocks.get(0).sites());
    long[] all = total.array();
    for (int i = 0; i < all.length; i++) {
      all[i] = Math.round(all[i] * standsFor);
    }
  }

  @Override
  public Lattice whole() {
    throw LatticeLiftException.badData(
        "all sites of a state of " + Cells.of(shape).text() + ", of which only blocks were sampled",
        "upsample.block",
        "blocks so large that no more than " + LiftingRules.BLOCKS + " have room",
        "Enlarge it, or do without what needs all sites, such as kept states");
  }
}
