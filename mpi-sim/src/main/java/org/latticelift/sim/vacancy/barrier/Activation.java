package org.latticelift.sim.vacancy.barrier;

/** The non-linearity after each hidden layer. */
public enum Activation {
  /** max(0, x). */
  RELU,
  /** x / (1 + exp(-x)), also called swish. */
  SILU;

  /**
   * Applies the function in single precision, with exactly the operations of every other kernel.
   *
   * @param x any number
   * @return the activated value
   */
  public float apply(float x) {
    return this == RELU ? (x > 0f ? x : 0f) : PolynomialExp.silu(x);
  }
}
