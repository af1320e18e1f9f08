package org.latticelift.learn.kernel;

/**
 * Elementary functions in single precision, all as polynomials in fused multiply-adds with the same
 * operations in {@code sde.vector}. Errors are a few units in the last place of the result.
 */
public final class TileMath {
  /** Bits of the square root of one half, where the mantissa's range begins. */
  public static final int HALF_ROOT = 0x3f3504f3;

  /** Bits of a float's mantissa. */
  public static final int MANTISSA = 23;

  /** The logarithm of 2. */
  private static final double LN2 = 0.693147180559945309;

  /** Twice the logarithm of 2. */
  public static final float TWO_LN2 = (float) (2 * LN2);

  /** Least argument of the exponential: its result is still a normal number. */
  public static final float LEAST = -87f;

  /** The reciprocal of the logarithm of 2. */
  public static final float INVERSE_LN2 = (float) (1 / LN2);

  /** 1.5 times 2 to the 23: adding it rounds to a whole number and leaves that in the low bits. */
  public static final float ROUNDER = 12582912f;

  /** The logarithm of 2, leading bits. */
  public static final float LN2_HIGH = 0x1.62ep-1f;

  /** The logarithm of 2, the rest. */
  public static final float LN2_LOW = (float) (LN2 - 0x1.62ep-1);

  // artanh(s) = s + s (q/3 + q^2/5 + ...) with q = s^2

  public static final float ARTANH_3 = 1f / 3;
  public static final float ARTANH_5 = 1f / 5;
  public static final float ARTANH_7 = 1f / 7;
  public static final float ARTANH_9 = 1f / 9;
  public static final float ARTANH_11 = 1f / 11;
  public static final float ARTANH_13 = 1f / 13;
  public static final float ARTANH_15 = 1f / 15;

  // exp, sine and cosine: factors of the powers that the names end with
  public static final float EXP_2 = 1f / 2;
  public static final float EXP_3 = 1f / 6;
  public static final float EXP_4 = 1f / 24;
  public static final float EXP_5 = 1f / 120;
  public static final float EXP_6 = 1f / 720;
  public static final float EXP_7 = 1f / 5040;
  public static final float SIN_3 = -1f / 6;
  public static final float SIN_5 = 1f / 120;
  public static final float SIN_7 = -1f / 5040;
  public static final float SIN_9 = 1f / 362880;
  public static final float COS_2 = -1f / 2;
  public static final float COS_4 = 1f / 24;
  public static final float COS_6 = -1f / 720;
  public static final float COS_8 = 1f / 40320;

  private TileMath() {}

  /** -2 ln u for u in (0, 1]. */
  public static float minusTwoLog(float u) {
    int bits = Float.floatToRawIntBits(u);
    int exponent = (bits - HALF_ROOT) >> MANTISSA;
    float f = Float.intBitsToFloat(bits - (exponent << MANTISSA)) - 1f;
    float s = f / (f + 2f);
    float q = s * s;
    float p = Math.fma(ARTANH_9, q, ARTANH_7);
    p = Math.fma(p, q, ARTANH_5);
    p = Math.fma(p, q, ARTANH_3);
    float artanh = Math.fma(p * q, s, s);
    return Math.fma(-TWO_LN2, exponent, -4f * artanh);
  }

  /** The sine of an angle of at most an eighth of a turn. */
  public static float sin(float x) {
    float q = x * x;
    float p = Math.fma(SIN_9, q, SIN_7);
    p = Math.fma(p, q, SIN_5);
    p = Math.fma(p, q, SIN_3);
    return Math.fma(p * q, x, x);
  }

  /** The cosine of an angle of at most an eighth of a turn. */
  public static float cos(float x) {
    float q = x * x;
    float p = Math.fma(COS_8, q, COS_6);
    p = Math.fma(p, q, COS_4);
    p = Math.fma(p, q, COS_2);
    return Math.fma(p, q, 1f);
  }

  /** ln(1 + exp(x)) = max(x, 0) + 2 artanh(e / (2 + e)) with e = exp(-|x|). */
  public static float softplus(float x) {
    float e = exp(-Math.abs(x));
    float s = e / (e + 2f);
    float q = s * s;
    float p = Math.fma(ARTANH_15, q, ARTANH_13);
    p = Math.fma(p, q, ARTANH_11);
    p = Math.fma(p, q, ARTANH_9);
    p = Math.fma(p, q, ARTANH_7);
    p = Math.fma(p, q, ARTANH_5);
    p = Math.fma(p, q, ARTANH_3);
    float artanh = Math.fma(p * q, s, s);
    return Math.fma(2f, artanh, x < 0f ? 0f : x);
  }

  /**
   * The exponential of a number that is not positive; cut off at {@link #LEAST} ({@code x}: not
   * positive); e to the x.
   */
  public static float exp(float x) {
    float c = x < LEAST ? LEAST : x;
    float shifted = Math.fma(c, INVERSE_LN2, ROUNDER);
    float whole = shifted - ROUNDER;
    float r = Math.fma(whole, -LN2_LOW, Math.fma(whole, -LN2_HIGH, c));
    float p = Math.fma(EXP_7, r, EXP_6);
    p = Math.fma(p, r, EXP_5);
    p = Math.fma(p, r, EXP_4);
    p = Math.fma(p, r, EXP_3);
    p = Math.fma(p, r, EXP_2);
    p = Math.fma(p, r, 1f);
    p = Math.fma(p, r, 1f);
    int exponent = Float.floatToRawIntBits(shifted) << MANTISSA;
    return Float.intBitsToFloat(Float.floatToRawIntBits(p) + exponent);
  }
}
