package org.latticelift.learn.closure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The arrays of a network for one step: views of one flat vector, so that there is one gradient,
 * and the running statistics of its normalisations.
 */
final class BoundParameters {
  private final Map<String, NDArray> arrays = new HashMap<>();
  private final Map<String, NDArray> statistics;
  private final Map<String, NDArray> derived = new ConcurrentHashMap<>();
  private final boolean training;

  /**
   * Cuts the vector ({@code flat}: all parameters in the order of the layout; {@code statistics}:
   * running means and variances by name; changed while training).
   */
  BoundParameters(
      NDManager step,
      List<ParameterArray> layout,
      NDArray flat,
      Map<String, NDArray> statistics,
      boolean training) {
    this.statistics = statistics;
    this.training = training;
    long[] cuts = new long[layout.size() - 1];
    long at = 0;
    for (int i = 0; i < cuts.length; i++) {
      at += layout.get(i).size();
      cuts[i] = at;
    }
    NDList parts = flat.split(cuts, 0);
    for (int i = 0; i < layout.size(); i++) {
      NDArray part = parts.get(i);
      part.attach(step);
      NDArray view = part.reshape(new Shape(layout.get(i).shape()));
      view.attach(step);
      arrays.put(layout.get(i).name(), view);
    }
  }

  NDArray get(String name) {
    return arrays.get(name);
  }

  NDArray statistic(String name) {
    return statistics.get(name);
  }

  /**
   * An array that follows from these alone, made once: what is computed from long-lived arrays
   * lives as long as they do.
   */
  NDArray derived(String name, Supplier<NDArray> made) {
    return derived.computeIfAbsent(name, missing -> made.get());
  }

  NDArray turned(String name) {
    return derived(name + "/turned", get(name)::transpose);
  }

  boolean training() {
    return training;
  }
}
