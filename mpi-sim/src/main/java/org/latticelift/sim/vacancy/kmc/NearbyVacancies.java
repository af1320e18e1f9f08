package org.latticelift.sim.vacancy.kmc;

import java.util.Arrays;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Finds the vacancies that may notice what happens at a site: those of which a place, or with a
 * known basin one of its states, is within an environment of it. Vacancies lie in bins of about
 * {@value #BIN} cells per axis, basins in that of the centre of their footprint, so a search looks
 * at those around the site only, whatever their number, and at the few whose basin is wide. Looking
 * at all of them gives the same.
 */
final class NearbyVacancies {
  private static final int BIN = 8;
  private static final int NONE = -1;

  /** Cells from the centre of a footprint; wider ones are few, and every search looks at them. */
  private static final int NARROW = 4;

  private final RateTable table;
  private final FlickeringVacancies known;
  private final Axis alongX;
  private final Axis alongY;
  private final Axis alongZ;
  private final int reach;

  /** First vacancy of each bin, wide ones last, and the neighbours of each vacancy in its bin. */
  private int[] first = {};

  private int[] next = {};
  private int[] previous = {};
  private int[] bin = {};

  /** Vacancies in bins; none where there is only one. */
  private int placed;

  private int[] found = new int[16];
  private int count;

  /** The bins along an axis. */
  private static final class Axis {
    private final int cells;
    private final int bins;

    /** The bins of the last range: the first one, and how many. */
    private int from;

    private int number;

    Axis(int cells) {
      this.cells = cells;
      bins = Math.max(1, cells / BIN);
    }

    int bin(int cell) {
      return (int) ((long) cell * bins / cells);
    }

    /** Finds the bins of all cells within a distance, periodic. */
    void range(int cell, int distance) {
      int width = (cells + bins - 1) / bins;
      if (2L * distance + 1 + width >= cells) {
        from = 0;
        number = bins;
      } else {
        from = bin(Math.floorMod(cell - distance, cells));
        int last = bin(Math.floorMod(cell + distance, cells));
        number = Math.floorMod(last - from, bins) + 1;
      }
    }

    int at(int step) {
      return (from + step) % bins;
    }
  }

  NearbyVacancies(Lattice lattice, RateTable table, FlickeringVacancies known) {
    this.table = table;
    this.known = known;
    alongX = new Axis(lattice.nx());
    alongY = new Axis(lattice.ny());
    alongZ = new Axis(lattice.nz());
    reach = table.geometry().reach;
  }

  /** Takes over the active vacancies. */
  void place() {
    for (int v = 0; v < placed; v++) {
      first[bin[v]] = NONE;
    }
    placed = table.vacancies.count > 1 ? table.vacancies.count : 0;
    reserve(placed);
    for (int v = 0; v < placed; v++) {
      enter(v, binOf(v));
    }
  }

  private void reserve(int n) {
    if (next.length < n) {
      next = new int[n];
      previous = new int[n];
      bin = new int[n];
    }
    if (n > 0 && first.length == 0) {
      first = new int[Math.multiplyExact(alongX.bins * alongY.bins, alongZ.bins) + 1];
      Arrays.fill(first, NONE);
    }
  }

  /** Follows a vacancy that has moved, or whose basin has changed. */
  void follow(int v) {
    if (v < placed) {
      int now = binOf(v);
      if (now != bin[v]) {
        leave(v);
        enter(v, now);
      }
    }
  }

  private int binOf(int v) {
    if (known.known(v)) {
      Footprint footprint = known.sleeper(v).basin.footprint();
      if (footprint.radius() > NARROW) {
        return wide();
      }
      return bin(footprint.centreX(), footprint.centreY(), footprint.centreZ());
    }
    ActiveVacancies a = table.vacancies;
    return bin(a.x[v], a.y[v], a.z[v]);
  }

  /** The bin of the wide ones, wherever they are. */
  private int wide() {
    return first.length - 1;
  }

  private int bin(int x, int y, int z) {
    return index(alongX.bin(x), alongY.bin(y), alongZ.bin(z));
  }

  private int index(int i, int j, int k) {
    return (i * alongY.bins + j) * alongZ.bins + k;
  }

  private void enter(int v, int where) {
    bin[v] = where;
    previous[v] = NONE;
    next[v] = first[where];
    if (next[v] != NONE) {
      previous[next[v]] = v;
    }
    first[where] = v;
  }

  private void leave(int v) {
    if (previous[v] == NONE) {
      first[bin[v]] = next[v];
    } else {
      next[previous[v]] = next[v];
    }
    if (next[v] != NONE) {
      previous[next[v]] = previous[v];
    }
  }

  /**
   * Finds all but one vacancy that may notice what happens in a cell.
   *
   * @return their number; {@link #get} in ascending order
   */
  int find(int except, int x, int y, int z) {
    count = 0;
    if (placed == 0) {
      return 0;
    }
    int distance = NARROW + reach;
    alongX.range(x, distance);
    alongY.range(y, distance);
    alongZ.range(z, distance);
    for (int i = 0; i < alongX.number; i++) {
      for (int j = 0; j < alongY.number; j++) {
        for (int k = 0; k < alongZ.number; k++) {
          collect(first[index(alongX.at(i), alongY.at(j), alongZ.at(k))], except, x, y, z);
        }
      }
    }
    collect(first[wide()], except, x, y, z);
    Arrays.sort(found, 0, count);
    return count;
  }

  private void collect(int head, int except, int x, int y, int z) {
    for (int v = head; v != NONE; v = next[v]) {
      if (v != except && near(v, x, y, z)) {
        if (count == found.length) {
          found = Arrays.copyOf(found, 2 * count);
        }
        found[count++] = v;
      }
    }
  }

  private boolean near(int v, int x, int y, int z) {
    if (known.known(v)) {
      return known.sleeper(v).basin.footprint().near(x, y, z);
    }
    ActiveVacancies a = table.vacancies;
    return Footprint.distance(table.lattice, x, y, z, a.x[v], a.y[v], a.z[v]) <= reach;
  }

  int get(int i) {
    return found[i];
  }
}
