package org.latticelift.sde;

/** Element-wise loops over rows of a block; each vectorises. */
final class Rows {
  private Rows() {}

  static void relu(int n, float[][] x) {
    for (float[] row : x) {
      for (int t = 0; t < n; t++) {
        row[t] = Math.max(row[t], 0f);
      }
    }
  }

  /** In: u. Out: F(u) = c (2u - c) in x and c = clip(u, 0, 0.5) = F'(u)/2 in gate (ME-52). */
  static void onsager(int n, float[][] x, float[][] gate) {
    for (int k = 0; k < x.length; k++) {
      onsager(n, x[k], gate[k]);
    }
  }

  private static void onsager(int n, float[] x, float[] gate) {
    for (int t = 0; t < n; t++) {
      float u = x[t];
      float c = Math.min(Math.max(u, 0f), 0.5f);
      gate[t] = c;
      x[t] = c * (u + u - c);
    }
  }

  /** y = 2 gate x. */
  static void gated(int n, float[][] gate, float[][] x, float[][] y) {
    for (int k = 0; k < x.length; k++) {
      gated(n, gate[k], x[k], y[k]);
    }
  }

  private static void gated(int n, float[] gate, float[] x, float[] y) {
    for (int t = 0; t < n; t++) {
      y[t] = 2f * gate[t] * x[t];
    }
  }

  static void addAll(int n, float[][] x, float[][] y) {
    for (int k = 0; k < y.length; k++) {
      axpy(n, 1f, x[k], y[k]);
    }
  }

  static void axpy(int n, float a, float[] x, float[] y) {
    for (int t = 0; t < n; t++) {
      y[t] += a * x[t];
    }
  }

  static void shift(int n, float a, float[] x) {
    for (int t = 0; t < n; t++) {
      x[t] += a;
    }
  }

  static void scale(int n, float a, float[] x) {
    for (int t = 0; t < n; t++) {
      x[t] *= a;
    }
  }

  static void addProduct(int n, float[] a, float[] b, float[] y) {
    for (int t = 0; t < n; t++) {
      y[t] += a[t] * b[t];
    }
  }

  static void subtractProduct(int n, float[] a, float[] b, float[] y) {
    for (int t = 0; t < n; t++) {
      y[t] -= a[t] * b[t];
    }
  }

  static void clear(int n, float[] y) {
    java.util.Arrays.fill(y, 0, n, 0f);
  }

  static void softplus(int n, float[] x) {
    for (int t = 0; t < n; t++) {
      x[t] = (float) softplus(x[t]);
    }
  }

  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
