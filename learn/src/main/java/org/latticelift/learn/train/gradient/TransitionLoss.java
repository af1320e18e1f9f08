package org.latticelift.learn.train.gradient;

import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.train.gradient.BlockArithmetic.Rows;

/**
 * The transition loss of ME-29 on rows: with A = D sigma sigma^T D dt + eps and r the residual, r^T
 * A^-1 r + ln det A, and its derivatives in closed form,
 *
 * <pre>
 * d/d mu    = -2 dt x                                      with x = A^-1 r
 * d/d sigma = 2 dt D (A^-1 D sigma - y (y^T D sigma))      with y = A^-1 n, n = r
 * </pre>
 *
 * D = diag(sqrt kappa). Where kappa is one number it stays a factor, and D is not formed.
 *
 * <p>With noise of its own, n is not r: the same expressions are then estimating equations. Both
 * have mean zero at the true drift and diffusion, as r has the mean of the increments' residuals
 * and n their covariance; so the drift profits from increments of less variance, and the diffusion
 * stays that of the increments (EX-05) or of twins (EX-04). The value is that of n. Twins know no
 * drift: there x = r / (v dt) with the constants v of {@link LossCovariance#drift}, and r^T x is
 * added to the value.
 *
 * <p>A is factored as L D L^T; products with its inverse are solved for, one column after the
 * other, without forming the inverse. About d^3 multiply-adds per sample.
 */
final class TransitionLoss<A> {
  /** Pivots multiplied before a logarithm is taken; products of so many floats are doubles. */
  private static final int PIVOTS_PER_LOG = 8;

  private final BlockArithmetic<A> arithmetic;
  private final SigmaPattern pattern;
  private final int d;
  private final LossCovariance form;
  private final Noise source;
  private final boolean weighted;
  private final A duration;
  private final A scale;
  private final A residual;
  private final A noise;
  private final A weightedSigma;
  private final A pivoted;
  private final A lower;
  private final A inverse;
  private final A solved;
  private final A square;
  private final A x;
  private final A y;
  private final A column;
  private final A overlap;
  private final A factor;

  TransitionLoss(
      BlockArithmetic<A> arithmetic, SigmaPattern pattern, LossCovariance form, Noise source) {
    this.arithmetic = arithmetic;
    this.pattern = pattern;
    this.d = pattern.dimension();
    this.form = form;
    this.source = source;
    this.weighted = !form.factors().uniform();
    this.duration = Widths.rows(arithmetic, 1);
    this.scale = Widths.rows(arithmetic, 1);
    this.residual = Widths.rows(arithmetic, d);
    this.noise = source.column() ? Widths.rows(arithmetic, d) : residual;
    this.weightedSigma = weighted ? Widths.rows(arithmetic, d * d) : null;
    this.pivoted = Widths.rows(arithmetic, d * d);
    this.lower = Widths.rows(arithmetic, d * d);
    this.inverse = Widths.rows(arithmetic, d);
    this.solved = Widths.rows(arithmetic, d);
    this.square = Widths.rows(arithmetic, 1);
    this.x = Widths.rows(arithmetic, d);
    this.y = source.column() ? Widths.rows(arithmetic, d) : x;
    this.column = Widths.rows(arithmetic, d);
    this.overlap = Widths.rows(arithmetic, 1);
    this.factor = Widths.rows(arithmetic, 1);
  }

  /** The row of durations, to be filled before {@link #forward}. */
  A duration() {
    return duration;
  }

  /** The rows of increments, to be filled before {@link #forward}, which overwrites them. */
  A increment() {
    return residual;
  }

  /**
   * The rows of noise, to be filled before {@link #forward}, which overwrites them; the increments
   * where there is none of its own.
   */
  A noise() {
    return noise;
  }

  /**
   * Evaluates a block ({@code n}: samples, padded); the sum; not a number where A is not positive
   * definite.
   */
  double forward(int n, int count, BlockState<A> block) {
    arithmetic.affine(n, form.factors().common(), 0, duration, 0, scale, 0);
    for (int i = 0; i < d; i++) {
      int row = Widths.row(i);
      arithmetic.subtractDot(
          n, 1, new Rows<>(block.drift(), row, 0), new Rows<>(duration, 0, 0), residual, row);
    }
    weigh(n, block.sigma());
    covariance(n, sigma(block));
    factor(n);
    double drift = 0;
    switch (source) {
      case RESIDUALS -> {}
      case RESTORED -> {
        solve(n, residual, x);
        restore(n);
      }
      case TWINS -> drift = weigh(n, count);
    }
    solve(n, noise, y);
    return drift + sum(count);
  }

