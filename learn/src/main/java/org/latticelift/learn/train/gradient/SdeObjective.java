package org.latticelift.learn.train.gradient;

/**
 * The loss of a set of pairs as a function of the flat parameters (ME-29, ME-36). This is all that
 * differs between training engines; order, optimiser, schedule and average are shared. One object
 * serves one training on one thread.
 *
 * @param <A> array type, {@code float[]} or {@code double[]}
 */
public interface SdeObjective<A> extends AutoCloseable {
  /**
   * Fixes the order of the training pairs for the calls of {@link #gradient} that follow ({@code
   * order}: a permutation of all rows; not modified and not kept beyond the next call).
   */
  void order(int[] order);

  /**
   * Mean loss of some training pairs.
   *
   * @param parameters all values in layout order; not modified
   * @param from first position in the order
   * @param to position after the last
   * @param gradient receives the derivatives of the mean, in layout order
   * @return the mean; not a number where a covariance is not positive definite
   */
  double gradient(A parameters, int from, int to, A gradient);

  /**
   * Mean loss of all validation pairs ({@code parameters}: all values in layout order; not
   * modified); the mean; not a number without pairs.
   */
  double validation(A parameters);

  /** Nothing to do for what is only arrays. */
  @Override
  default void close() {}
}
