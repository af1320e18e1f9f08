package org.latticelift.learn.train.gradient;

import org.latticelift.learn.sde.DiffusionSpec;

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
