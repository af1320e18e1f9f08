package org.latticelift.sim.vacancy.barrier;

/**
 * The exponential of the kernels, in single precision: argument reduction by powers of two and a
 * polynomial of degree 7, all in fused multiply-adds. The Vector API kernel performs the same
 * operations lane by lane, so both give the same bits. The error is below 2 units in the last place
 * of the result for |x| up to 87; larger arguments are clamped, so that nothing overflows.
 */
public final class PolynomialExp {
  /** Largest argument; above it the result of this argument is returned. */
  public static final float LIMIT = 87f;

  /** The reciprocal of the logarithm of 2. */
  public static final float INVERSE_LN2 = 1.44269504f;

  /** 1.5 times 2 to the 23: adding it rounds to a whole number and leaves that in the low bits. */
  public static final float ROUNDER = 12582912f;

  /** The logarithm of 2, leading bits. */
  public static final float LN2_HIGH = 0.693145752f;

  /** The logarithm of 2, the rest. */
  public static final float LN2_LOW = 1.42860677e-6f;

  /** Coefficient of the seventh power. */
  public static final float C7 = 1f / 5040;

  /** Coefficient of the sixth power. */
  public static final float C6 = 1f / 720;

  /** Coefficient of the fifth power. */
  public static final float C5 = 1f / 120;

  /** Coefficient of the fourth power. */
  public static final float C4 = 1f / 24;

  /** Coefficient of the cube. */
  public static final float C3 = 1f / 6;

  /** Coefficient of the square. */
  public static final float C2 = 0.5f;

  /** Bits of a float's mantissa. */
  public static final int MANTISSA_BITS = 23;

  private PolynomialExp() {}

  /**
   * The exponential.
   *
   * @param x any number; clamped to {@link #LIMIT} in size
   * @return e to the x
   */
  public static float exp(float x) {
    float low = x > -LIMIT ? x : -LIMIT;
    float clamped = low < LIMIT ? low : LIMIT;
    float shifted = Math.fma(clamped, INVERSE_LN2, ROUNDER);
    float whole = shifted - ROUNDER;
    float rest = Math.fma(whole, -LN2_LOW, Math.fma(whole, -LN2_HIGH, clamped));
    float p = Math.fma(C7, rest, C6);
    p = Math.fma(p, rest, C5);
    p = Math.fma(p, rest, C4);
    p = Math.fma(p, rest, C3);
    p = Math.fma(p, rest, C2);
    p = Math.fma(p, rest, 1f);
    p = Math.fma(p, rest, 1f);
    int exponent = Float.floatToRawIntBits(shifted) << MANTISSA_BITS;
    return Float.intBitsToFloat(Float.floatToRawIntBits(p) + exponent);
  }

  /**
   * The sigmoid-weighted linear unit.
   *
   * @param x any number
   * @return x / (1 + exp(-x))
   */
  public static float silu(float x) {
    return x / (1f + exp(-x));
  }
}
