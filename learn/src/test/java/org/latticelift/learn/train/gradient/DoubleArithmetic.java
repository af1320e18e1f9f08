package org.latticelift.learn.train.gradient;

import java.util.Arrays;
import org.latticelift.learn.train.gradient.BlockArithmetic.Rows;

/** The plain arithmetic in double precision, for gradients that others can be judged by. */
public final class DoubleArithmetic implements BlockArithmetic<double[]> {
  private static final int TILE = 8;

  /** Holds no state. */
  public DoubleArithmetic() {}

  @Override
  public String name() {
    return "double";
  }

  @Override
  public double[] allocate(int length) {
    return new double[length];
  }

  @Override
  public double get(double[] values, int at) {
    return values[at];
  }

  @Override
  public void fill(double[] values, int at, int count, double value) {
    Arrays.fill(values, at, at + count, value);
  }

  @Override
  public void copy(double[] from, int at, int step, double[] to, int toAt, int toStep, int count) {
    for (int i = 0; i < count; i++) {
      to[toAt + i * toStep] = from[at + i * step];
    }
  }

  @Override
  public void add(int count, double[] from, int at, double[] to, int toAt) {
    for (int i = 0; i < count; i++) {
      to[toAt + i] += from[at + i];
    }
  }

  @Override
  public void gather(float[] source, int columns, int[] rows, int n, Block<double[]> y) {
    for (int t = 0; t < n; t++) {
      int to = y.offset() + t * y.stride();
      for (int c = 0; c < columns; c++) {
        y.data()[to + c] = source[rows[t] * columns + c];
      }
    }
  }

  @Override
  public void product(
      int n,
      Block<double[]> x,
      int inputs,
      double[] w,
      int width,
      double[] bias,
      Block<double[]> y) {
    for (int t = 0; t < n; t++) {
      System.arraycopy(bias, 0, y.data(), y.offset() + t * y.stride(), width);
    }
    addProduct(n, x, inputs, w, width, y);
  }

  @Override
  public void addProduct(
      int n, Block<double[]> x, int inputs, double[] w, int width, Block<double[]> y) {
    for (int t = 0; t < n; t++) {
      int to = y.offset() + t * y.stride();
      for (int k = 0; k < inputs; k++) {
        axpy(width, x.data()[x.offset() + t * x.stride() + k], w, k * width, y.data(), to);
      }
    }
  }

  @Override
  public void addOuter(
      int n, Block<double[]> left, int m, Block<double[]> right, int width, double[] sum) {
    int rows = (m + TILE - 1) / TILE * TILE;
    for (int t = 0; t < n; t++) {
      int from = right.offset() + t * right.stride();
      for (int r = 0; r < rows; r++) {
        double factor = left.data()[left.offset() + t * left.stride() + r];
        axpy(width, factor, right.data(), from, sum, r * width);
      }
    }
  }

  private static void axpy(int n, double factor, double[] x, int at, double[] y, int to) {
    for (int i = 0; i < n; i++) {
      y[to + i] = Math.fma(factor, x[at + i], y[to + i]);
    }
  }

  @Override
  public void addColumnSums(int n, Block<double[]> x, int width, double[] sum) {
    for (int t = 0; t < n; t++) {
      add(width, x.data(), x.offset() + t * x.stride(), sum, 0);
    }
  }

  @Override
  public void relu(int count, double[] x) {
    for (int i = 0; i < count; i++) {
      x[i] = x[i] < 0 ? 0 : x[i];
    }
  }

  @Override
  public void reluBack(int count, double[] y, double[] gradient) {
    for (int i = 0; i < count; i++) {
      gradient[i] = y[i] > 0 ? gradient[i] : 0;
    }
  }

  @Override
  public void gate(int count, double[] u, double[] h, double[] y) {
    for (int i = 0; i < count; i++) {
      double x = u[i];
      double low = x < 0 ? 0 : x;
      double gate = low > 0.5 ? 0.5 : low;
      u[i] = gate;
      y[i] = Math.fma(gate, x + x - gate, h[i]);
    }
  }

  @Override
  public void gated(int count, double[] gate, double[] g, double[] v) {
    for (int i = 0; i < count; i++) {
      v[i] = (gate[i] + gate[i]) * g[i];
    }
  }

  @Override
  public void gatedBack(
      int count, double[] gate, double[] g, double[] vBar, double[] gBar, double[] uBar) {
    for (int i = 0; i < count; i++) {
      double c = gate[i];
      double twice = vBar[i] + vBar[i];
      gBar[i] = Math.fma(c, twice, gBar[i]);
      uBar[i] = c > 0 && c < 0.5 ? twice * g[i] : 0;
    }
  }

  @Override
  public void toRows(int n, Block<double[]> x, int columns, double[] rows, int at) {
    for (int c = 0; c < columns; c++) {
      copy(x.data(), x.offset() + c, x.stride(), rows, at + c * SAMPLES, 1, n);
    }
  }

  @Override
  public void toBlock(int n, double[] rows, int at, int columns, Block<double[]> y) {
    for (int c = 0; c < columns; c++) {
      copy(rows, at + c * SAMPLES, 1, y.data(), y.offset() + c, y.stride(), n);
    }
  }

  @Override
  public void multiply(int n, double[] a, int atA, double[] b, int atB, double[] y, int atY) {
    for (int t = 0; t < n; t++) {
      y[atY + t] = a[atA + t] * b[atB + t];
    }
  }

  @Override
  public void affine(int n, double factor, double shift, double[] a, int atA, double[] y, int atY) {
    for (int t = 0; t < n; t++) {
      y[atY + t] = Math.fma(factor, a[atA + t], shift);
    }
  }

  @Override
  public void addDot(int n, int terms, Rows<double[]> a, Rows<double[]> b, double[] y, int atY) {
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
      int n, int terms, Rows<double[]> a, Rows<double[]> b, double[] y, int atY) {
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
  public void invert(int n, double[] a, int atA, double[] y, int atY) {
    for (int t = 0; t < n; t++) {
      y[atY + t] = 1 / a[atA + t];
    }
  }

  @Override
  public void softplus(int n, double[] a, int atA, double[] slope, int atSlope) {
    for (int t = 0; t < n; t++) {
      double x = a[atA + t];
      a[atA + t] = Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      slope[atSlope + t] = 1 / (1 + Math.exp(-x));
    }
  }
}
