package org.latticelift.sim.vacancy.kmc;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.latticelift.sim.vacancy.basin.AbsorbingChain;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * The cells where the vacancy of a basin may be, and whether a site is so near one of them that
 * environments may touch it: within the reach of an environment in cells along every axis, which is
 * more than the environment, never less.
 */
final class Footprint {
  private final RateTable table;
  private final int reach;
  private final int[] x = new int[AbsorbingChain.MOST];
  private final int[] y = new int[AbsorbingChain.MOST];
  private final int[] z = new int[AbsorbingChain.MOST];

  /** A cube around all cells: centre and half width. */
  private int cx;

  private int cy;
  private int cz;
  private int radius;

  /** The states that the basin holds. */
  private long states;

  Footprint(RateTable table) {
    this.table = table;
    reach = table.geometry().reach;
  }

  void begin(int v) {
    states = 0;
    radius = 0;
    cx = table.vacancies.x[v];
    cy = table.vacancies.y[v];
    cz = table.vacancies.z[v];
  }

  void add(int i, int v) {
    states |= 1L << i;
    x[i] = table.vacancies.x[v];
    y[i] = table.vacancies.y[v];
    z[i] = table.vacancies.z[v];
    radius = Math.max(radius, distance(table.lattice, x[i], y[i], z[i], cx, cy, cz));
  }

  void drop(int i) {
    states &= ~(1L << i);
  }

  /** Centres the cube on a state. */
  void centre(int on) {
    cx = x[on];
    cy = y[on];
    cz = z[on];
    radius = 0;
    for (long rest = states; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      radius = Math.max(radius, distance(table.lattice, x[i], y[i], z[i], cx, cy, cz));
    }
  }

  int centreX() {
    return cx;
  }

  int centreY() {
    return cy;
  }

  int centreZ() {
    return cz;
  }

  /** Largest distance of a state from the centre so far. */
  int radius() {
    return radius;
  }

  /** Whether a cell is near any of the footprint. */
  boolean near(int px, int py, int pz) {
    if (distance(table.lattice, px, py, pz, cx, cy, cz) > radius + reach) {
      return false;
    }
    for (long rest = states; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      if (distance(table.lattice, px, py, pz, x[i], y[i], z[i]) <= reach) {
        return true;
      }
    }
    return false;
  }

  /** Largest distance along an axis, periodic. */
  static int distance(Lattice lattice, int ax, int ay, int az, int bx, int by, int bz) {
    int d = axis(ax - bx, lattice.nx());
    d = Math.max(d, axis(ay - by, lattice.ny()));
    return Math.max(d, axis(az - bz, lattice.nz()));
  }

  private static int axis(int difference, int period) {
    int d = Math.abs(difference);
    return Math.min(d, period - d);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(cx);
    out.writeInt(cy);
    out.writeInt(cz);
    out.writeInt(radius);
    out.writeLong(states);
    for (long rest = states; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      out.writeInt(x[i]);
      out.writeInt(y[i]);
      out.writeInt(z[i]);
    }
  }

  void read(DataInput in) throws IOException {
    cx = in.readInt();
    cy = in.readInt();
    cz = in.readInt();
    radius = in.readInt();
    states = in.readLong();
    for (long rest = states; rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      x[i] = in.readInt();
      y[i] = in.readInt();
      z[i] = in.readInt();
    }
  }
}
