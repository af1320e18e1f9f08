package org.latticelift.sim.vacancy.kmc;

import java.util.Arrays;
import org.latticelift.sim.vacancy.kmc.ChangedSites.NoticedSites;
import org.latticelift.sim.vacancy.kmc.VacancySimulator.Residence;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Finds the vacancies whose basins notice what happens at a site: those that may be where it is in
 * their {@link NoticedSites}. A basin that is known stands in all bins, of about {@value #BIN}
 * cells per axis, that the surroundings of its sites touch; so a search looks at one bin only,
 * which is mostly empty, whatever the number of vacancies. Looking at all of them gives the same.
 */
final class NearbyVacancies {
  private static final int BIN = 4;
  private static final int NONE = -1;
  private static final int AXES = 3;

  private final Lattice lattice;
  private final RateTable table;
  private final FlickeringVacancies known;
  private final NoticedSites environments;
  private final NoticedSites withHops;
  private final Residence residence;
  private final int[] cells;
  private final int[] bins = new int[AXES];

  /** First entry of each bin. */
  private int[] first = {};

  /** Entries: a vacancy, and the next entry of the bin, or of those that are free. */
  private int[] vacancy = {};

  private int[] next = {};
  private int free = NONE;
  private int used;

  /** Per vacancy and axis the first bin it stands in, and how many; none if that is 0. */
  private int[] from = {};

  private int[] number = {};
  private final int[] range = new int[2];
  private final int[] fresh = new int[2 * AXES];
  private int[] found = new int[16];
  private int count;

  /**
   * @param residence whose observers may ask for possible hops
   */
  NearbyVacancies(
      Lattice lattice, RateTable table, FlickeringVacancies known, Residence residence) {
    this.lattice = lattice;
    this.table = table;
    this.known = known;
    this.residence = residence;
    environments = new NoticedSites(lattice, table.geometry(), false);
    withHops = new NoticedSites(lattice, table.geometry(), true);
    cells = new int[] {lattice.nx(), lattice.ny(), lattice.nz()};
    for (int axis = 0; axis < AXES; axis++) {
      bins[axis] = Math.max(1, cells[axis] / BIN);
    }
  }

  private NoticedSites noticed() {
    return residence.watched() ? withHops : environments;
  }

  /** No basin is known. */
  void clear() {
    // Bins are emptied one by one, since there may be many more of them than active vacancies.
    for (int v = 0; AXES * v < number.length; v++) {
      leave(v);
    }
    used = 0;
    free = NONE;
    int vacancies = table.vacancies.count;
    if (number.length < AXES * vacancies) {
      from = new int[AXES * vacancies];
      number = new int[AXES * vacancies];
    }
    if (vacancies > 1 && first.length == 0) {
      first = new int[Math.multiplyExact(Math.multiplyExact(bins[0], bins[1]), bins[2])];
      Arrays.fill(first, NONE);
    }
  }

  /** Follows a vacancy whose basin has begun, has changed or was forgotten. */
  void follow(int v) {
    if (table.vacancies.count < 2) {
      return;
    }
    int at = AXES * v;
    if (!known.known(v)) {
      leave(v);
      return;
    }
    boolean same = number[at] > 0;
    for (int axis = 0; axis < AXES; axis++) {
      known.sleeper(v).basin.footprint().range(axis, cells[axis], range);
      bins(axis);
      fresh[axis] = range[0];
      fresh[AXES + axis] = range[1];
      same &= range[0] == from[at + axis] && range[1] == number[at + axis];
    }
    if (!same) {
      leave(v);
      System.arraycopy(fresh, 0, from, at, AXES);
      System.arraycopy(fresh, AXES, number, at, AXES);
      enter(v);
    }
  }

  /** From the cells of a range to the bins around: the first one, and how many. */
  private void bins(int axis) {
    int low = range[0] - noticed().reach();
    int high = range[1] + noticed().reach();
    int width = (cells[axis] + bins[axis] - 1) / bins[axis];
    if (high - low + 1 + width >= cells[axis]) {
      range[0] = 0;
      range[1] = bins[axis];
    } else {
      range[0] = bin(axis, Math.floorMod(low, cells[axis]));
      int last = bin(axis, Math.floorMod(high, cells[axis]));
      range[1] = Math.floorMod(last - range[0], bins[axis]) + 1;
    }
  }

  private int bin(int axis, int cell) {
    return (int) ((long) cell * bins[axis] / cells[axis]);
  }

  private int index(int i, int j, int k) {
    return (i * bins[1] + j) * bins[2] + k;
  }

  private int at(int v, int axis, int step) {
    return (from[AXES * v + axis] + step) % bins[axis];
  }

  private void enter(int v) {
    for (int i = 0; i < number[AXES * v]; i++) {
      for (int j = 0; j < number[AXES * v + 1]; j++) {
        for (int k = 0; k < number[AXES * v + 2]; k++) {
          add(v, index(at(v, 0, i), at(v, 1, j), at(v, 2, k)));
        }
      }
    }
  }

  private void leave(int v) {
    if (number[AXES * v] > 0) {
      for (int i = 0; i < number[AXES * v]; i++) {
        for (int j = 0; j < number[AXES * v + 1]; j++) {
          for (int k = 0; k < number[AXES * v + 2]; k++) {
            remove(v, index(at(v, 0, i), at(v, 1, j), at(v, 2, k)));
          }
        }
      }
      number[AXES * v] = 0;
    }
  }

  private void add(int v, int where) {
    int entry = free;
    if (entry == NONE) {
      entry = used++;
      if (entry == next.length) {
        next = Arrays.copyOf(next, Math.max(64, 2 * entry));
        vacancy = Arrays.copyOf(vacancy, next.length);
      }
    } else {
      free = next[entry];
    }
    vacancy[entry] = v;
    next[entry] = first[where];
    first[where] = entry;
  }

  private void remove(int v, int where) {
    int before = NONE;
    int entry = first[where];
    while (vacancy[entry] != v) {
      before = entry;
      entry = next[entry];
    }
    if (before == NONE) {
      first[where] = next[entry];
    } else {
      next[before] = next[entry];
    }
    next[entry] = free;
    free = entry;
  }

  /**
   * Finds all but one vacancy whose basins notice a site; their number; {@link #get} in ascending
   * order.
   */
  int find(int except, int x, int y, int z, int b) {
    count = 0;
    if (used == 0) {
      return 0;
    }
    int entry = first[index(bin(0, x), bin(1, y), bin(2, z))];
    for (; entry != NONE; entry = next[entry]) {
      int v = vacancy[entry];
      if (v != except && known.sleeper(v).basin.footprint().notices(noticed(), x, y, z, b)) {
        if (count == found.length) {
          found = Arrays.copyOf(found, 2 * count);
        }
        found[count++] = v;
      }
    }
    Arrays.sort(found, 0, count);
    return count;
  }

  int get(int i) {
    return found[i];
  }

  /** Whether an active vacancy and another one notice each other where they are. */
  boolean crowded(int v) {
    return table.meets(v) || residence.watched() && withHops.meet(table.vacancies, v);
  }
}
