package org.latticelift.learn.train.gradient;

/**
 * mu = f - (L L^T + U - U^T + c_d I) G on rows, with L the lower triangle of A and U its strict
 * upper triangle (ME-50, ME-56), and the derivatives by A, G and f. About 6 d^2 multiply-adds per
 * sample.
 */
final class OnsagerMatrix<A> {
  private static final int STEP = BlockArithmetic.SAMPLES;

  private final BlockArithmetic<A> arithmetic;
  private final int d;
  private final double dissipation;
  private final A matrix;
  private final A slope;
  private final A projected;
  private final A projectedBar;
  private final A totalBar;
  private final A matrixBar;
  private final A slopeBar;

  OnsagerMatrix(BlockArithmetic<A> arithmetic, int d, double dissipation) {
    this.arithmetic = arithmetic;
    this.d = d;
    this.dissipation = dissipation;
    this.matrix = Widths.rows(arithmetic, d * d);
    this.slope = Widths.rows(arithmetic, d);
    this.projected = Widths.rows(arithmetic, d);
    this.projectedBar = Widths.rows(arithmetic, d);
    this.totalBar = Widths.rows(arithmetic, d);
    this.matrixBar = Widths.rows(arithmetic, d * d);
    this.slopeBar = Widths.rows(arithmetic, d);
  }

  /** A, entry (i,j) in row i d + j; to be filled before {@link #forward}. */
  A matrix() {
    return matrix;
  }

  /** G = grad V, d rows; to be filled before {@link #forward}. */
  A slope() {
    return slope;
  }

  /** Derivative by A. */
  A matrixBar() {
    return matrixBar;
  }

  /** Derivative by G. */
  A slopeBar() {
    return slopeBar;
  }

  /** Subtracts the matrix times G from mu, which holds f. */
  void forward(int n, A mu) {
    for (int j = 0; j < d; j++) {
      project(n, j, slope, projected);
    }
    for (int i = 0; i < d; i++) {
      int row = Widths.row(i);
      arithmetic.subtractDot(n, i + 1, matrix, at(i, 0), STEP, projected, 0, STEP, mu, row);
      int right = Widths.row(i + 1);
      arithmetic.subtractDot(n, d - 1 - i, matrix, at(i, i + 1), STEP, slope, right, STEP, mu, row);
      arithmetic.addDot(n, i, matrix, at(0, i), Widths.row(d), slope, 0, STEP, mu, row);
      arithmetic.affine(n, -dissipation, 0, slope, row, slopeBar, row);
      arithmetic.add(n, slopeBar, row, mu, row);
    }
  }

  /** u_j = sum over i of L_ij y_i. */
  private void project(int n, int j, A y, A u) {
    int row = Widths.row(j);
    arithmetic.fill(u, row, n, 0);
    arithmetic.addDot(n, d - j, matrix, at(j, j), Widths.row(d), y, row, STEP, u, row);
  }

  /** Derivatives by A and G from those by mu; f has the same as mu. */
  void backward(int n, A muBar) {
    for (int i = 0; i < d; i++) {
      arithmetic.affine(n, -1, 0, muBar, Widths.row(i), totalBar, Widths.row(i));
    }
    for (int j = 0; j < d; j++) {
      project(n, j, totalBar, projectedBar);
    }
    for (int i = 0; i < d; i++) {
      slopeBar(n, i);
      for (int j = 0; j < d; j++) {
        matrixBar(n, i, j);
      }
    }
  }

  private void slopeBar(int n, int i) {
    int row = Widths.row(i);
    arithmetic.affine(n, dissipation, 0, totalBar, row, slopeBar, row);
    arithmetic.addDot(n, i + 1, matrix, at(i, 0), STEP, projectedBar, 0, STEP, slopeBar, row);
    arithmetic.addDot(n, i, matrix, at(0, i), Widths.row(d), totalBar, 0, STEP, slopeBar, row);
    int right = Widths.row(i + 1);
    arithmetic.subtractDot(
        n, d - 1 - i, matrix, at(i, i + 1), STEP, totalBar, right, STEP, slopeBar, row);
  }

  private void matrixBar(int n, int i, int j) {
    int to = at(i, j);
    int left = Widths.row(i);
    int right = Widths.row(j);
    if (j <= i) {
      arithmetic.multiply(n, totalBar, left, projected, right, matrixBar, to);
      arithmetic.addDot(n, 1, projectedBar, right, 0, slope, left, 0, matrixBar, to);
    } else {
      arithmetic.multiply(n, totalBar, left, slope, right, matrixBar, to);
      arithmetic.subtractDot(n, 1, totalBar, right, 0, slope, left, 0, matrixBar, to);
    }
  }

  private int at(int i, int j) {
    return Widths.row(i * d + j);
  }
}