  /** x = r / (v dt), and the sum of r^T x. */
  private double weigh(int n, int count) {
    arithmetic.invert(n, duration, 0, overlap, 0);
    arithmetic.fill(square, 0, n, 0);
    for (int i = 0; i < d; i++) {
      int row = Widths.row(i);
      arithmetic.affine(n, 1 / form.drift()[i], 0, residual, row, x, row);
      arithmetic.multiply(n, x, row, overlap, 0, x, row);
    }
    arithmetic.addDot(n, d, new Rows<>(residual, 0), new Rows<>(x, 0), square, 0);
    double sum = 0;
    for (int t = 0; t < count; t++) {
      sum += arithmetic.get(square, t);
    }
    return sum;
  }

  /** The noise of the increments: what was taken off them and their residual. */
  private void restore(int n) {
    for (int i = 0; i < d; i++) {
      arithmetic.add(n, residual, Widths.row(i), noise, Widths.row(i));
    }
  }

  /** D sigma, unless kappa is one number. */
  private void weigh(int n, A sigma) {
    for (int i = 0; weighted && i < d; i++) {
      for (int j = pattern.first(i); j <= pattern.last(i); j++) {
        arithmetic.affine(n, form.factors().root(i), 0, sigma, at(i, j), weightedSigma, at(i, j));
      }
    }
  }

  private A sigma(BlockState<A> block) {
    return weighted ? weightedSigma : block.sigma();
  }

  private void covariance(int n, A sigma) {
    for (int i = 0; i < d; i++) {
      for (int j = pattern.full() ? 0 : i; j <= i; j++) {
        int at = at(i, j);
        int from = Math.max(pattern.first(i), pattern.first(j));
        int terms = Math.min(pattern.last(i), pattern.last(j)) - from + 1;
        arithmetic.fill(pivoted, at, n, 0);
        arithmetic.addDot(
            n, terms, new Rows<>(sigma, at(i, from)), new Rows<>(sigma, at(j, from)), pivoted, at);
        arithmetic.multiply(n, pivoted, at, scale, 0, pivoted, at);
        if (i == j) {
          arithmetic.affine(n, 1, form.epsilon()[i], pivoted, at, pivoted, at);
        }
      }
    }
  }

  /** L times D in the place of A, D on its diagonal; L below the diagonal; 1 / D. */
  private void factor(int n) {
    for (int j = 0; j < d; j++) {
      int terms = pattern.full() ? j : 0;
      for (int i = j; i <= bottom(j); i++) {
        arithmetic.subtractDot(
            n,
            terms,
            new Rows<>(pivoted, at(i, 0)),
            new Rows<>(lower, at(j, 0)),
            pivoted,
            at(i, j));
        if (i == j) {
          arithmetic.invert(n, pivoted, at(j, j), inverse, Widths.row(j));
        } else {
          arithmetic.multiply(n, pivoted, at(i, j), inverse, Widths.row(j), lower, at(i, j));
        }
      }
    }
  }

  /** x = A^-1 r and the square r^T A^-1 r. */
  private void solve(int n, A r, A x) {
    arithmetic.fill(square, 0, n, 0);
    for (int i = 0; i < d; i++) {
      int row = Widths.row(i);
      arithmetic.copy(r, row, 1, solved, row, 1, n);
      int terms = pattern.full() ? i : 0;
      arithmetic.subtractDot(
          n, terms, new Rows<>(lower, at(i, 0)), new Rows<>(solved, 0), solved, row);
      arithmetic.multiply(n, solved, row, inverse, row, x, row);
    }
    arithmetic.addDot(n, d, new Rows<>(solved, 0), new Rows<>(x, 0), square, 0);
    back(n, 0, d - 1, x);
  }

  /** Solves with the transposed L in place, for the rows of y from the top to the bottom. */
  private void back(int n, int top, int bottom, A y) {
    for (int i = bottom - 1; i >= top; i--) {
      if (pattern.full()) {
        int below = Widths.row(i + 1);
        arithmetic.subtractDot(
            n,
            bottom - i,
            new Rows<>(lower, at(i + 1, i), Widths.row(d)),
            new Rows<>(y, below),
            y,
            Widths.row(i));
      }
    }
  }

