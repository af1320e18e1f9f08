package org.latticelift.learn.closure;

/** Large states that an autoencoder is trained on. */
interface LargeStates {
  /** Number of states, at least 1. */
  int count();

  /**
   * One state as encoders see it.
   *
   * @param state 0 to count - 1
   * @param patches receives the inputs of all patches, [K, inputs]
   * @param at first number to write
   */
  void patches(int state, float[] patches, int at);

  /** Observables of a state ({@code state}: 0 to count - 1); m numbers; not modified. */
  double[] observables(int state);
}
