package org.latticelift.sim.vacancy.kmc;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The sites where the vacancy of a basin may be, and whether any of them notices another site. */
final class Footprint {
  private static final int WORDS = 4;

  private final RateTable table;

  /** Cells along three axes and basis position of every state. */
  private int[] place = new int[WORDS * 16];

  /** The states that the basin holds. */
  private long states;

  Footprint(RateTable table) {
    this.table = table;
  }

  void clear() {
    states = 0;
  }

  void add(int i, int v) {
    ActiveVacancies a = table.vacancies;
    put(i, a.x[v], a.y[v], a.z[v], a.b[v]);
  }

  private void put(int i, int x, int y, int z, int b) {
    int at = WORDS * i;
    if (at == place.length) {
      place = Arrays.copyOf(place, 2 * at);
    }
    states |= 1L << i;
    place[at] = x;
    place[at + 1] = y;
    place[at + 2] = z;
    place[at + 3] = b;
  }

  void drop(int i) {
    states &= ~(1L << i);
  }

  /** Whether one of the sites notices a site. */
  boolean notices(NoticedSites noticed, int x, int y, int z, int b) {
    for (long rest = states; rest != 0; rest &= rest - 1) {
      int at = WORDS * Long.numberOfTrailingZeros(rest);
      if (noticed.contain(place[at + 3], x - place[at], y - place[at + 1], z - place[at + 2], b)) {
        return true;
      }
    }
    return false;
  }

  /** The cells along an axis: the first one, 0 or more, and the last one, counted on from there. */
  void range(int axis, int period, int[] range) {
    int from = place[WORDS * Long.numberOfTrailingZeros(states) + axis];
    int low = 0;
    int high = 0;
    for (long rest = states & states - 1; rest != 0; rest &= rest - 1) {
      int d = place[WORDS * Long.numberOfTrailingZeros(rest) + axis] - from;
      d = 2 * d > period ? d - period : 2 * d < -period ? d + period : d;
      low = Math.min(low, d);
      high = Math.max(high, d);
    }
    range[0] = Math.floorMod(from + low, period);
    range[1] = range[0] + high - low;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(states);
    for (long rest = states; rest != 0; rest &= rest - 1) {
      int at = WORDS * Long.numberOfTrailingZeros(rest);
      for (int k = 0; k < WORDS; k++) {
        out.writeInt(place[at + k]);
      }
    }
  }

  void read(DataInput in) throws IOException {
    clear();
    for (long rest = in.readLong(); rest != 0; rest &= rest - 1) {
      put(Long.numberOfTrailingZeros(rest), in.readInt(), in.readInt(), in.readInt(), in.readInt());
    }
  }
}
