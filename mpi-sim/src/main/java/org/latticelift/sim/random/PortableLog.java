package org.latticelift.sim.random;

/**
 * The natural logarithm from additions, multiplications and one division, each rounded as IEEE 754
 * says, so that it has the same bits on every machine, as {@link StrictMath#log} has.
 *
 * <p>A number is 2^e m with m between the square roots of 1/2 and 2; with s = (m - 1)/(m + 1), ln m
 * is 2 s (1 + s^2/3 + s^4/5 + ...). |s| is below 0.172, so eleven terms leave out less than 2^-55
 * of the sum. Cost: one division and about 25 other operations that overlap with what stands
 * around; {@code RandomStreamBenchmark.fastExponential} measures it.
 */
public final class PortableLog {
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
