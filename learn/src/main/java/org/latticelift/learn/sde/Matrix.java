package org.latticelift.learn.sde;

/**
 * A matrix of weights.
 *
 * @param rows number of outputs
 * @param columns number of inputs
 * @param values row-major; not modified
 */
record Matrix(int rows, int columns, float[] values) {
  static Matrix of(float[] values, int rows) {
    return new Matrix(rows, values.length / rows, values);
  }

  float get(int row, int column) {
    return values[row * columns + column];
  }

  Matrix scaled(float factor) {
    float[] product = values.clone();
    for (int i = 0; i < product.length; i++) {
      product[i] *= factor;
    }
    return new Matrix(rows, columns, product);
  }

  /** Rows times their factors; rows without a factor stay. */
  Matrix rowsScaled(float[] factors) {
    float[] product = values.clone();
    for (int i = 0; i < factors.length * columns; i++) {
      product[i] *= factors[i / columns];
    }
    return new Matrix(rows, columns, product);
  }

  Matrix transposed() {
    float[] t = new float[values.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        t[j * rows + i] = get(i, j);
      }
    }
    return new Matrix(columns, rows, t);
  }

  /** Zero columns appended. */
  Matrix widened(int width) {
    float[] wide = new float[rows * width];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(values, i * columns, wide, i * width, columns);
    }
    return new Matrix(rows, width, wide);
  }

  /** This matrix with another at its right. */
  Matrix beside(Matrix right) {
    Matrix joined = widened(columns + right.columns);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(
          right.values,
          i * right.columns,
          joined.values,
          i * joined.columns + columns,
          right.columns);
    }
    return joined;
  }

  /** This matrix with another below it. */
  Matrix above(Matrix below) {
    float[] all = java.util.Arrays.copyOf(values, values.length + below.values.length);
    System.arraycopy(below.values, 0, all, values.length, below.values.length);
    return new Matrix(rows + below.rows, columns, all);
  }
}
