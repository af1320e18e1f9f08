package org.latticelift.learn.train.gradient;

import java.util.Arrays;
import org.latticelift.learn.kernel.TileMath;
import org.latticelift.learn.train.gradient.BlockArithmetic.Rows;
import org.latticelift.sim.kernel.FastestKernel;

/** Chooses the arithmetic: vectors where the Vector API is there, else plain Java. */
public final class Arithmetics {
  private static final FastestKernel<ArithmeticProvider> FASTEST =
      new FastestKernel<>(
          ArithmeticProvider.class,
          () -> PlainArithmetic::new,
          "plain training, ten times slower, same results"
              + " (train.engine: djl does without vectors)");

  private Arithmetics() {}

  /**
   * The fastest arithmetic of this Java machine; all have the same bits; the vector form, or the
   * plain one when the module {@code jdk.incubator.vector} is missing.
   */
  public static BlockArithmetic<float[]> fastest() {
    return FASTEST.get().create();
  }

  /** The plain twin. */
  public static BlockArithmetic<float[]> plain() {
    return new PlainArithmetic();
  }

  /** The readable twin of the vector form, in single precision. */
  static final class PlainArithmetic implements BlockArithmetic<float[]> {
    private static final int TILE = 8;

    @Override
    public String name() {
      return "plain";
    }

    @Override
    public float[] allocate(int length) {
      return new float[length];
    }

    @Override
    public double get(float[] values, int at) {
      return values[at];
    }

    @Override
    public void fill(float[] values, int at, int count, double value) {
      Arrays.fill(values, at, at + count, (float) value);
    }

    @Override
    public void copy(float[] from, int at, int step, float[] to, int toAt, int toStep, int count) {
      for (int i = 0; i < count; i++) {
        to[toAt + i * toStep] = from[at + i * step];
      }
    }

    @Override
    public void add(int count, float[] from, int at, float[] to, int toAt) {
      for (int i = 0; i < count; i++) {
        to[toAt + i] += from[at + i];
      }
    }

    @Override
    public void gather(float[] source, int columns, int[] rows, int n, Block<float[]> y) {
      for (int t = 0; t < n; t++) {
        int to = y.offset() + t * y.stride();
        System.arraycopy(source, rows[t] * columns, y.data(), to, columns);
      }
    }

    @Override
    public void product(
        int n, Block<float[]> x, int inputs, float[] w, int width, float[] bias, Block<float[]> y) {
      for (int t = 0; t < n; t++) {
        System.arraycopy(bias, 0, y.data(), y.offset() + t * y.stride(), width);
      }
      addProduct(n, x, inputs, w, width, y);
    }

    @Override
    public void addProduct(
        int n, Block<float[]> x, int inputs, float[] w, int width, Block<float[]> y) {
      for (int t = 0; t < n; t++) {
        int to = y.offset() + t * y.stride();
        for (int k = 0; k < inputs; k++) {
          axpy(width, x.data()[x.offset() + t * x.stride() + k], w, k * width, y.data(), to);
        }
      }
    }

    @Override
    public void addOuter(
        int n, Block<float[]> left, int m, Block<float[]> right, int width, float[] sum) {
      int rows = (m + TILE - 1) / TILE * TILE;
      for (int t = 0; t < n; t++) {
        int from = right.offset() + t * right.stride();
        for (int r = 0; r < rows; r++) {
          float factor = left.data()[left.offset() + t * left.stride() + r];
          axpy(width, factor, right.data(), from, sum, r * width);
        }
      }
    }

    private static void axpy(int n, float factor, float[] x, int at, float[] y, int to) {
      for (int i = 0; i < n; i++) {
        y[to + i] = Math.fma(factor, x[at + i], y[to + i]);
      }
    }

    @Override
    public void addColumnSums(int n, Block<float[]> x, int width, float[] sum) {
      for (int t = 0; t < n; t++) {
        add(width, x.data(), x.offset() + t * x.stride(), sum, 0);
      }
    }

