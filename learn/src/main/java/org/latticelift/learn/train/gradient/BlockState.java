package org.latticelift.learn.train.gradient;

/**
 * What the parts of the model exchange for one block of samples.
 *
 * @param <A> array type
 * @param pair the row of each sample ({@link Samples}), followed by its embedding
 * @param input the part of it that holds state and embedding, [z; tau] (ME-51)
 * @param inputBar derivative of the loss by the input
 * @param state z as rows
 * @param drift mu, d rows
 * @param driftBar derivative by mu
 * @param sigma the diffusion matrix, entry (i,j) in row i d + j
 * @param sigmaBar derivative by sigma
 */
record BlockState<A>(
    Block<A> pair,
    Block<A> input,
    Block<A> inputBar,
    A state,
    A drift,
    A driftBar,
    A sigma,
    A sigmaBar) {

  static <A> BlockState<A> of(BlockArithmetic<A> arithmetic, int d, boolean noise, int embedding) {
    int before = Samples.state(d, noise);
    int width = d + Widths.padded(embedding);
    Block<A> pair = Widths.block(arithmetic, before + width);
    return new BlockState<>(
        pair,
        pair.from(before),
        Widths.block(arithmetic, width),
        Widths.rows(arithmetic, d),
        Widths.rows(arithmetic, d),
        Widths.rows(arithmetic, d),
        Widths.rows(arithmetic, d * d),
        Widths.rows(arithmetic, d * d));
  }

  /** Drift or diffusion: from the input of a block to its rows, and back. */
  interface ModelPart<A> {
    /** Lays out the parameters of a step and clears the gradients. */
    void pack(A flat);

    /** Writes the gradients accumulated since {@link #pack}. */
    void unpack(A gradient);

    /** Evaluates a block. */
    void forward(int n, BlockState<A> block);

    /** Accumulates gradients from the derivatives by the rows; the block is that of forward. */
    void backward(int n, BlockState<A> block);

    /** Multiply-adds of the dense layers in the forward pass of one sample. */
    long size();

    /** The part of it that is in the first layer. */
    long first();
  }
}
