package org.latticelift.learn.kernel;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.latticelift.learn.kernel.SigmaShape.OnsagerTerms;
import org.latticelift.learn.kernel.SigmaShape.StepTerms;
import org.latticelift.learn.kernel.TileMath.TileWeights;
import org.latticelift.sim.kernel.FastestKernel;
import org.latticelift.sim.random.RandomStream;

/** Chooses the arithmetic of tiles: vectors where the Vector API is there, else plain Java. */
public final class TileFactories {
  private static final FastestKernel<TileFactory> FASTEST =
      new FastestKernel<>(
          TileFactory.class, PlainTileFactory::new, "plain ensemble kernels, several times slower");

  private TileFactories() {}

  /**
   * The fastest arithmetic of this Java machine, that with vectors, or the plain one, with a note
   * in the log, when the module {@code jdk.incubator.vector} is missing.
   */
  public static TileFactory fastest() {
    return FASTEST.get();
  }

  /** The plain twin of all others. */
  public static TileFactory plain() {
    return new PlainTileFactory();
  }

  /** Scalar Java. */
  static final class PlainTileFactory implements TileFactory {
    private static final int WIDE = 48;
    private static final int NARROW = 16;

    @Override
    public String name() {
      return "plain";
    }

    @Override
    public TileArithmetic wide() {
      return new PlainTile(WIDE);
    }

    @Override
    public TileArithmetic narrow() {
      return new PlainTile(NARROW);
    }
  }

  /**
   * The plain twin of the vector arithmetic, and what is used where the Vector API is missing:
   * loops over trajectories, several times slower.
   */
  public static final class PlainTile implements TileArithmetic {
    private final int lanes;

    public PlainTile(int lanes) {
      this.lanes = lanes;
    }

    @Override
    public int lanes() {
      return lanes;
    }

    @Override
    public void product(TileWeights weights, float[] m, int x, int y, boolean add) {
      int group = TileWeights.GROUP * (weights.inputs() + 1);
      for (int o = 0; o < weights.outputs(); o++) {
        int at = o / TileWeights.GROUP * group + o % TileWeights.GROUP;
        int to = (y + o) * lanes;
        if (!add) {
          Arrays.fill(m, to, to + lanes, weights.packed()[at]);
        }
        for (int k = 0; k < weights.inputs(); k++) {
          at += TileWeights.GROUP;
          fma(weights.packed()[at], m, (x + k) * lanes, to, lanes);
        }
        if (weights.rectified()) {
          relu(m, to, lanes);
        }
      }
    }

    private static void fma(float factor, float[] m, int from, int to, int n) {
      for (int t = 0; t < n; t++) {
        m[to + t] = Math.fma(factor, m[from + t], m[to + t]);
      }
    }

    private static void relu(float[] m, int from, int n) {
      for (int i = from; i < from + n; i++) {
        m[i] = m[i] < 0f ? 0f : m[i];
      }
    }

    @Override
    public void onsager(float[] m, int u, int h, int rows, boolean add) {
      int to = h * lanes;
      for (int i = u * lanes; i < (u + rows) * lanes; i++, to++) {
        float c = m[i] < 0f ? 0f : m[i];
        c = c > 0.5f ? 0.5f : c;
        float f = c * (m[i] + m[i] - c);
        m[to] = add ? m[to] + f : f;
        m[i] = c;
      }
    }

    @Override
    public void multiply(float[] m, int gate, int x, int y, int rows) {
      for (int i = 0; i < rows * lanes; i++) {
        m[y * lanes + i] = m[gate * lanes + i] * m[x * lanes + i];
      }
    }

    @Override
    public void addScaled(float[] m, float factor, int x, int y, int rows) {
      fma(factor, m, x * lanes, y * lanes, rows * lanes);
    }

    @Override
    public void softplus(float[] m, int row, float scale) {
      for (int i = row * lanes; i < (row + 1) * lanes; i++) {
        m[i] = scale * TileMath.softplus(m[i]);
      }
    }

    @Override
    public void contract(float[] m, OnsagerTerms p) {
      for (int t = 0; t < lanes; t++) {
        for (int j = 0; j < p.d(); j++) {
          float u = 0;
          for (int i = j; i < p.d(); i++) {
            u =
                Math.fma(
                    m[(p.a() + i * p.d() + j) * lanes + t], m[(p.gradient() + i) * lanes + t], u);
          }
          m[(p.work() + j) * lanes + t] = u;
        }
        for (int i = 0; i < p.d(); i++) {
          m[(p.drift() + i) * lanes + t] = drift(m, p, i, t);
        }
      }
    }

