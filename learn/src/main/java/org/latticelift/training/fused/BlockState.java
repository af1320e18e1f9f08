package org.latticelift.training.fused;

/**
 * What the parts of the model exchange for one block of samples.
 *
 * @param <A> array type
 * @param input state and embedding [z; tau] of each sample (ME-51)
 * @param inputBar derivative of the loss by the input
 * @param state z as rows
 * @param drift mu, d rows
 * @param driftBar derivative by mu
 * @param sigma the diffusion matrix, entry (i,j) in row i d + j
 * @param sigmaBar derivative by sigma
 */
record BlockState<A>(
    Block<A> input, Block<A> inputBar, A state, A drift, A driftBar, A sigma, A sigmaBar) {

  static <A> BlockState<A> of(BlockArithmetic<A> arithmetic, int d, int embedding) {
    int width = d + Widths.padded(embedding);
    return new BlockState<>(
        Widths.block(arithmetic, width),
        Widths.block(arithmetic, width),
        Widths.rows(arithmetic, d),
        Widths.rows(arithmetic, d),
        Widths.rows(arithmetic, d),
        Widths.rows(arithmetic, d * d),
        Widths.rows(arithmetic, d * d));
  }
}
