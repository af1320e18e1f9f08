package org.latticelift.training.fused;

/**
 * Softplus and its slope in single precision, in operations that the Vector API has as well: with e
 * = exp(-|x|) (argument reduction by powers of two and a polynomial of degree 7), softplus(x) =
 * max(x, 0) + ln(1 + e), where ln(1 + e) = 2 atanh(s), s = e / (2 + e), as a series in s squared.
 * Both are right to 3e-7 relative.
 */
public final class Softplus {
  /** Largest |x|; beyond it e is below the last place of everything it is added to. */
  public static final float LIMIT = 87f;

  /** The reciprocal of the logarithm of 2. */
  public static final float INVERSE_LN2 = 1.44269504f;

  /** 1.5 times 2 to the 23: adding it rounds to a whole number and leaves that in the low bits. */
  public static final float ROUNDER = 12582912f;

  /** The logarithm of 2, leading bits. */
  public static final float LN2_HIGH = 0.693145752f;

  /** The logarithm of 2, the rest. */
  public static final float LN2_LOW = 1.42860677e-6f;

  /** Bits of a float's mantissa. */
  public static final int MANTISSA_BITS = 23;

  private static final float[] EXP = {1f / 5040, 1f / 720, 1f / 120, 1f / 24, 1f / 6, 0.5f, 1f, 1f};

  private static final float[] ATANH = {2f / 13, 2f / 11, 2f / 9, 2f / 7, 2f / 5, 2f / 3, 2f};

  private Softplus() {}

  /**
   * Coefficients of exp, highest power first.
   *
   * @param k 0 to 7
   * @return 1 / (7 - k)!
   */
  public static float exp(int k) {
    return EXP[k];
  }

  /**
   * Coefficients of 2 atanh(s) / s in powers of s squared, highest power first.
   *
   * @param k 0 to 6
   * @return 2 / (13 - 2k)
   */
  public static float atanh(int k) {
    return ATANH[k];
  }

  /** exp(-|x|). */
  static float decay(float x) {
    float size = Math.abs(x);
    float clamped = -(size < LIMIT ? size : LIMIT);
    float shifted = Math.fma(clamped, INVERSE_LN2, ROUNDER);
    float whole = shifted - ROUNDER;
    float rest = Math.fma(whole, -LN2_LOW, Math.fma(whole, -LN2_HIGH, clamped));
    float p = EXP[0];
    for (int k = 1; k < EXP.length; k++) {
      p = Math.fma(p, rest, EXP[k]);
    }
    int exponent = Float.floatToRawIntBits(shifted) << MANTISSA_BITS;
    return Float.intBitsToFloat(Float.floatToRawIntBits(p) + exponent);
  }

  /** Softplus of x, given {@link #decay}. */
  static float value(float x, float decay) {
    float s = decay / (2f + decay);
    float square = s * s;
    float p = ATANH[0];
    for (int k = 1; k < ATANH.length; k++) {
      p = Math.fma(p, square, ATANH[k]);
    }
    return Math.fma(p, s, x < 0 ? 0f : x);
  }

  /** Derivative of softplus at x, given {@link #decay}. */
  static float slope(float x, float decay) {
    return (x > 0 ? 1f : decay) / (1f + decay);
  }
}
