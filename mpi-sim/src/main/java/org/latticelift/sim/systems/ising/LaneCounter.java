package org.latticelift.sim.systems.ising;

import java.util.Arrays;

/**
 * Counts the set bits of words, each of the 64 places by itself: the numbers are kept in binary,
 * one digit of all of them in a word.
 */
final class LaneCounter {
  private final long[] digits = new long[Long.SIZE - 1];

  /** Digits that may not be 0. */
  private int used;

  /** Adds 1 to the number of every place that is set. */
  void add(long places) {
    long carry = places;
    int i = 0;
    for (; carry != 0; i++) {
      long next = digits[i] & carry;
      digits[i] ^= carry;
      carry = next;
    }
    used = Math.max(used, i);
  }

  /** The number of a place. */
  long count(int place) {
    long count = 0;
    for (int i = 0; i < used; i++) {
      count |= (digits[i] >>> place & 1) << i;
    }
    return count;
  }

  void clear() {
    Arrays.fill(digits, 0, used, 0);
    used = 0;
  }
}
