package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Copies cells of a periodic lattice into a box of another one, as often as it takes to fill it. A
 * period is copied once; what repeats it is copied from there in pieces of growing length, so a box
 * of many periods costs little more than the bytes it holds.
 */
final class PeriodicCopy {
  private PeriodicCopy() {}

  /**
   * Fills a box.
   *
   * @param from not modified
   * @param x cell that comes first
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
