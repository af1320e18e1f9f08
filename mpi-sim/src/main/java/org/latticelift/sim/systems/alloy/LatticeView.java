package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.order.Counts;
import org.latticelift.sim.vacancy.order.OrderParameters;

/**
 * A periodic lattice that can be counted and looked at around its vacancies, whether it is stored
 * as a whole or made of parts (EX-25). Serves one thread.
 */
interface LatticeView {
  LatticeShape shape();

  /** Sites per code, 16 of them. */
  long[] counts();

  default long vacancyCount() {
    return counts()[Lattice.VACANCY];
  }

  /** Vacancies whose surroundings are there; others are in parts that these stand for. */
  default long knownVacancies() {
    return vacancyCount();
  }

  /** Site of a vacancy ({@code k}: 0 to the number of known vacancies - 1, in selection order). */
  long vacancy(long k);

  /** The lattice as it is about a vacancy, to as far as that vacancy may see or go. */
  CellReader around(long site);

  /** Counts of the whole, which replace others. */
  void count(OrderParameters order, Counts counts);

  /** All sites as one lattice. */
  Lattice whole();

  /** A lattice of which all sites are there. */
  interface ReadableLattice extends LatticeView, CellReader {
    @Override
    LatticeShape shape();

    @Override
    default CellReader around(long site) {
      return this;
    }

    @Override
    default Lattice whole() {
      Lattice whole = new Lattice(shape());
      read(0, 0, 0, whole);
      return whole;
    }
  }

  /** Cells of a periodic lattice, as they are asked for (EX-25). Serves one thread. */
  interface CellReader {
    LatticeShape shape();

    /**
     * Fills a box of another lattice.
     *
     * @param x cell that comes first, 0 to cells of the lattice - 1; the others follow periodically
     * @param to changed in the box only
     * @param box inside of that lattice, not across its border
     */
    void read(int x, int y, int z, Lattice to, CellBox box);

    /** Fills another lattice, as often as there is room. */
    default void read(int x, int y, int z, Lattice to) {
      read(x, y, z, to, CellBox.all(to));
    }
  }

  /** A lattice whose sites are stored as one. */
  interface WholeLattice extends ReadableLattice {
    @Override
    Lattice whole();

    @Override
    default LatticeShape shape() {
      return whole().shape();
    }

    @Override
    default long[] counts() {
      return whole().counts();
    }

    @Override
    default void read(int x, int y, int z, Lattice to, CellBox box) {
      PeriodicCopy.copy(whole(), x, y, z, to, box);
    }

    @Override
    default void count(OrderParameters order, Counts counts) {
      order.recount(whole(), counts);
    }
  }

  /**
   * A lattice that knows its vacancies.
   *
   * @param whole all sites
   * @param vacancies in selection order
   */
  record StoredLattice(Lattice whole, long[] vacancies) implements WholeLattice {
    @Override
    public long vacancyCount() {
      return vacancies.length;
    }

    @Override
    public long vacancy(long k) {
      return vacancies[Math.toIntExact(k)];
    }
  }

  /**
   * Copies cells of a periodic lattice into a box of another one, as often as it takes to fill it.
   * A period is copied once; what repeats it is copied from there in pieces of growing length, so a
   * box of many periods costs little more than the bytes it holds.
   */
  final class PeriodicCopy {
    private PeriodicCopy() {}

    /**
     * Fills a box.
     *
     * @param from not modified
     * @param to changed in the box
     * @param box not across the border
     */
    static void copy(Lattice from, int x, int y, int z, Lattice to, CellBox box) {
      boolean wholePlanes = box.ny() == to.ny() && box.nz() == to.nz();
      for (int i = 0; i < box.nx(); i++) {
        byte[] plane = to.plane(box.x() + i);
        if (i < from.nx()) {
          copyPlane(from, (x + i) % from.nx(), y, z, to, box, plane);
        } else if (wholePlanes) {
          System.arraycopy(to.plane(box.x() + i - from.nx()), 0, plane, 0, plane.length);
        } else {
          copyRows(to, box, to.plane(box.x() + i - from.nx()), plane);
        }
      }
    }

    private static void copyPlane(
        Lattice from, int x, int y, int z, Lattice to, CellBox box, byte[] plane) {
      int basis = to.crystal().basisCount();
      byte[] source = from.plane(x);
      int period = from.nz() * basis;
      int length = box.nz() * basis;
      for (int k = 0; k < box.ny(); k++) {
        int at = ((box.y() + k) * to.nz() + box.z()) * basis;
        if (k < from.ny()) {
          copyRow(source, (y + k) % from.ny() * period, z * basis, period, plane, at, length);
        } else {
          System.arraycopy(plane, at - from.ny() * to.nz() * basis, plane, at, length);
        }
      }
    }

    private static void copyRow(
        byte[] source, int row, int first, int period, byte[] plane, int at, int length) {
      int head = Math.min(period - first, length);
      System.arraycopy(source, row + first, plane, at, head);
      int once = Math.min(period, length);
      System.arraycopy(source, row, plane, at + head, once - head);
      for (int done = once; done < length; done *= 2) {
        System.arraycopy(plane, at, plane, at + done, Math.min(done, length - done));
      }
    }

    private static void copyRows(Lattice to, CellBox box, byte[] source, byte[] plane) {
      int basis = to.crystal().basisCount();
      for (int k = 0; k < box.ny(); k++) {
        int at = ((box.y() + k) * to.nz() + box.z()) * basis;
        System.arraycopy(source, at, plane, at, box.nz() * basis);
      }
    }
  }

  /** A block of sites of which single atoms can be found and changed. */
  interface RepairableBlock {
    /** Sites per code; the array is the caller's. */
    long[] counts();

    /**
     * Sites of a species by rank: rank r is its r-th site in site order ({@code ranks}: in any
     * order); sites in the same order.
     */
    long[] sites(byte code, long[] ranks);

    /** Puts an atom of another species at the site of an atom. */
    void substitute(long site, byte from, byte to);
  }

  /** Draws that are the same for a bound of 32 bits as they always were, and go on beyond it. */
  final class BoundedDraw {
    private BoundedDraw() {}

    /** A uniform number from 0 to bound - 1. */
    static long below(long bound, RandomStream stream) {
      return bound <= Integer.MAX_VALUE ? stream.below((int) bound) : stream.below(bound);
    }
  }
}
