package org.latticelift.learn.ensemble;

import org.latticelift.learn.kernel.StepScheme;

/** Trajectories that are integrated together, in the scaled variables and time of a model. */
public interface Walkers extends AutoCloseable {
  /** A component beyond this is a divergence. */
  float LIMIT = 1e6f;

  /** Number of trajectories, at least 1. */
  int count();

  /** Puts all at one state. */
  void start(double[] initial);

  /** Reads a state ({@code variable}: 0 to d - 1; {@code trajectory}: 0 to count - 1). */
  float get(int variable, int trajectory);

  /**
   * Steps with noise (ME-77, ME-78). {@code factor}: on sigma, 1 for the equation as it was
   * trained.
   */
  void advance(long steps, double h, double factor, StepScheme scheme);

  /** Steps without noise. */
  void relax(long steps, double h);

  /** States and noise, for {@link #restore}: the same bytes whatever the width of vectors. */
  byte[] save();

  /**
   * Goes on where others of the same model and number were saved ({@code saved}: from {@link
   * #save}).
   */
  void restore(byte[] saved);

  /** Whether every state is a number of moderate size; false after a divergence. */
  boolean finite();

  /** Gives back what is not garbage-collected. */
  @Override
  default void close() {
    // memory only
  }
}
