package org.latticelift.learn.closure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.latticelift.sim.random.RandomStream;

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

  /**
   * One array of trainable numbers.
   *
   * @param name path below {@code /weights}
   * @param shape lengths of the axes, outputs first
   * @param start how a training begins
   * @param scale bound of a uniform law, or standard deviation of a normal one
   */
  record ParameterArray(String name, long[] shape, Start start, double scale) {
    /** Laws of initial numbers (PP-32, IS-42). */
    enum Start {
      /** All 0. */
      ZERO,
      /** Uniform in (-scale, scale). */
      UNIFORM,
      /** Normal around 0. */
      NORMAL,
      /** Normal around 1. */
      NORMAL_AROUND_ONE
    }

    /** Weights of Glorot's bound. */
    static ParameterArray glorot(String name, int outputs, int inputs) {
      double bound = Math.sqrt(6.0 / (inputs + outputs));
      return new ParameterArray(name, new long[] {outputs, inputs}, Start.UNIFORM, bound);
    }

    /** Offsets of the usual bound, one over the root of the number of inputs. */
    static ParameterArray offset(String name, int outputs, int inputs) {
      return new ParameterArray(name, new long[] {outputs}, Start.UNIFORM, 1 / Math.sqrt(inputs));
    }

    int size() {
      return Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
    }

    void draw(float[] into, int at, RandomStream stream) {
      for (int i = at; i < at + size(); i++) {
        into[i] =
            switch (start) {
              case ZERO -> 0;
              case UNIFORM -> (float) (scale * (2 * stream.uniform() - 1));
              case NORMAL -> (float) (scale * stream.normal());
              case NORMAL_AROUND_ONE -> (float) (1 + scale * stream.normal());
            };
      }
    }
  }
}
