package org.latticelift.learn.train.gradient;

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
