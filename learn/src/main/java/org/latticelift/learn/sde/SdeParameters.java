package org.latticelift.learn.sde;

import java.util.Arrays;
import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;

/**
 * The parameters of one trained network: one flat vector in the order of {@link ParameterLayout},
 * and named views of it.
 */
public final class SdeParameters {
  private final List<ParameterSpec> layout;
  private final float[] flat;

  private SdeParameters(List<ParameterSpec> layout, float[] flat) {
    this.layout = layout;
    this.flat = flat;
  }

  /** Wraps a flat vector ({@code flat}: all values in layout order; copied). */
  public static SdeParameters of(SdeArchitecture architecture, float[] flat) {
    List<ParameterSpec> layout = ParameterLayout.of(architecture);
    int expected = layout.stream().mapToInt(ParameterSpec::size).sum();
    if (flat.length != expected) {
      throw LatticeLiftException.badData(
          "The parameter vector has " + flat.length + " values",
          "model weights",
          "this architecture needs " + expected,
          "Train the model again");
    }
    return new SdeParameters(layout, flat.clone());
  }

  /**
   * Draws initial parameters (ME-45, ME-47, ME-59). {@code stream}: random numbers; its state
   * advances.
   */
  public static SdeParameters initial(SdeArchitecture architecture, RandomStream stream) {
    List<ParameterSpec> layout = ParameterLayout.of(architecture);
    float[] flat = new float[layout.stream().mapToInt(ParameterSpec::size).sum()];
    int offset = 0;
    for (ParameterSpec spec : layout) {
      float[] values = Initialiser.draw(spec, stream);
      System.arraycopy(values, 0, flat, offset, values.length);
      offset += values.length;
    }
    return new SdeParameters(layout, flat);
  }

  /** The parameters' names, shapes and order. */
  public List<ParameterSpec> layout() {
    return layout;
  }

  /** All values in layout order. */
  public float[] flat() {
    return flat.clone();
  }

  /**
   * One array by name.
   *
   * @param name as in {@link ParameterSpec#name()}
   * @return a copy, row-major
   */
  public float[] get(String name) {
    int offset = 0;
    for (ParameterSpec spec : layout) {
      if (spec.name().equals(name)) {
        return Arrays.copyOfRange(flat, offset, offset + spec.size());
      }
      offset += spec.size();
    }
    throw new IllegalArgumentException("no parameter " + name);
  }

  /** Whether every value is a finite number; false if one is NaN or infinite. */
  public boolean finite() {
    for (float value : flat) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /** Draws initial parameters; bits depend on the stream only. */
  static final class Initialiser {
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
}
