package org.latticelift.learn.kernel;

import java.nio.ByteBuffer;
import org.latticelift.sim.random.RandomStream;

/**
 * The normal numbers of one trajectory: xoshiro128++ (Blackman and Vigna, public domain) started
 * from a keyed stream, and the method of Box and Muller, which uses two words for two numbers. The
 * radius takes 31 bits, so numbers end at 6.6 standard deviations (beyond: 4e-11 of all); the angle
 * takes 30. Logarithm, sine and cosine are polynomials in fused multiply-adds; {@code sde.vector}
 * performs the same operations, so both give the same bits.
 */
public final class NormalNumbers {
  /** Words of a generator's state. */
  public static final int WORDS = 4;

  /** Shift of the first feedback. */
  public static final int SHIFT = 9;

  /** Rotation of the last word. */
  public static final int ROTATION = 11;

  /** Rotation of the output. */
  public static final int OUTPUT_ROTATION = 7;

  /** Step of the 31-bit grid of uniform numbers. */
  public static final float UNIT = 0x1p-31f;

  /** Half a step, which keeps uniform numbers above 0. */
  public static final float HALF_UNIT = 0x1p-32f;

  /** A quarter of pi over two to the 31: from a signed word to an angle within an eighth turn. */
  public static final float ANGLE = (float) (Math.PI / 4 * 0x1p-31);

  /** The bit of the angle's word that exchanges the two coordinates. */
  public static final int SWAP = 0x40000000;

  /** The bit of the angle's word that turns both signs: the sign bit of a float. */
  public static final int SIGN = 0x80000000;

  private NormalNumbers() {}

  /** Starts the generator of a lane. */
  public static void seed(RandomStream stream, int[] state, int lanes, int lane) {
    for (int word = 0; word < WORDS; word++) {
      state[word * lanes + lane] = (int) stream.below(1L << Integer.SIZE);
    }
  }

  static void save(int[] state, int lanes, int lane, ByteBuffer to) {
    for (int word = 0; word < WORDS; word++) {
      to.putInt(state[word * lanes + lane]);
    }
  }

  static void restore(int[] state, int lanes, int lane, ByteBuffer from) {
    for (int word = 0; word < WORDS; word++) {
      state[word * lanes + lane] = from.getInt();
    }
  }

  /** Advances the generator of a lane by one word. */
  public static int next(int[] state, int lanes, int lane) {
    int a = state[lane];
    int b = state[lanes + lane];
    int c = state[2 * lanes + lane] ^ a;
    int d = state[3 * lanes + lane] ^ b;
    int result = Integer.rotateLeft(a + state[3 * lanes + lane], OUTPUT_ROTATION) + a;
    state[lane] = a ^ d;
    state[lanes + lane] = b ^ c;
    state[2 * lanes + lane] = c ^ (b << SHIFT);
    state[3 * lanes + lane] = Integer.rotateLeft(d, ROTATION);
    return result;
  }

  /** The distance from the origin of a pair: the square root of -2 ln u. */
  static float radius(int word) {
    float uniform = Math.fma(word >>> 1, UNIT, HALF_UNIT);
    return (float) Math.sqrt(TileMath.minusTwoLog(uniform));
  }

  /** One of the two coordinates on the unit circle. */
  static float direction(int word, boolean second) {
    float angle = (word << 2) * ANGLE;
    boolean sine = second == ((word & SWAP) == 0);
    float value = sine ? TileMath.sin(angle) : TileMath.cos(angle);
    return Float.intBitsToFloat(Float.floatToRawIntBits(value) ^ (word & SIGN));
  }
}
