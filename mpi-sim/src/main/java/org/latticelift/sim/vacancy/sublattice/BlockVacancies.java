package org.latticelift.sim.vacancy.sublattice;

import java.util.Arrays;

/**
 * The vacancies of every own block, as linked lists in three arrays: 4 bytes per block and 16 per
 * vacancy. Each remembers the cycle in which it came from another block. Lists are short (one
 * vacancy in 1024 sites), so a removal walks.
 */
final class BlockVacancies {
  private static final int NONE = -1;

  private final int[] head;
  private long[] site = new long[16];
  private int[] next = new int[16];
  private int[] arrival = new int[16];
  private int free = NONE;
  private int used;
  private long size;

  BlockVacancies(int blocks) {
    head = new int[blocks];
    Arrays.fill(head, NONE);
  }

  /** Number of vacancies in all blocks. */
  long size() {
    return size;
  }

  boolean isEmpty(int block) {
    return head[block] == NONE;
  }

  /**
   * Adds a vacancy.
   *
   * @param cycle in which it came from another block; negative if it was here from the beginning
   */
  void add(int block, long where, long cycle) {
    int entry = free;
    if (entry == NONE) {
      entry = used++;
      if (entry == site.length) {
        site = Arrays.copyOf(site, 2 * entry);
        next = Arrays.copyOf(next, 2 * entry);
        arrival = Arrays.copyOf(arrival, 2 * entry);
      }
    } else {
      free = next[entry];
    }
    site[entry] = where;
    arrival[entry] = (int) cycle;
    next[entry] = head[block];
    head[block] = entry;
    size++;
  }

  void remove(int block, long where) {
    int before = NONE;
    int entry = head[block];
    while (site[entry] != where) {
      before = entry;
      entry = next[entry];
    }
    if (before == NONE) {
      head[block] = next[entry];
    } else {
      next[before] = next[entry];
    }
    next[entry] = free;
    free = entry;
    size--;
  }

  /**
   * Lists a block in the order of sites, which no history decides, without the arrivals of a cycle.
   *
   * @param cycle whose arrivals are left out; negative for none
   * @param into grown if need be
   * @return into or a longer array
   */
  long[] list(int block, long cycle, long[] into, int[] count) {
    long[] sites = into;
    int n = 0;
    for (int entry = head[block]; entry != NONE; entry = next[entry]) {
      if (cycle >= 0 && arrival[entry] == (int) cycle) {
        continue;
      }
      if (n == sites.length) {
        sites = Arrays.copyOf(sites, 2 * n);
      }
      sites[n++] = site[entry];
    }
    Arrays.sort(sites, 0, n);
    count[0] = n;
    return sites;
  }
}