  private double sum(int count) {
    double sum = 0;
    for (int t = 0; t < count; t++) {
      sum += arithmetic.get(square, t) + logDeterminant(t);
    }
    return sum;
  }

  private double logDeterminant(int t) {
    double log = 0;
    double product = 1;
    for (int i = 0; i < d; i++) {
      double pivot = arithmetic.get(pivoted, at(i, i) + t);
      if (!(pivot > 0)) {
        return Double.NaN;
      }
      product *= pivot;
      if ((i + 1) % PIVOTS_PER_LOG == 0) {
        log += StrictMath.log(product);
        product = 1;
      }
    }
    return log + StrictMath.log(product);
  }

  /** Derivatives by drift and sigma ({@code weight}: row, factor of each sample in the loss). */
  void backward(int n, A weight, BlockState<A> block) {
    arithmetic.multiply(n, weight, 0, duration, 0, factor, 0);
    arithmetic.affine(n, -2, 0, factor, 0, factor, 0);
    for (int i = 0; i < d; i++) {
      int row = Widths.row(i);
      arithmetic.multiply(n, factor, 0, x, row, block.driftBar(), row);
    }
    arithmetic.multiply(n, weight, 0, scale, 0, factor, 0);
    arithmetic.affine(n, 2, 0, factor, 0, factor, 0);
    for (int j = 0; j < d; j++) {
      column(n, j, sigma(block));
      sigmaBar(n, j, block);
    }
  }

  /** Column j of A^-1 sigma. */
  private void column(int n, int j, A sigma) {
    int top = pattern.top(j);
    for (int i = top; i <= bottom(j); i++) {
      int row = Widths.row(i);
      arithmetic.copy(sigma, at(i, j), 1, column, row, 1, n);
      int above = Widths.row(top);
      arithmetic.subtractDot(
          n, i - top, new Rows<>(lower, at(i, top)), new Rows<>(column, above), column, row);
    }
    for (int i = top; i <= bottom(j); i++) {
      int row = Widths.row(i);
      arithmetic.multiply(n, column, row, inverse, row, column, row);
    }
    back(n, top, bottom(j), column);
  }

  private void sigmaBar(int n, int j, BlockState<A> block) {
    int top = pattern.top(j);
    int rows = bottom(j) - top + 1;
    arithmetic.fill(overlap, 0, n, 0);
    arithmetic.addDot(
        n,
        rows,
        new Rows<>(y, Widths.row(top)),
        new Rows<>(sigma(block), at(top, j), Widths.row(d)),
        overlap,
        0);
    for (int i = top; i <= bottom(j); i++) {
      int row = Widths.row(i);
      arithmetic.subtractDot(n, 1, new Rows<>(y, row, 0), new Rows<>(overlap, 0, 0), column, row);
      arithmetic.multiply(n, factor, 0, column, row, block.sigmaBar(), at(i, j));
      if (weighted) {
        double root = form.factors().root(i);
        arithmetic.affine(n, root, 0, block.sigmaBar(), at(i, j), block.sigmaBar(), at(i, j));
      }
    }
  }

  private int bottom(int j) {
    return pattern.bottom(j);
  }

  private int at(int i, int j) {
    return Widths.row(i * d + j);
  }

  /**
   * Which entries of sigma can differ from zero: all, the lower triangle, or the diagonal.
   *
   * @param dimension d
   * @param full whether there are entries beside the diagonal
   * @param lower whether there are none above it
   */
  record SigmaPattern(int dimension, boolean full, boolean lower) {

    static SigmaPattern of(DiffusionSpec spec, int d) {
      return new SigmaPattern(d, spec.mode().full(), spec.lower());
    }

    /** First column of a row. */
    int first(int i) {
      return full ? 0 : i;
    }

    /** Last column of a row. */
    int last(int i) {
      return full && !lower ? dimension - 1 : i;
    }

    /** First row of a column. */
    int top(int j) {
      return full && !lower ? 0 : j;
    }

    /** Last row of a column. */
    int bottom(int j) {
      return full ? dimension - 1 : j;
    }

    /** Index of the row of values of entry (i,j). */
    int row(int i, int j) {
      return Widths.row(i * dimension + j);
    }
  }
}
