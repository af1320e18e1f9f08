package org.latticelift.learn.ensemble;

import java.util.Arrays;

/**
 * Sorts numbers by their bytes, least significant first, which takes about 10 ns a number where
 * comparing takes 45: quantiles are wanted at every record of every observable. -0 comes before 0,
 * as in {@link Arrays#sort(float[])}.
 */
final class FloatSort {
  private static final int BYTES = Float.BYTES;
  private static final int DIGITS = 1 << Byte.SIZE;
  private static final int MASK = DIGITS - 1;
  private static final int SIGN_SHIFT = Integer.SIZE - 1;

  private final int[] count = new int[BYTES * DIGITS];
  private int[] from;
  private int[] to;

  /** Room for n numbers. */
  FloatSort(int n) {
    from = new int[n];
    to = new int[n];
  }

  /** Sorts all n numbers, none NaN. */
  void sort(float[] values) {
    int n = values.length;
    Arrays.fill(count, 0);
    for (int i = 0; i < n; i++) {
      int bits = Float.floatToRawIntBits(values[i]);
      int key = bits ^ (bits >> SIGN_SHIFT | Integer.MIN_VALUE);
      from[i] = key;
      for (int b = 0; b < BYTES; b++) {
        count[b * DIGITS + (key >>> b * Byte.SIZE & MASK)]++;
      }
    }
    for (int b = 0; b < BYTES; b++) {
      distribute(b, n);
    }
    for (int i = 0; i < n; i++) {
      int key = from[i];
      values[i] = Float.intBitsToFloat(key ^ (~key >> SIGN_SHIFT | Integer.MIN_VALUE));
    }
  }

  private void distribute(int b, int n) {
    int sum = 0;
    for (int digit = b * DIGITS; digit < (b + 1) * DIGITS; digit++) {
      int next = sum + count[digit];
      count[digit] = sum;
      sum = next;
    }
    for (int i = 0; i < n; i++) {
      int key = from[i];
      to[count[b * DIGITS + (key >>> b * Byte.SIZE & MASK)]++] = key;
    }
    int[] swap = from;
    from = to;
    to = swap;
  }
}