    private float drift(float[] m, OnsagerTerms p, int i, int t) {
      int d = p.d();
      int g = p.gradient() * lanes + t;
      float mu = Math.fma(-p.dissipation(), m[g + i * lanes], m[(p.drift() + i) * lanes + t]);
      for (int j = 0; j <= i; j++) {
        mu = Math.fma(m[(p.a() + i * d + j) * lanes + t], -m[(p.work() + j) * lanes + t], mu);
      }
      for (int j = 0; j < i; j++) {
        mu = Math.fma(m[(p.a() + j * d + i) * lanes + t], m[g + j * lanes], mu);
      }
      for (int j = i + 1; j < d; j++) {
        mu = Math.fma(m[(p.a() + i * d + j) * lanes + t], -m[g + j * lanes], mu);
      }
      return mu;
    }

    @Override
    public void step(float[] m, StepTerms p, float h) {
      for (int i = 0; i < p.d(); i++) {
        for (int t = 0; t < lanes; t++) {
          float z = Math.fma(h, m[(p.drift() + i) * lanes + t], m[(p.z() + i) * lanes + t]);
          for (int j = p.shape().first(i); j < p.shape().end(i, p.d()); j++) {
            float sigma = m[(p.sigma() + p.shape().at(i, j, p.d())) * lanes + t];
            z = Math.fma(sigma, m[(p.noise() + j) * lanes + t], z);
          }
          m[(p.z() + i) * lanes + t] = z;
        }
      }
    }

    @Override
    public void normals(int[] state, float[] m, int row, int pairs, float deviation) {
      for (int t = 0; t < lanes; t++) {
        for (int pair = 0; pair < pairs; pair++) {
          int to = (row + 2 * pair) * lanes + t;
          float radius = deviation * NormalNumbers.radius(NormalNumbers.next(state, lanes, t));
          int word = NormalNumbers.next(state, lanes, t);
          m[to] = radius * NormalNumbers.direction(word, false);
          m[to + lanes] = radius * NormalNumbers.direction(word, true);
        }
      }
    }
  }

  /**
   * Arithmetic on a tile: rows of one float per trajectory, one variable per row, row after row in
   * one array. Every number is a function of its own trajectory alone and every sum has one fixed
   * order with fused multiply-adds, so all implementations and all widths give the same bits.
   * Implementations hold no state; any number of threads may share one.
   */
  public interface TileArithmetic {
    /** Width of a row; trajectories per tile. */
    int lanes();

    /**
     * A dense layer. Sums start from the bias, or from what y holds, and run over ascending inputs.
     *
     * @param weights the layer; its padded outputs are written, too
     * @param x first row of the inputs; not modified
     * @param y first row of the outputs, {@link TileWeights#outputs()} rows
     * @param add start from y instead of the bias; not for rectified layers
     */
    void product(TileWeights weights, float[] memory, int x, int y, boolean add);

    /**
     * The activation of the Onsager network (ME-52): c = clip(u, 0, 1/2) replaces u, and F(u) = c
     * (2u - c) goes to h, where F' = 2c.
     *
     * @param u first row of the arguments, which become gates
     * @param h first row of the results
     * @param rows number of rows
     * @param add whether h is increased (residual layers, ME-53) or set
     */
    void onsager(float[] memory, int u, int h, int rows, boolean add);

    /**
     * y = gate x.
     *
     * @param gate first row of one factor
     * @param x first row of the other
     * @param y first row of the products
     * @param rows number of rows
     */
    void multiply(float[] memory, int gate, int x, int y, int rows);

    /**
     * y += factor x.
     *
     * @param x first row
     * @param y first row
     * @param rows number of rows
     */
    void addScaled(float[] memory, float factor, int x, int y, int rows);

    /** x = scale softplus(x). {@code row}: the row. */
    void softplus(float[] memory, int row, float scale);

    /**
     * The Onsager drift mu = f - (L L^T + W + c I) g with L and W from the lower and the strict
     * upper triangle of A (ME-50, ME-56). {@code terms}: where g, A and mu are; f is where mu
     * comes.
     */
    void contract(float[] memory, OnsagerTerms terms);

    /**
     * One step of Euler-Maruyama, z += h mu + sigma n (ME-77). {@code terms}: where z, mu, sigma
     * and n are.
     */
    void step(float[] memory, StepTerms terms, float h);

    /**
     * Normal numbers, two rows per pair, each trajectory from its own generator ({@link
     * NormalNumbers}).
     *
     * @param state four words per trajectory, word after word; advances
     * @param row first row of the results
     * @param pairs half the number of rows
     */
    void normals(int[] state, float[] memory, int row, int pairs, float deviation);
  }

  /**
   * The normal numbers of one trajectory: xoshiro128++ (Blackman and Vigna, public domain) started
   * from a keyed stream, and the method of Box and Muller, which uses two words for two numbers.
   * The radius takes 31 bits, so numbers end at 6.6 standard deviations (beyond: 4e-11 of all); the
   * angle takes 30. Logarithm, sine and cosine are polynomials in fused multiply-adds; {@code
   * sde.vector} performs the same operations, so both give the same bits.
   */
  public static final class NormalNumbers {
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
}
