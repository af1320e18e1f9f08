package org.latticelift.learn.sde;

import org.latticelift.sim.random.RandomStream;

/** Draws initial parameters; bits depend on the stream only. */
final class Initialiser {
  private Initialiser() {}

  static float[] draw(ParameterSpec spec, RandomStream stream) {
    double value = spec.initial().value();
    int n = spec.size();
    return switch (spec.initial().kind()) {
      case CONSTANT -> fill(n, () -> value);
      case SYMMETRIC -> fill(n, () -> value * (2 * stream.uniform() - 1));
      case POSITIVE -> fill(n, () -> value * stream.uniform());
      case IDENTITY -> identity(n, (float) value);
      case ORTHOGONAL ->
          toFloat(orthogonal((int) spec.shape()[0], (int) spec.shape()[1], stream), value);
      case ORTHOGONAL_SQUARE -> {
        int d = (int) Math.round(Math.sqrt(n));
        yield toFloat(orthogonal(d, d, stream), value);
      }
    };
  }

  private static float[] identity(int n, float value) {
    int d = (int) Math.round(Math.sqrt(n));
    float[] matrix = new float[n];
    for (int i = 0; i < d; i++) {
      matrix[i * d + i] = value;
    }
    return matrix;
  }

  private static float[] fill(int n, java.util.function.DoubleSupplier source) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) source.getAsDouble();
    }
    return values;
  }

  /** A Gaussian matrix whose shorter side is made orthonormal by Gram-Schmidt (twice). */
  private static double[][] orthogonal(int rows, int columns, RandomStream stream) {
    boolean wide = columns >= rows;
    int count = wide ? rows : columns;
    int length = wide ? columns : rows;
    double[][] basis = new double[count][length];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < length; k++) {
        basis[i][k] = stream.normal();
      }
      orthogonalise(basis, i);
      orthogonalise(basis, i);
    }
    return wide ? basis : transpose(basis);
  }

  private static void orthogonalise(double[][] basis, int i) {
    double[] v = basis[i];
    for (int j = 0; j < i; j++) {
      double dot = dot(v, basis[j]);
      for (int k = 0; k < v.length; k++) {
        v[k] -= dot * basis[j][k];
      }
    }
    double norm = Math.sqrt(dot(v, v));
    for (int k = 0; k < v.length; k++) {
      v[k] /= norm;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static double[][] transpose(double[][] a) {
    double[][] t = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < a[0].length; k++) {
        t[k][i] = a[i][k];
      }
    }
    return t;
  }

  private static float[] toFloat(double[][] matrix, double gain) {
    int columns = matrix[0].length;
    float[] flat = new float[matrix.length * columns];
    for (int i = 0; i < matrix.length; i++) {
      for (int k = 0; k < columns; k++) {
        flat[i * columns + k] = (float) (gain * matrix[i][k]);
      }
    }
    return flat;
  }
}
