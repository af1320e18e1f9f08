package org.latticelift.sim.random;

/**
 * A pseudo-random one-to-one map of 0 to n - 1 onto itself that needs no memory: a Feistel network
 * of {@value #ROUNDS} rounds on the next power of two, walked along its cycles until it hits the
 * range. With it every rank knows which species a site of a huge lattice starts with, and the
 * composition is exact, without anybody having drawn the others. Cost: about 20 ns per value.
 */
public final class Permutation {
  private static final int ROUNDS = 6;

  private final long size;
  private final int lowBits;
  private final long lowMask;
  private final long highMask;
  private final long[] key = new long[ROUNDS];

  /**
   * The permutation of a stream.
   *
   * @param size n, 1 to 2^62
   * @param stream gives the keys
   */
  public Permutation(long size, RandomStream stream) {
    if (size < 1 || size > 1L << 62) {
      throw new IllegalArgumentException("a permutation of " + size + " numbers");
    }
    this.size = size;
    int bits = Math.max(2, Long.SIZE - Long.numberOfLeadingZeros(size - 1));
    lowBits = bits / 2;
    lowMask = (1L << lowBits) - 1;
    highMask = (1L << (bits - lowBits)) - 1;
    for (int r = 0; r < ROUNDS; r++) {
      key[r] = stream.below(Long.MAX_VALUE);
    }
  }

  /**
   * How many numbers are permuted.
   *
   * @return n
   */
  public long size() {
    return size;
  }

  /**
   * The image of a number.
   *
   * @param value 0 to n - 1
   * @return 0 to n - 1, different for different values
   */
  public long of(long value) {
    long image = value;
    do {
      image = scramble(image);
    } while (image >= size);
    return image;
  }

  private long scramble(long value) {
    long high = value >>> lowBits;
    long low = value & lowMask;
    for (int r = 0; r < ROUNDS; r += 2) {
      high ^= mix(low + key[r]) & highMask;
      low ^= mix(high + key[r + 1]) & lowMask;
    }
    return high << lowBits | low;
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
  private static long mix(long x) {
    long z = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