    @Override
    public void relu(int count, float[] x) {
      for (int i = 0; i < count; i++) {
        x[i] = x[i] < 0 ? 0 : x[i];
      }
    }

    @Override
    public void reluBack(int count, float[] y, float[] gradient) {
      for (int i = 0; i < count; i++) {
        gradient[i] = y[i] > 0 ? gradient[i] : 0;
      }
    }

    @Override
    public void gate(int count, float[] u, float[] h, float[] y) {
      for (int i = 0; i < count; i++) {
        float x = u[i];
        float low = x < 0 ? 0 : x;
        float gate = low > 0.5f ? 0.5f : low;
        u[i] = gate;
        y[i] = Math.fma(gate, x + x - gate, h[i]);
      }
    }

    @Override
    public void gated(int count, float[] gate, float[] g, float[] v) {
      for (int i = 0; i < count; i++) {
        v[i] = (gate[i] + gate[i]) * g[i];
      }
    }

    @Override
    public void gatedBack(
        int count, float[] gate, float[] g, float[] vBar, float[] gBar, float[] uBar) {
      for (int i = 0; i < count; i++) {
        float c = gate[i];
        float twice = vBar[i] + vBar[i];
        gBar[i] = Math.fma(c, twice, gBar[i]);
        uBar[i] = c > 0 && c < 0.5f ? twice * g[i] : 0;
      }
    }

    @Override
    public void toRows(int n, Block<float[]> x, int columns, float[] rows, int at) {
      for (int c = 0; c < columns; c++) {
        copy(x.data(), x.offset() + c, x.stride(), rows, at + c * SAMPLES, 1, n);
      }
    }

    @Override
    public void toBlock(int n, float[] rows, int at, int columns, Block<float[]> y) {
      for (int c = 0; c < columns; c++) {
        copy(rows, at + c * SAMPLES, 1, y.data(), y.offset() + c, y.stride(), n);
      }
    }

    @Override
    public void multiply(int n, float[] a, int atA, float[] b, int atB, float[] y, int atY) {
      for (int t = 0; t < n; t++) {
        y[atY + t] = a[atA + t] * b[atB + t];
      }
    }

    @Override
    public void affine(int n, double factor, double shift, float[] a, int atA, float[] y, int atY) {
      for (int t = 0; t < n; t++) {
        y[atY + t] = Math.fma((float) factor, a[atA + t], (float) shift);
      }
    }

    @Override
    public void addDot(int n, int terms, Rows<float[]> a, Rows<float[]> b, float[] y, int atY) {
      for (int k = 0; k < terms; k++) {
        for (int t = 0; t < n; t++) {
          y[atY + t] =
              Math.fma(
                  a.data()[a.at() + k * a.step() + t],
                  b.data()[b.at() + k * b.step() + t],
                  y[atY + t]);
        }
      }
    }

    @Override
    public void subtractDot(
        int n, int terms, Rows<float[]> a, Rows<float[]> b, float[] y, int atY) {
      for (int k = 0; k < terms; k++) {
        for (int t = 0; t < n; t++) {
          y[atY + t] =
              Math.fma(
                  -a.data()[a.at() + k * a.step() + t],
                  b.data()[b.at() + k * b.step() + t],
                  y[atY + t]);
        }
      }
    }

    @Override
    public void invert(int n, float[] a, int atA, float[] y, int atY) {
      for (int t = 0; t < n; t++) {
        y[atY + t] = 1f / a[atA + t];
      }
    }

    @Override
    public void softplus(int n, float[] a, int atA, float[] slope, int atSlope) {
      for (int t = 0; t < n; t++) {
        float x = a[atA + t];
        float decay = TileMath.exp(-Math.abs(x));
        a[atA + t] = TileMath.softplus(x);
        slope[atSlope + t] = (x > 0 ? 1f : decay) / (decay + 1f);
      }
    }
  }
}
