package org.latticelift.learn.kernel;

import java.util.Arrays;
import org.latticelift.sim.kernel.FastestKernel;

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
    public void within(float[] m, float radius, int x, int rows) {
      for (int t = 0; t < lanes; t++) {
        float square = 0;
        for (int i = 0; i < rows; i++) {
          float value = m[(x + i) * lanes + t];
          square = Math.fma(value, value, square);
        }
        float factor = square > radius * radius ? radius / (float) Math.sqrt(square) : 1;
        for (int i = 0; i < rows; i++) {
          m[(x + i) * lanes + t] *= factor;
        }
      }
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
}
