package org.latticelift.sim.vacancy.kmc;

import java.util.Arrays;

/** Site number to index of the active vacancy there: open addressing, linear probing. */
final class SiteMap {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long[] keys = {};
  private int[] values = {};
  private int shift;
  private int mask;

  SiteMap(int count) {
    reset(count);
  }

  /** Starts again, empty, with room for a number of sites; allocates only to grow. */
  void reset(int count) {
    int capacity = Math.max(8, Integer.highestOneBit(Math.max(1, count)) * 4);
    if (keys.length < capacity) {
      keys = new long[capacity];
      values = new int[capacity];
    } else {
      Arrays.fill(keys, 0, capacity, 0);
    }
    mask = capacity - 1;
    shift = 64 - Integer.numberOfTrailingZeros(capacity);
  }

  /** The value, or -1. */
  int get(long site) {
    long key = site + 1;
    for (int i = slot(key); keys[i] != 0; i = (i + 1) & mask) {
      if (keys[i] == key) {
        return values[i];
      }
    }
    return -1;
  }

  /** Adds a site that is not there yet. */
  void put(long site, int value) {
    long key = site + 1;
    int i = slot(key);
    while (keys[i] != 0) {
      i = (i + 1) & mask;
    }
    keys[i] = key;
    values[i] = value;
  }

  /** Removes a site that is there, closing the gap. */
  void remove(long site) {
    long key = site + 1;
    int gap = slot(key);
    while (keys[gap] != key) {
      gap = (gap + 1) & mask;
    }
    for (int i = (gap + 1) & mask; keys[i] != 0; i = (i + 1) & mask) {
      int home = slot(keys[i]);
      if (((i - home) & mask) >= ((i - gap) & mask)) {
        keys[gap] = keys[i];
        values[gap] = values[i];
        gap = i;
      }
    }
    keys[gap] = 0;
  }

  private int slot(long key) {
    return (int) ((key * GOLDEN) >>> shift);
  }
}
