package org.latticelift.sim.random;

import org.apache.commons.rng.RandomProviderState;
import org.apache.commons.rng.RestorableUniformRandomProvider;
import org.apache.commons.rng.core.RandomProviderDefaultState;
import org.apache.commons.rng.simple.RandomSource;

/**
 * One sequence of random numbers (xoshiro256++ of Commons RNG) whose state can be saved. Not safe
 * for use by several threads.
 */
public final class RandomStream {
  private static final long ONE = 0x3ff0000000000000L;
  private static final double ONE_LESS_HALF_A_STEP = 0x1.fffffffffffffp-1;

  private final RestorableUniformRandomProvider source;
  private double spareNormal = Double.NaN;

  RandomStream(long[] key) {
    source = RandomSource.XO_SHI_RO_256_PP.create(key);
  }

  /**
   * A uniform number in the open interval (0,1): (k + 1/2) 2^-52 with 52 random bits k. The bits
   * become the fraction of a number in [1,2); a conversion from integer to floating point would
   * wait for the one before it on Java 17.
   *
   * @return never 0 and never 1
   */
  public double uniform() {
    return Double.longBitsToDouble(ONE | source.nextLong() >>> 12) - ONE_LESS_HALF_A_STEP;
  }

  /**
   * A uniform integer.
   *
   * @param bound exclusive upper bound, positive
   * @return 0 to bound - 1
   */
  public int below(int bound) {
    return source.nextInt(bound);
  }

  /**
   * A uniform integer.
   *
   * @param bound exclusive upper bound, positive
   * @return 0 to bound - 1
   */
  public long below(long bound) {
    return source.nextLong(bound);
  }

  /**
   * 64 random bits.
   *
   * @return any number
   */
  public long bits() {
    return source.nextLong();
  }

  /**
   * An exponential waiting time of unit mean from the same number as {@link #exponential}, with the
   * logarithm of {@link PortableLog}: at most some units in the last place away, and three times as
   * fast on Java 17, where {@link StrictMath#log} is a native call.
   *
   * @return positive
   */
  public double fastExponential() {
    return -PortableLog.of(uniform());
  }

  /**
   * An exponential waiting time of unit mean, -ln(u) (AL-43).
   *
   * @return positive
   */
  public double exponential() {
    return -StrictMath.log(uniform());
  }

  /**
   * A standard normal number (polar method, which is exact and uses StrictMath only).
   *
   * @return mean 0, variance 1
   */
  public double normal() {
    if (!Double.isNaN(spareNormal)) {
      double value = spareNormal;
      spareNormal = Double.NaN;
      return value;
    }
    double x;
    double y;
    double square;
    do {
      x = 2 * uniform() - 1;
      y = 2 * uniform() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double scale = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
    spareNormal = y * scale;
    return x * scale;
  }

  /**
   * Shuffles an array in place (Fisher-Yates).
   *
   * @param values reordered
   */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = below(i + 1);
      int swap = values[i];
      values[i] = values[j];
      values[j] = swap;
    }
  }

  /**
   * The complete state.
   *
   * @return bytes for {@link #restore}
   */
  public byte[] save() {
    byte[] state = ((RandomProviderDefaultState) source.saveState()).getState();
    byte[] all = new byte[state.length + Long.BYTES];
    System.arraycopy(state, 0, all, Long.BYTES, state.length);
    long spare = Double.doubleToRawLongBits(spareNormal);
    for (int i = 0; i < Long.BYTES; i++) {
      all[i] = (byte) (spare >>> (8 * i));
    }
    return all;
  }

  /**
   * Continues a saved stream.
   *
   * @param saved from {@link #save}
   * @return a stream whose next numbers are those of the saved one
   */
  public static RandomStream restore(byte[] saved) {
    RandomStream stream = new RandomStream(new long[] {1, 2, 3, 4});
    stream.rewind(saved);
    return stream;
  }

  /**
   * Goes back to an earlier state of this stream.
   *
   * @param saved from {@link #save}
   */
  public void rewind(byte[] saved) {
    long spare = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      spare |= (saved[i] & 0xffL) << (8 * i);
    }
    spareNormal = Double.longBitsToDouble(spare);
    byte[] state = java.util.Arrays.copyOfRange(saved, Long.BYTES, saved.length);
    RandomProviderState restored = new RandomProviderDefaultState(state);
    source.restoreState(restored);
  }

  /**
   * The natural logarithm from additions, multiplications and one division, each rounded as IEEE
   * 754 says, so that it has the same bits on every machine, as {@link StrictMath#log} has.
   *
   * <p>A number is 2^e m with m between the square roots of 1/2 and 2; with s = (m - 1)/(m + 1), ln
   * m is 2 s (1 + s^2/3 + s^4/5 + ...). |s| is below 0.172, so eleven terms leave out less than
   * 2^-55 of the sum. Cost: one division and about 25 other operations that overlap with what
   * stands around; {@code RandomStreamBenchmark.fastExponential} measures it.
   */
  public static final class PortableLog {
    private static final double LN2 = 0x1.62e42fefa39efp-1;
    private static final long ROOT_HALF = 0x3fe6a09e667f3bcdL;
    private static final long FRACTION = 0xfffffffffffffL;
    private static final int FRACTION_BITS = 52;

    /** 2^52 + 1024: adding the exponent to its lowest bits converts it without a conversion. */
    private static final long SHIFTED = 0x4330000000000400L;

    private static final double SHIFT = 0x1.00000000004p52;

    private PortableLog() {}

    /**
     * The logarithm.
     *
     * @param x a normal number above 0
     * @return ln x, within 4 units in the last place
     */
    public static double of(double x) {
      long above = Double.doubleToRawLongBits(x) - ROOT_HALF;
      double exponent = Double.longBitsToDouble(SHIFTED + (above >> FRACTION_BITS)) - SHIFT;
      double m = Double.longBitsToDouble((above & FRACTION) + ROOT_HALF);
      double s = (m - 1) / (m + 1);
      double z = s * s;
      double z2 = z * z;
      double z4 = z2 * z2;
      double low = (1 / 3.0 + z / 5) + z2 * (1 / 7.0 + z / 9);
      double middle = (1 / 11.0 + z / 13) + z2 * (1 / 15.0 + z / 17);
      double series = low + z4 * (middle + z4 * (1 / 19.0 + z / 21));
      return exponent * LN2 + (2 * s + 2 * s * (z * series));
    }
  }
}
