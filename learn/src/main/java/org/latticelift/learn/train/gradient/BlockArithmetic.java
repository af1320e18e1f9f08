package org.latticelift.learn.train.gradient;

/**
 * The arithmetic of training on blocks of samples; the network code above it is written once. Two
 * layouts: a {@link Block} holds sample after sample and suits dense layers, <em>rows</em> hold one
 * quantity for all samples of a block and suit the small matrices of each sample. Row r of an array
 * of rows begins at r times {@link #SAMPLES}.
 *
 * <p>Every result is one chain of operations in a fixed order: products fuse multiply and add with
 * inputs ascending, sums over samples run over samples ascending. So an implementation's bits do
 * not depend on the width of its vectors, and the vector form equals its plain twin.
 */
public interface BlockArithmetic<A> {
  /** Samples of a block; activations of one layer of 64 units then fill 16 KiB. */
  int SAMPLES = 64;

  /** Strides of blocks and widths of products are multiples of this. */
  int LANES = 16;

  /** A name for provenance and benchmarks; such as {@code vector-512}. */
  String name();

  /** New zeros. */
  A allocate(int length);

  /** One value. */
  double get(A values, int at);

  /** Sets values ({@code value}: what to store). */
  void fill(A values, int at, int count, double value);

  /** Copies values at regular distances. */
  void copy(A from, int at, int step, A to, int toAt, int toStep, int count);

  /** Adds consecutive values. */
  void add(int count, A from, int at, A to, int toAt);

  /**
   * Copies rows of a data set into a block.
   *
   * @param source row-major
   * @param columns per row of the source, a multiple of {@link #LANES}
   * @param rows which rows
   * @param n number of rows
   */
  void gather(float[] source, int columns, int[] rows, int n, Block<A> y);

  // ------------------------------------------------------------------ dense layers

  /**
   * y = bias + x w.
   *
   * @param n samples, a multiple of {@link #LANES}
   * @param w weights, inputs by width
   * @param width of the result, a multiple of {@link #LANES}
   */
  void product(int n, Block<A> x, int inputs, A w, int width, A bias, Block<A> y);

  /**
   * y += x w.
   *
   * @param n samples, a multiple of {@link #LANES}
   * @param w weights, inputs by width
   * @param width of the result, a multiple of {@link #LANES}
   */
  void addProduct(int n, Block<A> x, int inputs, A w, int width, Block<A> y);

  /**
   * sum += left-transposed times right, over the samples.
   *
   * @param left factor whose entries become rows
   * @param m number of these rows; up to the next multiple of 8 is written
   * @param width number of columns, a multiple of {@link #LANES}
   * @param sum m rounded up to 8, by width
   */
  void addOuter(int n, Block<A> left, int m, Block<A> right, int width, A sum);

  /**
   * sum += the sum of x over the samples ({@code width}: number of columns, a multiple of {@link
   * #LANES}).
   */
  void addColumnSums(int n, Block<A> x, int width, A sum);

  // ------------------------------------------------------------------ activations

  /**
   * x = max(x, 0), keeping what is not a number ({@code count}: values, a multiple of {@link
   * #LANES}).
   */
  void relu(int count, A x);

  /**
   * gradient = 0 where y is not positive ({@code count}: values, a multiple of {@link #LANES};
   * {@code y}: result of {@link #relu}).
   */
  void reluBack(int count, A y, A gradient);

  /**
   * ME-52 with the residual of ME-53: gate = clip(u, 0, 1/2) = F'(u)/2, y = gate (2u - gate) + h
   * ({@code count}: values, a multiple of {@link #LANES}; {@code u}: in; receives the gate).
   */
  void gate(int count, A u, A h, A y);

  /** v = 2 gate g ({@code count}: values, a multiple of {@link #LANES}; {@code gate}: F'/2). */
  void gated(int count, A gate, A g, A v);

  /**
   * Derivatives of v = 2 gate g: the one by g is added to gBar, the one by u (through the gate,
   * hence with F'') is stored.
   *
   * @param count values, a multiple of {@link #LANES}
   * @param gate F'/2
   * @param vBar derivative by v
   * @param gBar derivative by g, added to
   * @param uBar derivative by u: 2 vBar g where 0 &lt; gate &lt; 1/2, else 0
   */
  void gatedBack(int count, A gate, A g, A vBar, A gBar, A uBar);

  // ------------------------------------------------------------------ rows

  /**
   * Rows from a block ({@code columns}: number of its entries, one row each; {@code at}: index of
   * the first row's first value).
   */
  void toRows(int n, Block<A> x, int columns, A rows, int at);

  /**
   * A block from rows.
   *
   * @param at index of the first row's first value
   * @param columns number of rows
   * @param y target; entries beyond the columns keep their values
   */
  void toBlock(int n, A rows, int at, int columns, Block<A> y);

  /**
   * y = a b.
   *
   * @param n samples, a multiple of {@link #LANES}
   * @param a rows
   * @param atA index of a row
   * @param b rows
   * @param atB index of a row
   * @param y rows
   * @param atY index of a row
   */
  void multiply(int n, A a, int atA, A b, int atB, A y, int atY);

  /**
   * y = factor a + shift, fused.
   *
   * @param n samples, a multiple of {@link #LANES}
   * @param a rows
   * @param atA index of a row
   * @param y rows
   * @param atY index of a row
   */
  void affine(int n, double factor, double shift, A a, int atA, A y, int atY);

  /**
   * y += the sum of a_k b_k over some pairs of rows, fused, k ascending.
   *
   * @param n samples, a multiple of {@link #LANES}
   * @param y rows
   * @param atY index of a row
   */
  void addDot(int n, int terms, Rows<A> a, Rows<A> b, A y, int atY);

  /**
   * y -= the sum of a_k b_k over some pairs of rows, fused, k ascending.
   *
   * @param n samples, a multiple of {@link #LANES}
   * @param y rows
   * @param atY index of a row
   */
  void subtractDot(int n, int terms, Rows<A> a, Rows<A> b, A y, int atY);

  /**
   * y = 1 / a.
   *
   * @param n samples, a multiple of {@link #LANES}
   * @param a rows
   * @param atA index of a row
   * @param y rows
   * @param atY index of a row
   */
  void invert(int n, A a, int atA, A y, int atY);

  /**
   * a = ln(1 + exp(a)) and slope = the derivative of that.
   *
   * @param n samples, a multiple of {@link #LANES}
   * @param a rows, in and out
   * @param atA index of a row
   * @param slope rows
   * @param atSlope index of a row
   */
  void softplus(int n, A a, int atA, A slope, int atSlope);

  /**
   * Some rows.
   *
   * @param at index of the first row
   * @param step from one row to the next; 0 for the same one again
   */
  public record Rows<A>(A data, int at, int step) {
    Rows(A data, int at) {
      this(data, at, SAMPLES);
    }
  }
}
