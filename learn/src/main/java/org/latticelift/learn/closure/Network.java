package org.latticelift.learn.closure;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** A network as a formula of named arrays. */
interface Network {
  /** Trainable arrays, in the order in which they are drawn and stored. */
  List<ParameterArray> parameters();

  /**
   * Channels of the batch normalisations, by name; each has a running mean and a running variance.
   */
  default List<Normalisation> normalisations() {
    return List.of();
  }

  /** Evaluates a batch ({@code input}: rows); rows. */
  NDArray apply(NDArray input, BoundParameters arrays);
}
